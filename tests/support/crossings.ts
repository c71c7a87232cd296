import type { Call } from '../../sandbox/http/call-log'
import type { Stack } from '../../sandbox/stack'
import { holds, tokensOf } from './secrets'
import type { TwoInstallations } from '../../sandbox/two-installations'

/**
 * Data of one installation that reached the other one, and requests that named neither. It only detects values that
 * differ, so the two installations need different customers, addresses and texts.
 */
export const crossings = ({ first, second, strays }: TwoInstallations): string[] => [
  ...strays.map((request) => `to neither: ${request}`),
  ...carriedOver({ from: first, to: second, named: ['first', 'second'] }),
  ...carriedOver({ from: second, to: first, named: ['second', 'first'] }),
]

/** Ends a test and fails it if data of one installation reached the other. */
export async function closeUncrossed(two: TwoInstallations): Promise<void> {
  await two.settled()
  const found = crossings(two)
  await two.close()
  if (found.length > 0) throw new Error(`Data crossed between installations:\n${found.join('\n')}`)
}

/** Returns a function that lists the traffic between an installation and its platforms since this call. */
export function listenTo(installation: Stack): () => string[] {
  const before = new Set(trafficOf(installation).map(({ content }) => content))
  return () =>
    trafficOf(installation)
      .filter(({ content }) => !before.has(content))
      .map(({ place }) => place)
}

type Journey = { from: Stack; to: Stack; named: [from: string, to: string] }

function carriedOver({ from, to, named: [owner, other] }: Journey): string[] {
  const places = [...trafficOf(to), ...storeOf(to)].map(({ place, content }) => ({
    place,
    text: JSON.stringify(content),
  }))
  const shared = new Set(belongingsOf(to, from).map(({ value }) => value))
  return belongingsOf(from, to)
    .filter(({ value }) => !shared.has(value))
    .flatMap(({ kind, value }) =>
      places
        .filter(({ text }) => names(text, value))
        .map(({ place }) => `the ${owner}'s ${kind} "${value}" is in the ${other}'s ${place}`),
    )
}

/** A number does not match as a part of a longer one. */
const names = (text: string, value: string): boolean =>
  /^\d+$/.test(value) ? new RegExp(`(?<![0-9a-z])${value}(?![0-9a-z])`, 'i').test(text) : holds(text, value)

type Belonging = { kind: string; value: string }

function belongingsOf(own: Stack, other: Stack): Belonging[] {
  const { hubspot, botpress } = own
  const { developerApiKey, appId, clientId, clientSecret } = hubspot.app
  const { customers } = botpress.chat
  const all: Record<string, (string | null | undefined)[]> = {
    account: [String(hubspot.portalId), ...hubspot.inboxes.flatMap(({ id, name }) => [id, name])],
    app: [developerApiKey, appId, clientId, clientSecret],
    token: tokensOf(own),
    agent: hubspot.agents.flatMap(({ name, email, avatar }) => [name, email, avatar]),
    contact: hubspot.contacts.list().map(({ properties }) => properties['email']),
    customer: [...customers.map(({ name }) => name), ...botpress.users.map(({ id }) => id)],
    conversation: botpress.conversations.flatMap(({ id, tags }) => [id, tags['integrationThreadId']]),
    text: [...textsOfAgents(own), ...customers.flatMap((customer) => textsOfCustomers(customer.messages()))],
    'webhook id': [botpress.webhookId],
    // Two installations can share a bot or an alias.
    bot: [botpress.botId, botpress.alias].filter((id) => id !== other.botpress.botId && id !== other.botpress.alias),
  }
  return Object.entries(all).flatMap(([kind, values]) =>
    [...new Set(values)].flatMap((value) => (value ? [{ kind, value }] : [])),
  )
}

const textsOfAgents = ({ hubspot }: Stack): string[] =>
  hubspot
    .threads()
    .flatMap(({ id }) => hubspot.messages(id))
    .flatMap((item) => (item.type === 'MESSAGE' && item.direction === 'OUTGOING' ? [item.text] : []))

const textsOfCustomers = (lines: readonly { who: string; text?: string }[]): string[] =>
  lines.flatMap(({ who, text }) => (who === 'customer' && text !== undefined ? [text] : []))

/** `content` is the same object in each call. */
type Found = { place: string; content: unknown }

const trafficOf = ({ hubspot, botpress }: Stack): Found[] => [
  ...hubspot.log.calls.map((call) => ({ place: `call of HubSpot: ${lineOf(call)}`, content: call })),
  ...botpress.log.calls.map((call) => ({ place: `call of Botpress: ${lineOf(call)}`, content: call })),
  ...botpress.operations.map((each) => ({ place: `operation: ${each.operation}`, content: each })),
  ...hubspot.webhook.deliveries.map((each) => ({ place: `webhook of the ${each.kind}`, content: each })),
]

const lineOf = ({ method, path }: Call): string => `${method} ${path}`

function storeOf({ hubspot, botpress, log }: Stack): Found[] {
  const threads = hubspot.threads().map((thread) => ({ ...thread, history: hubspot.messages(thread.id) }))
  const channels = hubspot.channels().map((channel) => ({ ...channel, accounts: hubspot.accounts(channel.id) }))
  const all: Record<string, readonly unknown[]> = {
    'thread in HubSpot': threads,
    'contact in HubSpot': hubspot.contacts.list(),
    'channel in HubSpot': channels,
    state: botpress.states,
    user: botpress.users,
    conversation: botpress.conversations,
    message: botpress.messages,
    event: botpress.events,
    file: botpress.files.map(({ key }) => key),
    identifier: [botpress.identifier ?? null],
    chat: botpress.chat.customers.map((customer) => customer.messages()),
    'failure in the chat': botpress.plugin.failures,
    'line of the log': log,
  }
  return Object.entries(all).flatMap(([place, contents]) => contents.map((content) => ({ place, content })))
}

import type * as bp from '../bp'
import { matterOf } from '../content/to-agent/opening'
import { oneLine, shortened } from '../content/to-agent/split'
import { render } from '../content/to-agent/write-markdown'
import type { HubSpot } from '../hubspot/client'
import { isHubSpotError, isPropertyName, undefinedIf } from '../hubspot/errors'
import { hasScope } from '../hubspot/scopes'
import type { Portal } from '../installation/connection'
import type { Installation } from '../installation/app'
import { whyOf } from '../installation/explain'
import { waitUntil } from '../installation/async'

type Props = { ctx: Installation; logger: bp.Logger; portal: Portal }

export type NewTicket = {
  threadId: string
  isInHelpDesk: boolean
  title: string
  description: string
  priority: string
  ticketProperties: readonly { name: string; value: string }[]
}

type Properties = Readonly<Record<string, string>>

const SCOPE = 'crm.objects.tickets.write'

/** HubSpot can show the ticket later than the thread. With the last look, three seconds at most. In milliseconds. */
const SOON = { withinMs: 2_000, pauseMs: 200, longestPauseMs: 800 }

/**
 * Fills in the ticket that a help desk makes of a new thread. Resolves to its ID, if HubSpot shows it. Never fails: what
 * does not get into the ticket becomes a line in the owner's log and, if the card asked for it, a note.
 */
export async function fillTicket(props: Props, ticket: NewTicket): Promise<string | undefined> {
  const { ctx, portal } = props
  const { hubspot, tokens } = portal
  const properties = propertiesOf(ticket)
  const asked = Object.keys(properties).filter((name) => !FROM_CARD.has(name))
  const leave = (names: readonly string[], why: string) => tell(props, ticket.threadId, { names, properties, why })
  let ticketId: string | undefined
  try {
    if (!ticket.isInHelpDesk) {
      if (asked.length > 0) await leave(asked, 'Only a help desk has tickets.')
      return undefined
    }
    const scopes = await tokens.scopes()
    // An account without the scope is not told so at every escalation, only when a card needs it.
    if (asked.length === 0 && scopes.length > 0 && !hasScope(scopes, SCOPE)) return undefined
    // HubSpot may not know the thread itself at first.
    ticketId = await waitUntil(() => undefinedIf(hubspot.tickets.ofThread(ticket.threadId), 'notFound'), SOON)
    if (ticketId === undefined) await leave(asked, 'HubSpot has not made the ticket yet.')
    else {
      const refused = await change(hubspot, ticketId, properties)
      if (refused.length > 0) await leave(refused, 'HubSpot refused them.')
    }
  } catch (thrown) {
    const isGone = isHubSpotError(thrown, 'notFound')
    await leave(asked, isGone ? 'The ticket is gone.' : whyOf(thrown, ctx, SCOPE))
  }
  return ticketId
}

const FROM_CARD = new Set(['subject', 'content'])

function propertiesOf({ title, description, priority, ticketProperties }: NewTicket): Properties {
  // The card has Markdown, and a ticket shows plain text.
  const [subject, content] = matterOf(title, description).map((markdown) => render(markdown).text)
  const all = [
    ['subject', subject],
    ['content', content],
    ['hs_ticket_priority', priority.toUpperCase()],
    ...ticketProperties.map(({ name, value }) => [name, value]),
  ]
  return Object.fromEntries(all.filter(([name, value]) => name && value))
}

/**
 * HubSpot takes all properties or none: what it refuses is left out, and the rest is sent again. Resolves to the names of
 * what was refused.
 */
async function change(hubspot: HubSpot, ticketId: string, properties: Properties): Promise<string[]> {
  const names = Object.keys(properties)
  if (names.length === 0) return []
  try {
    await hubspot.tickets.change(ticketId, properties)
    return []
  } catch (thrown) {
    if (!isHubSpotError(thrown, 'validation', 'conflict')) throw thrown
    // HubSpot has no property with a label such as "Order number" for its name, and need not name that one.
    const named = names.filter((name) => thrown.properties.includes(name) || !isPropertyName(name))
    const refused = named.length > 0 ? named : names.filter((name) => !FROM_CARD.has(name))
    if (refused.length === 0) throw thrown
    const rest = Object.entries(properties).filter(([name]) => !refused.includes(name))
    return [...refused, ...(await change(hubspot, ticketId, Object.fromEntries(rest)))]
  }
}

type Left = { names: readonly string[]; properties: Properties; why: string }

/** The log has no values: they can be a customer's. */
async function tell({ logger, portal }: Props, threadId: string, { names, properties, why }: Left): Promise<void> {
  const left = names.length > 0 ? `does not have ${oneLine(names.join(', '), 500)}` : 'was not filled in'
  logger.forBot().warn(`The ticket of HubSpot thread ${threadId} ${left}: ${why}`)
  if (names.length === 0) return
  const values = names.map((name) => `${oneLine(name)}: ${oneLine(properties[name] ?? '', 200)}`)
  const note = `The bot set values for the ticket that HubSpot did not take:\n${shortened(values.join('\n'), 10_000)}`
  await portal.hubspot.conversations.comment(threadId, note).catch(() => undefined)
}

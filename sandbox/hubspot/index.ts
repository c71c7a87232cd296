import { createCallLog, type CallLog } from '../http/call-log'
import type { FaultPlan } from '../http/faults'
import { serveOnLoopback } from '../http/serve'
import { hubspotApp } from './api/app'
import { pagesOf } from './api/app-pages'
import { purgeAccount } from './api/channel-accounts'
import { agentActions, type AgentActions } from './behaviour/agent'
import { addContact } from './behaviour/contacts'
import { openForeignThread } from './behaviour/visitor'
import { defaultOptions, type HubSpotApp, type HubSpotOptions } from './options'
import type {
  Agent,
  Channel,
  ChannelAccount,
  Contact,
  HistoryItem,
  Inbox,
  Pipeline,
  Thread,
  Ticket,
  User,
} from './state/model'
import type { Tokens } from './state/tokens'
import { createWorld, portalOf, type World } from './state/world'
import type { HubSpotSwitches } from './switches'
import type { Courier, Delivery, Loss, SendOptions } from './webhooks/courier'

export type NewContact = Partial<
  Record<
    'email' | 'hs_additional_emails' | 'phone' | 'mobilephone' | 'firstname' | 'lastname' | 'hubspot_owner_id',
    string
  >
>

export type HubSpot = {
  /** Not a real account's: see `RealHubSpot`. */
  kind: 'stand-in'
  /** The API's address and, for the consent page, the app's as well. */
  url: string
  portalId: number
  app: HubSpotApp
  inboxes: readonly Inbox[]
  agents: readonly Agent[]
  contacts: { add: (contact: NewContact) => Contact; list: () => Contact[]; remove: (id: string) => void }
  users: {
    list: () => User[]
    /** Changes properties of a user, such as `hs_availability_status`, as HubSpot's settings would. */
    change: (actorId: string, properties: Record<string, string | null>) => void
  }
  pipelines: readonly Pipeline[]
  /** The ticket of a thread, also while the API does not show it yet; undefined outside a help desk. */
  ticketOf: (threadId: string) => Ticket | undefined
  switches: HubSpotSwitches
  /** Applies to API calls, not to file contents, the consent page and webhooks. */
  faults: FaultPlan | undefined
  log: CallLog
  tokens: Omit<Tokens, 'permissionOf' | 'refresh' | 'exchange'>
  channels: () => Channel[]
  accounts: (channelId: string) => ChannelAccount[]
  /** Removes an account of a channel for good, as in HubSpot's settings of an inbox. */
  purgeAccount: (accountId: string) => void
  threads: () => Thread[]
  thread: (id: string) => Thread
  /** In order of arrival. */
  messages: (threadId: string) => HistoryItem[]
  agent: AgentActions
  visitor: { openForeignThread: () => Thread }
  setAppWebhook: (targetUrl: string | undefined) => void
  setRedirectUrls: (redirectUrls: string[]) => void
  /** The app's pages and the settings of inboxes, for people. */
  pages: () => { name: string; address: string }[]
  webhook: {
    send: (url: string, body: unknown, options?: SendOptions) => Promise<{ status: number; body: string }>
    deliveries: Delivery[]
    subscribe: Courier['subscribe']
    /** From now on, the webhooks of these events get lost. */
    lose: (loses: Loss) => void
    /** Resolves when nothing is pending any more, retries included. */
    settled: () => Promise<void>
  }
  close: () => Promise<void>
}

/** A strict stand-in of HubSpot on this machine: one app, its account and others to choose from, all in memory. */
export async function startHubSpot(options: Partial<HubSpotOptions> = {}): Promise<HubSpot> {
  const all = { ...defaultOptions, channels: new Map(), ...options }
  const world = createWorld(all)
  const log = createCallLog()
  const hubspot = handle(world, log)
  const served = await serveOnLoopback(
    hubspotApp(world, log, () => hubspot.faults),
    all.port,
  )
  world.url = served.url
  hubspot.url = served.url
  hubspot.close = async () => {
    world.courier.stop()
    await served.close()
  }
  return hubspot
}

function handle(world: World, log: CallLog): HubSpot {
  const { options, courier } = world
  return {
    ...views(world),
    kind: 'stand-in',
    url: '',
    portalId: options.portalId,
    app: options.app,
    inboxes: world.inboxes.filter(({ id }) => portalOf(world, id) === options.portalId),
    agents: options.agents,
    pipelines: options.pipelines,
    switches: world.switches,
    faults: options.faults,
    log,
    tokens: world.tokens,
    purgeAccount: (accountId) => purgeAccount(world, accountId),
    agent: agentActions(world),
    visitor: { openForeignThread: () => structuredClone(openForeignThread(world)) },
    setAppWebhook: (targetUrl) => {
      world.appEvents.targetUrl = targetUrl
    },
    pages: () => pagesOf(world),
    setRedirectUrls: (redirectUrls) => {
      options.redirectUrls = redirectUrls
    },
    webhook: {
      send: courier.sendOnce,
      deliveries: courier.deliveries,
      subscribe: courier.subscribe,
      lose: (loses) => {
        courier.loses = loses
      },
      settled: courier.settled,
    },
    close: async () => courier.stop(),
  }
}

/** Copies of what is stored: they show the state at the time of the call. */
function views(
  world: World,
): Pick<HubSpot, 'contacts' | 'users' | 'ticketOf' | 'channels' | 'accounts' | 'threads' | 'thread' | 'messages'> {
  const { channels, accounts, contacts, threads, tickets, users } = world
  const stored = (id: string) => {
    const found = threads.get(id)
    if (found === undefined) throw new Error(`There is no thread ${id}`)
    return found
  }
  return {
    contacts: {
      add: (contact) => structuredClone(addContact(world, contact)),
      list: () => [...contacts.values()].map(({ contact }) => structuredClone(contact)),
      remove: (id) => void contacts.delete(id),
    },
    users: {
      list: () => structuredClone([...users.values()]),
      change: (actorId, properties) => {
        const user = [...users.values()].find((each) => each.actorId === actorId)
        if (user === undefined) throw new Error(`There is no user ${actorId}`)
        Object.assign(user.record.properties, properties)
      },
    },
    ticketOf: (threadId) => structuredClone(tickets.get(stored(threadId).ticketId ?? '')),
    channels: () => [...channels.values()].map(({ channel }) => structuredClone(channel)),
    accounts: (channelId) => structuredClone([...accounts.values()].filter((own) => own.channelId === channelId)),
    threads: () => [...threads.values()].map(({ thread }) => structuredClone(thread)),
    thread: (id) => structuredClone(stored(id).thread),
    messages: (threadId) => structuredClone(stored(threadId).history),
  }
}

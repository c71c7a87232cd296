import type { HubSpotOptions } from '../options'
import { defaultSwitches, type HubSpotSwitches } from '../switches'
import { createAppEvents, type AppEvents } from '../webhooks/app-events'
import { createCourier, type Courier } from '../webhooks/courier'
import { createIds, type Ids } from './ids'
import type {
  ChannelAccount,
  Contact,
  HistoryItem,
  HubSpotFile,
  Inbox,
  Sender,
  StoredChannel,
  Thread,
  Ticket,
  User,
} from './model'
import { createTokens, type Tokens } from './tokens'
import { usersOf } from './users'

export type StoredThread = {
  thread: Thread
  history: HistoryItem[]
  /** Messages with the same key belong to the same thread, within one channel account. */
  key: string | undefined
  integrationThreadId: string | undefined
  /** The person outside HubSpot. */
  customer: Sender
  /** In a help desk; the switch `ticketAfterMs` says when the API shows it. */
  ticketId?: string
}

export type StoredContact = { contact: Contact; changedAtMs: number }

export type StoredFile = { file: HubSpotFile; bytes: Uint8Array<ArrayBuffer>; contentType: string }

export type Visitor = { actorId: string; name: string | undefined; email: string | undefined }

/** All state of one stand-in. */
export type World = {
  options: HubSpotOptions
  switches: HubSpotSwitches
  /** Known once the server listens. */
  url: string
  ids: Ids
  tokens: Tokens
  inboxes: Inbox[]
  channels: Map<string, StoredChannel>
  accounts: Map<string, ChannelAccount>
  threads: Map<string, StoredThread>
  contacts: Map<string, StoredContact>
  /** By the ID of the record. */
  users: Map<string, User>
  tickets: Map<string, Ticket>
  visitors: Map<string, Visitor>
  files: Map<string, StoredFile>
  /** When each link expires, by its secret part; Infinity for a link that does not. */
  fileLinks: Map<string, { fileId: string; expiresAt: number }>
  courier: Courier
  appEvents: AppEvents
}

export function createWorld(options: HubSpotOptions): World {
  const switches = { ...defaultSwitches, ...options.switches }
  const ids = createIds()
  const courier = createCourier({ switches, clientSecret: options.app.clientSecret, now: options.now })
  const since = new Date(options.now()).toISOString()
  return {
    options,
    switches,
    url: '',
    ids,
    tokens: createTokens(options, switches),
    inboxes: [options, ...options.otherPortals]
      .flatMap((portal) => portal.inboxes)
      .map((inbox) => ({ ...inbox, createdAt: since, updatedAt: since, archived: false })),
    channels: options.channels,
    accounts: new Map(),
    threads: new Map(),
    contacts: new Map(),
    users: usersOf(options, ids, since),
    tickets: new Map(),
    visitors: new Map(),
    files: new Map(),
    fileLinks: new Map(),
    courier,
    appEvents: createAppEvents({ courier, switches, ids, options }),
  }
}

/** The account that an inbox and all that is in it belong to. */
export function portalOf({ options }: World, inboxId: string): number {
  const other = options.otherPortals.find(({ inboxes }) => inboxes.some(({ id }) => id === inboxId))
  return other?.portalId ?? options.portalId
}

export function isoNow(world: World): string {
  return new Date(world.options.now()).toISOString()
}

import type { ErrorShape, JsonObject, Shape, WebhookShape } from './shapes/shape'

/** What HubSpot leaves undocumented or changes without notice; each can be turned while the stand-in runs. */
export type HubSpotSwitches = {
  /** How the API's answers look. */
  answers: Shape
  /** How webhooks look; `unreadable` leaves out the thread of an agent's message. */
  webhooks: WebhookShape
  /** How the API's refusals look. */
  errors: ErrorShape
  /** Capabilities that channels show in place of those that were registered. */
  shownCapabilities: JsonObject | undefined
  /** Milliseconds until a new channel shows in list and get and takes accounts. */
  channelVisibleAfterMs: number
  /** Each refresh answers with another refresh token, and the one used stops working. */
  rotateRefreshTokens: boolean
  /** An e-mail address or phone number that no contact has: becomes a visitor, is refused with 400, or a new contact. */
  unknownContact: 'visitor' | 'refuse' | 'create'
  /** Properties that the account's own rules require of new contacts. */
  requiredContactProperties: string[]
  /** Whether reading by e-mail address finds a contact by its additional addresses. */
  readsMoreEmails: boolean
  /** A repeated integrationIdempotencyId: 201 with the first message, or 409. */
  idempotencyReplay: 'original' | 'conflict'
  /** A customer's message on a closed thread: opens it again, or starts another thread under the same integrationThreadId. */
  closedThread: 'reopen' | 'newThread'
  /** The value of assignedTo in app events: `A-123`, or `123`. */
  assignedToForm: 'actor' | 'bare'
  /** How often each webhook is delivered; 3 sends every one of them three times. */
  deliverTimes: number
  /** A seed delivers webhooks, and the events inside a batch, out of order; the same seed gives the same delays. */
  shuffle: number | undefined
  /** How many calls with an access token an account takes within ten seconds, 110 in HubSpot; undefined sets no limit. */
  callsInTenSeconds: number | undefined
  /** Seconds in the Retry-After of each 429; undefined sends none, as HubSpot mostly does. */
  retryAfterHeader: number | undefined
  /** Drops unknown body fields and does without a message's recipients, attachments and timestamp, as observed. */
  lenientFields: boolean
  /** Where v3 lists and creates channels: `old` /conversations/v3/custom-channels, `new` /conversations/custom-channels/v3. */
  channelPaths: 'both' | 'old' | 'new'
  /** Milliseconds after which an agent's attachment `url` answers 404; undefined keeps it. */
  attachmentUrlExpires: number | undefined
  /** Posting a COMMENT to a thread answers 400. */
  refuseComments: boolean
  /** Assigning a thread answers 400, whoever is to have it. */
  refuseAssignment: boolean
  /** Milliseconds until a new thread of a help desk shows its ticket; undefined shows none. */
  ticketAfterMs: number | undefined
  /** Pause before a failed webhook is sent again, times the number of tries so far. */
  redeliveryDelayMs: number
  /** How long a webhook waits for its answer before it counts as failed. */
  webhookTimeoutMs: number
  /** Pause before the first delivery of each webhook. */
  webhookDelayMs: number
  /** Pause before each API answer. */
  latencyMs: number
  /** False answers 403 to channel accounts and messages, as a plan without custom channels does. */
  acceptsCustomChannels: boolean
  /** Whether the capabilities of a registered channel can be changed; answers 400 otherwise. */
  acceptsNewCapabilities: boolean
  /** Which formats of rich text a channel can register: those of the description, or those of production channels too. */
  formats: 'documented' | 'observed'
  /** How many channels an app may register; undefined sets no limit. */
  channelLimit: number | undefined
  /** Whether a sender's identifier type must be among the channel's deliveryIdentifierTypes. */
  senderTypes: 'any' | 'registered'
  /** Milliseconds until a new or changed contact can be found by search (reading by id is immediate). */
  searchLagMs: number
  /** The consent page: `ask` shows it, `grant` approves with the first account at once, `deny` refuses at once. */
  consent: 'ask' | 'grant' | 'deny'
  /** The accounts that the app's page Distribution allows to install it. */
  distribution: 'everyone' | readonly number[]
  /** Whether the app is a legacy public one, for which HubSpot tells webhook settings and subscriptions. */
  isLegacyApp: boolean
  /** Subscriptions of the app that are not there or not active, such as `conversation.propertyChange of status`. */
  eventsOff: Readonly<Record<string, 'missing' | 'inactive'>>
  /** Whether the account grants the app's optional scopes; otherwise it installs the app without them. */
  grantsOptionalScopes: boolean
}

export const defaultSwitches: HubSpotSwitches = {
  answers: 'full',
  webhooks: 'full',
  errors: 'full',
  shownCapabilities: undefined,
  channelVisibleAfterMs: 0,
  rotateRefreshTokens: false,
  unknownContact: 'visitor',
  requiredContactProperties: [],
  readsMoreEmails: true,
  idempotencyReplay: 'original',
  closedThread: 'reopen',
  assignedToForm: 'actor',
  deliverTimes: 1,
  shuffle: undefined,
  callsInTenSeconds: undefined,
  retryAfterHeader: undefined,
  lenientFields: false,
  channelPaths: 'both',
  attachmentUrlExpires: undefined,
  refuseComments: false,
  refuseAssignment: false,
  ticketAfterMs: 0,
  redeliveryDelayMs: 20,
  webhookTimeoutMs: 5000,
  webhookDelayMs: 0,
  latencyMs: 0,
  acceptsCustomChannels: true,
  acceptsNewCapabilities: true,
  formats: 'observed',
  channelLimit: undefined,
  senderTypes: 'any',
  searchLagMs: 0,
  consent: 'grant',
  distribution: 'everyone',
  isLegacyApp: false,
  eventsOff: {},
  grantsOptionalScopes: true,
}

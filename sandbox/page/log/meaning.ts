import * as z from 'zod/mini'
import type { Operation } from '../../botpress/operations'
import type { CallView } from '../view'
import type { Cause } from './groups'

type Meaning = [method: string, path: RegExp, words: string]

const HUBSPOT: Meaning[] = [
  ['POST', /^\/oauth\//, 'Get an access token'],
  ['POST', /custom-channels(\/v3)?$/, 'Register the channel'],
  ['GET', /custom-channels(\/v3)?$/, 'List channels'],
  ['POST', /\/channel-accounts$/, 'Connect an inbox'],
  ['GET', /\/channel-accounts$/, 'List connected inboxes'],
  ['PATCH', /\/channel-accounts\//, 'Update a connection'],
  ['POST', /\/custom-channels\/.+\/messages$/, 'Publish the message'],
  ['PATCH', /\/custom-channels\/.+\/messages\//, 'Confirm the delivery'],
  ['POST', /\/threads\/[^/]+\/messages$/, 'Write an internal note'],
  ['GET', /\/threads\/[^/]+\/messages$/, 'Read the thread'],
  ['PATCH', /\/threads\/[^/]+$/, 'Close the thread'],
  ['GET', /\/threads\/[^/]+$/, 'Look up the thread'],
  ['GET', /\/actors\//, 'Look up the agent'],
  ['GET', /\/inboxes$/, 'List inboxes'],
  ['GET', /\/users$/, 'List the agents'],
  ['GET', /\/owners/, 'Look up the owner'],
  ['PATCH', /\/tickets\//, 'Fill in the ticket'],
  ['GET', /contacts\//, 'Look up the contact'],
  ['POST', /\/search$/, 'Search contacts'],
  ['POST', /contacts$/, 'Create a contact'],
  ['POST', /\/files$/, 'Upload a file'],
  ['GET', /\/signed-url$/, 'Get a link to a file'],
  ['GET', /^\/(signed-files|hubfs)\//, 'Download a file'],
  ['GET', /^\/webhooks\/.+\/(settings|subscriptions)$/, "Read a legacy app's webhook settings"],
]

const BOTPRESS: Meaning[] = [
  ['POST', /\/initialize-incoming-message$/, "Deliver the agent's message"],
  ['POST', /\/messages/, 'Deliver a message'],
  ['GET', /\/messages$/, 'Read the messages'],
  ['POST', /\/events$/, 'Tell the bot'],
  ['POST', /\/conversations\/get-or-create$/, "Create the session's conversation"],
  ['PUT', /\/conversations\/[^/]+$/, 'Update the session'],
  ['GET', /\/conversations(\/[^/]+)?$/, 'Look up the session'],
  ['POST', /\/users\/get-or-create$/, 'Find or create a user'],
  ['PUT', /\/users\//, 'Update a user'],
  ['GET', /\/users\//, 'Look up a user'],
  ['GET', /\/states\//, 'Read a state'],
  ['POST', /\/states\//, 'Store a state'],
  ['PUT', /\/states\//, 'Store a state'],
  ['PUT', /\/files$/, 'Store a file'],
]

/** The purpose of a call in plain words. */
export const meaningOfCall = (to: 'HubSpot' | 'Botpress', method: string, path: string): string =>
  (to === 'HubSpot' ? HUBSPOT : BOTPRESS).find(([known, pattern]) => known === method && pattern.test(path))?.[2] ??
  'Call'

/** In plain words what something is, and what has happened, unless it is an effect of something else. */
type Explained = [what: string, cause?: string]

const ASKED = 'Bot asked for a person'

/** By operation or type of operation. A webhook has its cause in HubSpot. */
const OPERATIONS: Record<string, Explained> = {
  register: ['Save the configuration', 'Owner saved the configuration'],
  unregister: ['Remove the integration', 'Owner removed the integration'],
  message_created: ["Pass on the customer's message", 'Customer wrote'],
  webhook_received: ['Pass on the webhook'],
  getAvailability: ['Ask who is available', ASKED],
  createUser: ['Create the customer', ASKED],
  startHitl: ['Open the session', ASKED],
  stopHitl: ['End the session', 'Customer left the session'],
}

export function explainOperation(made: Operation): { what: string; cause: Cause | undefined } {
  const { operation, type = '', requestBody } = made
  // The pages of the setup come by the same road as HubSpot's webhooks.
  const isPage = operation === 'webhook_received' && requestBody.includes('"path":"/oauth')
  if (isPage) return { what: 'Show a page of the setup', cause: { cause: 'Owner authorized', event: 'setup' } }
  const [what, cause] = OPERATIONS[type] ?? OPERATIONS[operation] ?? ['Run an action', 'Bot ran an action']
  return { what, cause: cause === undefined ? undefined : { cause } }
}

/** By type, or by property and value. */
const EVENTS: Record<string, Explained> = {
  OUTGOING_CHANNEL_MESSAGE_CREATED: ["Agent's message", 'Agent replied'],
  CHANNEL_ACCOUNT_CREATED: ['Inbox connected'],
  CHANNEL_ACCOUNT_UPDATED: ['Connection updated'],
  'conversation.creation': ['Thread opened'],
  'conversation.deletion': ['Thread deleted', 'Agent deleted the thread'],
  'conversation.privacyDeletion': ['Thread deleted permanently', 'Agent deleted the thread'],
  'conversation.newMessage': ['New message', 'Agent replied'],
  'status CLOSED': ['Thread closed', 'Agent closed the thread'],
  'status OPEN': ['Thread reopened', 'Agent reopened the thread'],
  'assignedTo ': ['Thread unassigned', 'Agent left the thread'],
  assignedTo: ['Thread assigned', 'Agent took the thread'],
  isArchived: ['Thread restored', 'Agent restored the thread'],
}

const event = z.object({
  /** Of an event of the channel. */
  type: z.optional(z.string()),
  message: z.optional(z.object({ id: z.string() })),
  /** Of an event of the app. */
  subscriptionType: z.optional(z.string()),
  propertyName: z.optional(z.string()),
  propertyValue: z.optional(z.string()),
  changeSource: z.optional(z.string()),
  messageId: z.optional(z.string()),
  eventId: z.optional(z.union([z.number(), z.string()])),
})

/** The content of a webhook in plain words. Each kind of event is listed once. */
export function explainWebhook(body: string): { what: string; cause: Cause | undefined } {
  const events = z.array(event).parse([JSON.parse(body)].flat())
  const explained = events.map((each) => {
    const { type = '', subscriptionType = type, propertyName = '', propertyValue, message } = each
    const [what, cause] = EVENTS[`${propertyName} ${propertyValue}`] ??
      EVENTS[propertyName] ??
      EVENTS[subscriptionType] ?? [subscriptionType]
    // What the integration did comes back as a webhook too.
    const isEcho = each.changeSource === 'INTEGRATION' || cause === undefined
    return { what, cause: isEcho ? undefined : { cause, event: message?.id ?? each.messageId ?? String(each.eventId) } }
  })
  const what = [...new Set(explained.map((each) => each.what))].join(', ')
  return { what, cause: explained.find(({ cause }) => cause)?.cause }
}

/** Refusals that are answers which the caller expects. */
const EXPECTED: [status: number, call: RegExp, words: string][] = [
  [404, /^GET /, 'not there'],
  [409, /^POST /, 'already there'],
  [401, /webhook/, 'refused'],
  [403, /^GET \/webhooks\//, 'not a legacy app'],
]

export function explainStatus(status: number, call: string): Pick<CallView, 'outcome' | 'tone'> {
  if (status === 0) return { outcome: 'cut', tone: 'bad' }
  const expected = EXPECTED.find(([code, pattern]) => code === status && pattern.test(call))
  if (expected) return { outcome: `${status}, ${expected[2]}`, tone: 'neutral' }
  return { outcome: String(status), tone: status < 400 ? 'good' : 'bad' }
}

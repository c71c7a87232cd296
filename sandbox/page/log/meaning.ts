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

/** The purpose of an operation, and what caused it. A webhook of HubSpot has its cause there. */
type Explained = { what: string; cause?: string }

type ExplainedWebhook = { what: string; cause: Cause | undefined }

const OPERATIONS: Record<string, Explained> = {
  register: { what: 'Save the configuration', cause: 'Owner saved the configuration' },
  unregister: { what: 'Remove the integration', cause: 'Owner removed the integration' },
  message_created: { what: "Pass on the customer's message", cause: 'Customer wrote' },
  webhook_received: { what: 'Pass on the webhook' },
  getAvailability: { what: 'Ask who is available', cause: 'Bot asked for a person' },
  createUser: { what: 'Create the customer', cause: 'Bot asked for a person' },
  startHitl: { what: 'Open the session', cause: 'Bot asked for a person' },
  stopHitl: { what: 'End the session', cause: 'Customer left the session' },
}

export const explainOperation = ({ operation, type = '' }: Operation): Explained =>
  OPERATIONS[type] ?? OPERATIONS[operation] ?? { what: 'Run an action', cause: 'Bot ran an action' }

const channelEvent = z.object({ type: z.string(), message: z.optional(z.object({ id: z.string() })) })

const appEvents = z.array(
  z.object({
    subscriptionType: z.string(),
    propertyName: z.optional(z.string()),
    propertyValue: z.optional(z.string()),
    changeSource: z.optional(z.string()),
    messageId: z.optional(z.string()),
    eventId: z.optional(z.number()),
  }),
)

type AppEvent = z.infer<typeof appEvents>[number]

/** Without a cause, it is an effect of something that the integration did. */
const WEBHOOKS: Record<string, Explained> = {
  OUTGOING_CHANNEL_MESSAGE_CREATED: { what: "Agent's message", cause: 'Agent replied' },
  CHANNEL_ACCOUNT_CREATED: { what: 'Inbox connected' },
  CHANNEL_ACCOUNT_UPDATED: { what: 'Connection updated' },
  'conversation.creation': { what: 'Thread opened' },
  'conversation.deletion': { what: 'Thread deleted', cause: 'Agent deleted the thread' },
  'conversation.privacyDeletion': { what: 'Thread deleted permanently', cause: 'Agent deleted the thread' },
  'conversation.newMessage': { what: 'New message', cause: 'Agent replied' },
}

/** The content of a webhook in plain words. Each kind of event is listed once. */
export function explainWebhook(body: string): ExplainedWebhook {
  const content: unknown = JSON.parse(body)
  const events = appEvents.safeParse(content)
  if (!events.success) {
    const { type, message } = channelEvent.parse(content)
    const { what, cause } = WEBHOOKS[type] ?? { what: type }
    return { what, cause: cause === undefined ? undefined : { cause, event: message?.id } }
  }
  const what = [...new Set(events.data.map((event) => explainEvent(event).what))].join(', ')
  const causes = events.data.flatMap((event): Cause[] => {
    // What the integration did comes back as a webhook too.
    const cause = event.changeSource === 'INTEGRATION' ? undefined : explainEvent(event).cause
    return cause === undefined ? [] : [{ cause, event: event.messageId ?? String(event.eventId) }]
  })
  return { what, cause: causes[0] }
}

function explainEvent({ subscriptionType, propertyName, propertyValue }: AppEvent): Explained {
  switch (propertyName) {
    case 'status':
      return propertyValue === 'CLOSED'
        ? { what: 'Thread closed', cause: 'Agent closed the thread' }
        : { what: 'Thread reopened', cause: 'Agent reopened the thread' }
    case 'assignedTo':
      return propertyValue === ''
        ? { what: 'Thread unassigned', cause: 'Agent left the thread' }
        : { what: 'Thread assigned', cause: 'Agent took the thread' }
    case 'isArchived':
      return { what: 'Thread restored', cause: 'Agent restored the thread' }
    default:
      return WEBHOOKS[subscriptionType] ?? { what: subscriptionType }
  }
}

type Ended = { status: number; call: string }

/** A refusal is neutral where it is an answer that the caller expects. */
export function explainStatus({ status, call }: Ended): Pick<CallView, 'outcome' | 'tone'> {
  if (status === 0) return { outcome: 'cut', tone: 'bad' }
  if (status < 400) return { outcome: String(status), tone: status < 200 ? 'neutral' : 'good' }
  const expected = EXPECTED.find(([code, pattern]) => code === status && pattern.test(call))?.[2]
  return expected === undefined
    ? { outcome: String(status), tone: 'bad' }
    : { outcome: `${status}, ${expected}`, tone: 'neutral' }
}

const EXPECTED: [status: number, call: RegExp, words: string][] = [
  [404, /^GET /, 'not there'],
  [409, /^POST /, 'already there'],
  [401, /webhook/, 'refused'],
  [403, /^GET \/webhooks\//, 'not a legacy app'],
]

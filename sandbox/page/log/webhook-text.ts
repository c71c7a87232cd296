import * as z from 'zod/mini'

const appEvents = z.array(
  z.object({
    subscriptionType: z.string(),
    propertyName: z.optional(z.string()),
    propertyValue: z.optional(z.string()),
  }),
)

const WORDS: Record<string, string> = {
  OUTGOING_CHANNEL_MESSAGE_CREATED: "Agent's message",
  CHANNEL_ACCOUNT_CREATED: 'Inbox connected',
  CHANNEL_ACCOUNT_UPDATED: 'Connection updated',
  'conversation.creation': 'Thread opened',
  'conversation.deletion': 'Thread deleted',
  'conversation.privacyDeletion': 'Thread deleted permanently',
  'conversation.newMessage': 'New message',
}

/** The content of a webhook in plain words. Each kind of event is listed once. */
export function webhookText(body: string): string {
  const content: unknown = JSON.parse(body)
  const events = appEvents.safeParse(content)
  if (events.success) return [...new Set(events.data.map(wordsFor))].join(', ')
  const { type } = z.object({ type: z.string() }).parse(content)
  return WORDS[type] ?? type
}

function wordsFor({ subscriptionType, propertyName, propertyValue }: z.infer<typeof appEvents>[number]): string {
  if (propertyName === 'status') return propertyValue === 'CLOSED' ? 'Thread closed' : 'Thread reopened'
  if (propertyName === 'assignedTo') return propertyValue === '' ? 'Thread unassigned' : 'Thread assigned'
  if (propertyName === 'isArchived') return 'Thread restored'
  return WORDS[subscriptionType] ?? subscriptionType
}

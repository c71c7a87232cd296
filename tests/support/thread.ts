import type { Stack } from '../../sandbox/stack'

type Item = ReturnType<Stack['hubspot']['messages']>[number]

/** The entries of a thread, one line each. */
export const threadLines = ({ hubspot }: Stack, threadId: string): string[] => hubspot.messages(threadId).map(line)

function line(item: Item): string {
  switch (item.type) {
    case 'MESSAGE':
      return `${item.direction === 'INCOMING' ? 'customer' : 'agent'}: ${item.text}`
    case 'COMMENT':
      return `note: ${item.text}`
    case 'ASSIGNMENT':
      return `assigned: ${item.assignedTo ?? 'nobody'}`
    case 'THREAD_STATUS_CHANGE':
      return `status: ${item.newStatus}`
  }
}

/** The portal's newest thread. */
export function latestThread({ hubspot }: Stack): string {
  const thread = hubspot.threads().at(-1)
  if (!thread) throw new Error('HubSpot has no thread')
  return thread.id
}

/** The delivery status that HubSpot shows for an agent's message. */
export function receiptOf({ hubspot }: Stack, threadId: string, messageId: string): string {
  const message = hubspot.messages(threadId).find(({ id }) => id === messageId)
  if (message?.type !== 'MESSAGE') throw new Error(`There is no message ${messageId}`)
  const reason = message.status.failureDetails?.errorMessage
  return reason === undefined ? message.status.statusType : `${message.status.statusType}: ${reason}`
}

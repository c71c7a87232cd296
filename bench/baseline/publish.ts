import type * as bp from '../../src/bp'
import type { Attachment } from '../../src/hubspot/custom-channels'
import { publishedMessage } from '../../src/hubspot/schemas'
import { hubspot } from './hubspot'

type Message = {
  integrationThreadId: string
  email: string
  text: string
  attachments?: Attachment[]
  /** ISO 8601. */
  timestamp: string
}

/** Publishes the customer's message in the thread. */
export function publish(token: string, { channelId, accounts }: bp.States['channel'], message: Message) {
  const { email, attachments = [], ...content } = message
  const [account] = Object.values(accounts)
  const identifier = { type: 'HS_EMAIL_ADDRESS', value: email }
  return hubspot(publishedMessage, {
    method: 'POST',
    path: `/conversations/v3/custom-channels/${channelId}/messages`,
    token,
    data: {
      ...content,
      messageDirection: 'INCOMING',
      channelAccountId: account?.channelAccountId,
      senders: [{ deliveryIdentifier: identifier }],
      recipients: [],
      attachments,
    },
  })
}

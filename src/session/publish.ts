import type { HubSpot } from '../hubspot/client'
import { accountIdentifier, type Session } from './session'

/** What a session needs to speak in HubSpot: everything but the thread, which the first message opens. */
export type Speaker = Omit<Session, 'threadId'>

/**
 * Puts a text into the thread in the customer's name; once per `idempotencyId`, however often it is called.
 * Resolves to the thread it landed in. Throws `HubSpotError`.
 */
export async function publish(
  hubspot: HubSpot,
  speaker: Speaker,
  message: { idempotencyId: string; text: string; timestamp: string },
): Promise<{ threadId: string }> {
  const { conversationsThreadId } = await hubspot.customChannels.publish({
    ...message,
    channelId: speaker.channelId,
    channelAccountId: speaker.channelAccountId,
    integrationThreadId: speaker.integrationThreadId,
    recipient: accountIdentifier(speaker.inboxId),
    sender: { identifier: speaker.sender.identifier, ...(speaker.sender.name ? { name: speaker.sender.name } : {}) },
    ...(speaker.contactId === undefined ? {} : { contactId: speaker.contactId }),
  })
  return { threadId: conversationsThreadId }
}

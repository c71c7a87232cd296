import type { HubSpot } from '../hubspot/client'
import type { MessageContent } from '../hubspot/custom-channels'
import { accountIdentifier, type Session } from './session'

/** What a session needs to speak in HubSpot: everything but the thread, which the first message opens. */
export type Speaker = Omit<Session, 'threadId'>

/**
 * Puts a message into the thread in the customer's name; once per `idempotencyId`, however often it is called.
 * Resolves to the thread it landed in, if HubSpot says so. Where the contact is optional, a contact that HubSpot refuses
 * costs the association and not the message. Throws `HubSpotError`.
 */
export async function publish(
  hubspot: HubSpot,
  speaker: Speaker,
  message: MessageContent & { idempotencyId: string; timestamp: string },
  contact: 'required' | 'optional' = 'optional',
): Promise<string | undefined> {
  const { channelId, channelAccountId, integrationThreadId, inboxId, contactId, sender } = speaker
  const incoming = {
    ...message,
    channelId,
    channelAccountId,
    integrationThreadId,
    recipient: accountIdentifier(inboxId),
    sender: { identifier: sender.identifier, ...(sender.name ? { name: sender.name } : {}) },
    ...(contactId === undefined ? {} : { contactId }),
  }
  const published = await hubspot.customChannels.publish(incoming, contact)
  return published?.conversationsThreadId
}

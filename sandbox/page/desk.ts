import { addContacts } from '../known-customers'
import type { Stack } from '../stack'
import { connectedInboxes } from './look/chats'
import { threadsView } from './look/threads'
import { CHAT_CUSTOMERS } from './open-chat'
import type { DeskView } from './view'

/** Creates the contacts and connects all inboxes. Throws an error with the reason if the save fails. */
export async function prepareDesk({ hubspot, botpress }: Stack): Promise<void> {
  addContacts(hubspot, CHAT_CUSTOMERS)
  if (connectedInboxes(botpress).length === hubspot.inboxes.length) return
  const { inboxId } = botpress.configuration
  const additionalInboxIds = hubspot.inboxes.map(({ id }) => id).filter((id) => id !== inboxId)
  botpress.configuration = { ...botpress.configuration, additionalInboxIds }
  const saved = await botpress.register()
  if (!saved.ok) throw new Error(saved.message)
}

/** What HubSpot would show agents; `seen` is the number of read items per thread. */
export function deskView(stack: Stack, seen: ReadonlyMap<string, number>): Omit<DeskView, 'troubles'> {
  const { inboxes, agents, users } = stack.hubspot
  const available = users.list().filter(({ record }) => record.properties['hs_availability_status'] === 'available')
  return {
    kind: 'stand-in',
    inboxes: inboxes.map(({ id, name, type }) => ({ id, name, isHelpDesk: type === 'HELP_DESK' })),
    agents: agents.map(({ actorId: id, name }) => ({
      id,
      name,
      isAvailable: available.some(({ actorId }) => actorId === id),
    })),
    threads: threadsView(stack, seen),
  }
}

import { addContacts } from '../known-customers'
import type { User } from '../hubspot/state/model'
import type { Stack } from '../stack'
import { connectedInboxes } from './look/chats'
import { threadsView } from './look/threads'
import { CHAT_CUSTOMERS } from './open-chat'
import { Troubles } from './trouble/troubles'
import type { DeskView } from './view'

/** The simulated agents' side: what HubSpot would show, and the failures to try. */
export class Desk {
  readonly stack: Stack
  readonly troubles: Troubles
  /** How many items of each thread have been read. */
  readonly #seen = new Map<string, number>()

  constructor(stack: Stack) {
    this.stack = stack
    this.troubles = new Troubles(stack)
  }

  /** Creates the contacts and connects all inboxes. Throws an error with the reason if the save fails. */
  async prepare(): Promise<void> {
    const { hubspot, botpress } = this.stack
    addContacts(hubspot, CHAT_CUSTOMERS)
    if (connectedInboxes(botpress).length === hubspot.inboxes.length) return
    const additionalInboxIds = hubspot.inboxes
      .map(({ id }) => id)
      .filter((id) => id !== botpress.configuration['inboxId'])
    botpress.configuration = { ...botpress.configuration, additionalInboxIds }
    const saved = await botpress.register()
    if (!saved.ok) throw new Error(saved.message)
  }

  view(): DeskView {
    const { hubspot } = this.stack
    const isAvailable = ({ record }: User) => record.properties['hs_availability_status'] === 'available'
    const available = new Set(
      hubspot.users
        .list()
        .filter(isAvailable)
        .map(({ actorId }) => actorId),
    )
    return {
      kind: 'stand-in',
      inboxes: hubspot.inboxes.map(({ id, name, type }) => ({ id, name, isHelpDesk: type === 'HELP_DESK' })),
      agents: hubspot.agents.map(({ actorId, name }) => ({ id: actorId, name, isAvailable: available.has(actorId) })),
      threads: threadsView(hubspot, this.#seen),
      troubles: this.troubles.view(),
    }
  }

  /** Marks all items of a thread as read. */
  markSeen(threadId: string): void {
    this.#seen.set(threadId, this.stack.hubspot.messages(threadId).length)
  }
}

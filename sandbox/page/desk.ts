import { addContacts } from '../known-customers'
import type { Stack } from '../stack'
import { contactView } from './look/contacts'
import { threadsView } from './look/threads'
import { CHAT_CUSTOMERS } from './open-chat'
import { Troubles } from './trouble/troubles'
import type { DeskView } from './view'

/** The agents' side, as long as it is played here: what HubSpot's screens would show, and what can go wrong. */
export class Desk {
  readonly stack: Stack
  readonly troubles: Troubles
  /** How many items of each thread somebody has looked at. */
  readonly #seen = new Map<string, number>()

  constructor(stack: Stack, changed: () => void) {
    this.stack = stack
    this.troubles = new Troubles(stack, changed)
  }

  /** All inboxes connected, and contacts in HubSpot. Throws with the reason when saving is refused. */
  async prepare(): Promise<void> {
    const { hubspot, botpress } = this.stack
    const additionalInboxIds = hubspot.inboxes
      .map(({ id }) => id)
      .filter((id) => id !== botpress.configuration['inboxId'])
    botpress.configuration = { ...botpress.configuration, additionalInboxIds }
    const saved = await botpress.register()
    if (!saved.ok) throw new Error(saved.message)
    addContacts(hubspot, CHAT_CUSTOMERS)
  }

  view(): DeskView {
    const { hubspot } = this.stack
    return {
      kind: 'stand-in',
      contacts: hubspot.contacts.list().map(contactView),
      inboxes: hubspot.inboxes.map(({ id, name, type }) => ({ id, name, isHelpDesk: type === 'HELP_DESK' })),
      agents: hubspot.agents.map(({ actorId, name }) => ({ id: actorId, name })),
      threads: threadsView(hubspot, this.#seen),
      troubles: this.troubles.view(),
    }
  }

  /** Somebody has looked at all there is in a thread. */
  markSeen(threadId: string): void {
    this.#seen.set(threadId, this.stack.hubspot.messages(threadId).length)
  }
}

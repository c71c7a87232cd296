import { addContacts } from '../people'
import type { Stack } from '../stack'
import { contactView } from './look/contacts'
import { chatsView } from './look/chats'
import { threadsView } from './look/threads'
import { Logbook } from './log/logbook'
import { openChat, PEOPLE } from './people'
import { Troubles } from './trouble/troubles'
import type { View } from './view'

/** One stack with what the page keeps about it; starting over makes another one. */
export class Stage {
  readonly stack: Stack
  readonly logbook: Logbook
  readonly troubles: Troubles
  /** How many items of each thread somebody has looked at. */
  readonly #seen = new Map<string, number>()
  readonly #changed: () => void
  readonly #stopChat: () => void
  #ready: Promise<void> | undefined

  constructor(stack: Stack, changed: () => void) {
    // What a renewable stack holds at this moment.
    this.stack = { ...stack }
    this.#changed = changed
    this.logbook = new Logbook(this.stack, changed)
    this.troubles = new Troubles(this.stack, changed)
    this.#stopChat = stack.botpress.chat.subscribe(changed)
  }

  /** Once, before anybody looks: all inboxes connected, contacts in HubSpot, a first customer in the chat. */
  prepare(): Promise<void> {
    this.#ready ??= this.#prepare().catch((thrown: unknown) => {
      // Whoever loads the page again, with other settings perhaps, tries again.
      this.#ready = undefined
      throw thrown
    })
    return this.#ready
  }

  view(): View {
    const { hubspot, botpress } = this.stack
    return {
      chats: chatsView(botpress),
      contacts: hubspot.contacts.list().map(contactView),
      inboxes: hubspot.inboxes.map(({ id, name, type }) => ({ id, name, isHelpDesk: type === 'HELP_DESK' })),
      agents: hubspot.agents.map(({ actorId, name }) => ({ id: actorId, name })),
      threads: threadsView(hubspot, this.#seen),
      calls: this.logbook.view(),
      troubles: this.troubles.view(),
    }
  }

  /** Somebody has looked at all there is in a thread. */
  markSeen(threadId: string): void {
    this.#seen.set(threadId, this.stack.hubspot.messages(threadId).length)
  }

  stop(): void {
    this.logbook.stop()
    this.#stopChat()
  }

  async #prepare(): Promise<void> {
    const { hubspot, botpress } = this.stack
    const additionalInboxIds = hubspot.inboxes
      .map(({ id }) => id)
      .filter((id) => id !== botpress.configuration['inboxId'])
    botpress.configuration = { ...botpress.configuration, additionalInboxIds }
    const saved = await botpress.register()
    if (!saved.ok) throw new Error(saved.message)
    addContacts(hubspot, PEOPLE)
    openChat(this.stack)
    this.#changed()
  }
}

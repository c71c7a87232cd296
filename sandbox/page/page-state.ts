import { randomUUID } from 'node:crypto'
import { isPlayedHere, type Sandbox } from '../assemble'
import { Desk } from './desk'
import { chatsView } from './look/chats'
import { connectedInboxes } from './look/connected-inboxes'
import { Logbook } from './log/logbook'
import { openChat } from './open-chat'
import type { AccountView, DeskView, View } from './view'

/** One sandbox with what the page keeps about it; starting over makes another one. */
export class PageState {
  readonly sandbox: Sandbox
  readonly logbook: Logbook
  readonly #run = randomUUID()
  readonly #desk: Desk | undefined
  readonly #changed: () => void
  readonly #stopChat: () => void
  #ready: Promise<void> | undefined

  constructor(given: Sandbox, changed: () => void) {
    // What a renewable stack holds at this moment.
    const sandbox = { ...given }
    this.sandbox = sandbox
    this.#changed = changed
    this.logbook = new Logbook(sandbox, changed)
    this.#desk = isPlayedHere(sandbox) ? new Desk(sandbox, changed) : undefined
    this.#stopChat = sandbox.botpress.chat.subscribe(changed)
  }

  /** Throws when agents are not played here. */
  get desk(): Desk {
    if (!this.#desk) throw new Error('Agents of a real account answer in HubSpot itself.')
    return this.#desk
  }

  /** Once, before anybody looks: what the agents need, and a first customer in the chat. */
  prepare(): Promise<void> {
    this.#ready ??= this.#prepare().catch((thrown: unknown) => {
      // Whoever loads the page again, with other settings perhaps, tries again.
      this.#ready = undefined
      throw thrown
    })
    return this.#ready
  }

  view(): View {
    return {
      run: this.#run,
      chats: chatsView(this.sandbox),
      calls: this.logbook.view(),
      hubspot: this.#hubspotView(),
    }
  }

  stop(): void {
    this.logbook.stop()
    this.#stopChat()
  }

  #hubspotView(): DeskView | AccountView {
    const { hubspot, botpress } = this.sandbox
    if (hubspot.kind === 'stand-in') return this.desk.view()
    return { kind: 'real', appUrl: hubspot.appUrl, inboxes: connectedInboxes(botpress) }
  }

  async #prepare(): Promise<void> {
    await this.#desk?.prepare()
    openChat(this.sandbox)
    this.#changed()
  }
}

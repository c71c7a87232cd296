import { randomUUID } from 'node:crypto'
import { isPlayedHere, type Sandbox } from '../assemble'
import { Desk } from './desk'
import { chatsView } from './look/chats'
import { connectedInboxes } from './look/connected-inboxes'
import { Logbook } from './log/logbook'
import { openChat } from './open-chat'
import type { AccountView, DeskView, View } from './view'

/** One sandbox and the page's state for it. Starting over creates a new one. */
export class PageState {
  readonly sandbox: Sandbox
  readonly logbook: Logbook
  readonly #run = randomUUID()
  readonly #desk: Desk | undefined
  readonly #changed: () => void
  readonly #stopChat: () => void
  #ready: Promise<void> | undefined

  constructor(given: Sandbox, changed: () => void) {
    // A copy, because a renewable stack changes when it starts over.
    const sandbox = { ...given }
    this.sandbox = sandbox
    this.#changed = changed
    this.logbook = new Logbook(sandbox, changed)
    this.#desk = isPlayedHere(sandbox) ? new Desk(sandbox, changed) : undefined
    this.#stopChat = sandbox.botpress.chat.subscribe(changed)
  }

  /** Throws if the agents are not simulated here. */
  get desk(): Desk {
    if (!this.#desk) throw new Error('Agents of a real account reply in HubSpot.')
    return this.#desk
  }

  /** Runs once, before the page is first served: prepares the agents' side and opens the chat for a first customer. */
  prepare(): Promise<void> {
    this.#ready ??= this.#prepare().catch((thrown: unknown) => {
      // Loading the page again retries, perhaps with other settings.
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

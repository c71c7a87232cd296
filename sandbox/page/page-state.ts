import { randomUUID } from 'node:crypto'
import { isPlayedHere, type Sandbox } from '../assemble'
import type { Step, Story } from '../story'
import { Desk } from './desk'
import { chatsView, connectedInboxes } from './look/chats'
import { Logbook } from './log/logbook'
import type { Customer } from '../botpress'
import type { Operation } from '../botpress/operations'
import { openChat } from './open-chat'
import type { AccountView, DeskView, View } from './view'

/** One sandbox and the page's state for it. Starting over creates a new one. */
export class PageState {
  readonly sandbox: Sandbox
  readonly logbook: Logbook
  readonly #run = randomUUID()
  readonly #desk: Desk | undefined
  readonly #story: Story | undefined
  #steps: readonly Step[] = []
  #ready: Promise<void> | undefined

  constructor(given: Sandbox, story?: Story) {
    this.#story = story
    // A copy, because a renewable stack changes when it starts over.
    const sandbox = { ...given }
    this.sandbox = sandbox
    this.logbook = new Logbook(sandbox)
    this.#desk = isPlayedHere(sandbox) ? new Desk(sandbox) : undefined
  }

  /** Throws if the agents are not simulated here. */
  get desk(): Desk {
    if (!this.#desk) throw new Error('Agents of a real account reply in HubSpot.')
    return this.#desk
  }

  customer(chat: number): Customer {
    const customer = this.sandbox.botpress.chat.customers[chat]
    if (!customer) throw new Error('This customer is no longer here.')
    return customer
  }

  /** Runs once, before the view is first sent and after the story: prepares both sides. */
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
      steps: this.#steps,
      isReplayed: this.#story?.isReplayed ?? false,
      savedAt: this.#savedAt(),
      unknownCustomers: this.sandbox.botpress.configuration['unknownContact'] || 'visitor',
      chats: chatsView(this.sandbox),
      calls: this.logbook.view(),
      hubspot: this.#hubspotView(),
    }
  }

  stop(): void {
    this.logbook.stop()
  }

  #savedAt(): number | undefined {
    const saved = (last: number | undefined, { operation, status, startedAt }: Operation) =>
      operation === 'register' && status === 200 ? startedAt : last
    return this.sandbox.botpress.operations.reduce(saved, undefined)
  }

  #hubspotView(): DeskView | AccountView {
    const { hubspot, botpress } = this.sandbox
    if (hubspot.kind === 'stand-in') return this.desk.view()
    return { kind: 'real', appUrl: hubspot.appUrl, inboxes: connectedInboxes(botpress) }
  }

  async #prepare(): Promise<void> {
    this.#steps = (await this.#story?.steps) ?? []
    await this.#desk?.prepare()
    if (this.sandbox.botpress.chat.customers.length === 0) openChat(this.sandbox)
  }
}

import { randomUUID } from 'node:crypto'
import { isPlayedHere, type Sandbox } from '../assemble'
import type { Customer } from '../botpress'
import type { Stack } from '../stack'
import type { Step, Story } from '../story'
import { addContacts } from '../known-customers'
import { chatsView, connectedInboxes } from './look/chats'
import { deskView } from './look/desk'
import { Logbook } from './log/logbook'
import { CHAT_CUSTOMERS, openChat } from './open-chat'
import { Troubles } from './trouble/troubles'
import type { View } from './view'

/** One sandbox and the page's state for it. Starting over creates a new one. */
export class PageState {
  readonly sandbox: Sandbox
  readonly logbook: Logbook
  readonly troubles = new Troubles()
  readonly #run = randomUUID()
  readonly #story: Story | undefined
  /** How many items of each thread have been read. */
  readonly #seen = new Map<string, number>()
  #steps: readonly Step[] = []
  #ready: Promise<void> | undefined

  constructor(sandbox: Sandbox, story?: Story) {
    this.#story = story
    // A copy, because a renewable stack changes when it starts over.
    this.sandbox = { ...sandbox }
    this.logbook = new Logbook(sandbox)
  }

  /** Throws if the agents are not simulated here. */
  get stack(): Stack {
    if (isPlayedHere(this.sandbox)) return this.sandbox
    throw new Error('Agents of a real account reply in HubSpot.')
  }

  customer(chat: number): Customer {
    const customer = this.sandbox.botpress.chat.customers[chat]
    if (!customer) throw new Error('This customer is no longer here.')
    return customer
  }

  /** Marks all items of a thread as read. */
  markSeen(threadId: string): void {
    this.#seen.set(threadId, this.stack.hubspot.messages(threadId).length)
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
    const { hubspot, botpress } = this.sandbox
    const chats = chatsView(this.sandbox)
    return {
      run: this.#run,
      steps: this.#steps,
      isReplayed: this.#story?.isReplayed ?? false,
      savedAt: botpress.operations
        .filter(({ operation, status }) => operation === 'register' && status === 200)
        .map(({ startedAt }) => startedAt)
        .at(-1),
      chats,
      calls: this.logbook.view(),
      hubspot:
        hubspot.kind === 'real'
          ? { kind: 'real', appUrl: hubspot.appUrl, inboxes: connectedInboxes(botpress) }
          : { ...deskView(this.stack, chats, this.#seen), troubles: this.troubles.view() },
    }
  }

  async #prepare(): Promise<void> {
    this.#steps = (await this.#story?.steps) ?? []
    if (isPlayedHere(this.sandbox)) await prepareDesk(this.sandbox)
    if (this.sandbox.botpress.chat.customers.length === 0) openChat(this.sandbox)
  }
}

/** Creates the contacts and connects all inboxes, unless the owner chooses them while authorizing. Throws if the save fails. */
async function prepareDesk({ hubspot, botpress }: Stack): Promise<void> {
  addContacts(hubspot, CHAT_CUSTOMERS)
  const { inboxId } = botpress.configuration
  if (inboxId === undefined || connectedInboxes(botpress).length === hubspot.inboxes.length) return
  const additionalInboxIds = hubspot.inboxes.map(({ id }) => id).filter((id) => id !== inboxId)
  botpress.configuration = { ...botpress.configuration, additionalInboxIds }
  const saved = await botpress.register()
  if (!saved.ok) throw new Error(saved.message)
}

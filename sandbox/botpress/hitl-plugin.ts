import { definition } from './definition'
import { openSession, type Escalation } from './hitl/opening'
import type { Failure, Outbox } from './hitl/outbox'
import { Refused, type People, type RunAction } from './hitl/people'
import { Sessions, type PluginSession } from './hitl/sessions'
import { textLine, type ChatMessage, type Upstream } from './hitl/upstream'
import type { Pending } from './pending'
import type { Store } from './store'
import type { BotEvent, Message } from './types'

export type { Escalation, Failure, PluginSession }

/** `message` is what the flow is told when no session was opened. */
export type EscalationResult = { ok: boolean; conversationId?: string; message?: string }

/** Something that reached the bot while no session of its conversation was active. */
export type Drop = { kind: 'message' | 'event'; type: string; conversationId: string }

export type PluginParts = {
  upstream: Upstream
  store: Store
  pending: Pending
  people: People
  outbox: Outbox
  runAction: RunAction
}

const CHANNEL = 'hitl'
const END_COMMAND = '/end'
const END_NOTE = '( The user has ended the session. )'
const NAMELESS_AGENT = 'A human agent'

/** What the bot does between its own channel (upstream) and the integration's conversations (downstream). */
export class HitlPlugin {
  /** Time between startHitl's return and the session being active, in milliseconds. */
  linkDelayMs = 0
  /** Off: messages of one customer are handed over side by side, so the integration may get them in any order. */
  relaysInOrder = true
  readonly drops: Drop[] = []
  /** What the bot's owner reads in the log. */
  readonly failures: Failure[]
  readonly #parts: PluginParts
  readonly #sessions = new Sessions()
  readonly #turns = new Map<string, Promise<unknown>>()

  constructor(parts: PluginParts) {
    this.#parts = parts
    this.failures = parts.outbox.failures
  }

  get sessions(): PluginSession[] {
    return this.#sessions.list()
  }

  escalate(upstreamConversationId: string, escalation: Escalation = {}): Promise<EscalationResult> {
    return this.#inTurn(upstreamConversationId, async () => {
      const active = this.#sessions.activeUpstream(upstreamConversationId)
      if (active) return { ok: true, conversationId: active.downstreamConversationId }
      const upstream = this.#parts.upstream.conversation(upstreamConversationId)
      try {
        const conversationId = await openSession(this.#parts, upstream, escalation)
        if (this.linkDelayMs > 0) await this.#parts.pending.sleep(this.linkDelayMs)
        this.#sessions.open(upstreamConversationId, conversationId)
        return { ok: true, conversationId }
      } catch (error) {
        if (error instanceof Refused) return { ok: false, message: error.message }
        throw error
      }
    })
  }

  /** The flow ends the session. */
  stop(upstreamConversationId: string): Promise<void> {
    return this.#inTurn(upstreamConversationId, async () => {
      const session = this.#sessions.activeUpstream(upstreamConversationId)
      if (session) await this.#end(session)
    })
  }

  /** A message of a customer. Tells whether the plugin took it; if not, it is for the bot's own flow. */
  takeFromCustomer(upstreamConversationId: string, message: ChatMessage): Promise<boolean> {
    return this.#inTurn(upstreamConversationId, async () => {
      const session = this.#sessions.activeUpstream(upstreamConversationId)
      if (!session) return false
      if (message.text?.trim() === END_COMMAND) await this.#end(session)
      else if (this.relaysInOrder) await this.#relay(session, message)
      else this.#parts.pending.inBackground(() => this.#relay(session, message))
      return true
    })
  }

  /** A message that the integration wrote. */
  takeFromAgent({ conversationId, userId, type, payload }: Message): void {
    const session = this.#activeOrDrop({ kind: 'message', type, conversationId })
    if (!session) return
    if (session.agentUserId === undefined) this.#assign(session, userId)
    const { name = NAMELESS_AGENT, pictureUrl } = this.#parts.store.users.get(userId)
    const picture = pictureUrl !== undefined && { picture: pictureUrl }
    this.#parts.upstream.show(session.upstreamConversationId, { who: 'agent', name, ...picture, type, payload })
  }

  /** An event of the integration. Tells whether a session was concerned. */
  takeEvent({ type, payload }: BotEvent): boolean {
    const session = this.#activeOrDrop({ kind: 'event', type, conversationId: String(payload['conversationId']) })
    if (!session) return false
    if (type === 'hitlAssigned') this.#assign(session, String(payload['userId']))
    if (type === 'hitlStopped') this.#finish(session)
    return true
  }

  #activeOrDrop(drop: Drop): PluginSession | undefined {
    const session = this.#sessions.activeDownstream(drop.conversationId)
    if (!session) this.drops.push(drop)
    return session
  }

  #assign(session: PluginSession, agentUserId: string): void {
    const { name = NAMELESS_AGENT } = this.#parts.store.users.get(agentUserId)
    session.agentUserId = agentUserId
    this.#parts.upstream.show(session.upstreamConversationId, textLine('system', `A human agent has joined: ${name}`))
  }

  async #relay(
    { upstreamConversationId, downstreamConversationId }: PluginSession,
    message: ChatMessage,
  ): Promise<void> {
    const { outbox, people, upstream } = this.#parts
    const { userId = '', type, payload } = message
    if (!definition.channels.get(CHANNEL)?.messages.has(type)) {
      upstream.show(upstreamConversationId, textLine('system', `A message of the type ${type} cannot reach the agent.`))
      return
    }
    // Someone who joined the conversation after the escalation has no stand-in: nobody is named then.
    const standIn = people.find(userId)
    await outbox.write(downstreamConversationId, type, {
      ...payload,
      ...(standIn !== undefined && { userId: standIn }),
    })
  }

  async #end(session: PluginSession): Promise<void> {
    await this.#parts.outbox.write(session.downstreamConversationId, 'text', { text: END_NOTE })
    this.#finish(session)
    const result = await this.#parts.runAction('stopHitl', { conversationId: session.downstreamConversationId })
    if (!result.ok) this.#parts.outbox.fail(session.downstreamConversationId, 'stopHitl', result)
  }

  #finish(session: PluginSession): void {
    session.isActive = false
    this.#parts.upstream.resume(session.upstreamConversationId)
  }

  /** One thing at a time per upstream conversation: what is said while a session opens belongs to it. */
  #inTurn<T>(upstreamConversationId: string, task: () => Promise<T>): Promise<T> {
    const before = this.#turns.get(upstreamConversationId) ?? Promise.resolve()
    const turn = before.catch(() => undefined).then(task)
    this.#turns.set(upstreamConversationId, turn)
    return this.#parts.pending.track(turn)
  }
}

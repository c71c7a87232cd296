import { AgentCopies } from './hitl/agent-copies'
import { botCalls } from './hitl/bot-calls'
import { endSession } from './hitl/ending'
import { takeFromCustomer } from './hitl/from-customer'
import { takeEvent, takeMessage } from './hitl/from-integration'
import { Halves, type Session } from './hitl/halves'
import { openSession, type Escalating, type Escalation } from './hitl/opening'
import type { Failure } from './hitl/outbox'
import type { Drop, PluginParts } from './hitl/parts'
import { Refused } from './hitl/stand-ins'
import { defaultSwitches, type PluginSwitches } from './hitl/switches'
import type { ChatMessage } from './hitl/upstream'
import type { BotEvent, Message } from './types'

export type { Escalation }

/**
 * `message` is what the flow is told when no session was opened. Where the plugin keeps silent all is well and there is
 * no conversation.
 */
export type EscalationResult = { ok: boolean; conversationId?: string; message?: string }

type World = Pick<PluginParts, 'upstream' | 'store' | 'pending' | 'standIns' | 'outbox' | 'runAction'>

/**
 * The HITL plugin 1.4.2 as it was seen to behave: what the bot does between its own channel (upstream) and the
 * integration's conversations (downstream). All that reaches it is handled side by side.
 */
export class HitlPlugin {
  readonly switches: PluginSwitches = { ...defaultSwitches }
  readonly drops: Drop[] = []
  /** What reached the bot's flows. */
  readonly flowEvents: BotEvent[] = []
  /** What the bot's owner reads in the log. */
  readonly failures: Failure[]
  readonly #parts: PluginParts

  constructor(world: World) {
    const { upstream, store, pending, outbox } = world
    this.failures = outbox.failures
    this.#parts = {
      ...world,
      switches: this.switches,
      makeCalls: botCalls(this.switches, (ms) => pending.sleep(ms)),
      halves: new Halves(),
      agentCopies: new AgentCopies(upstream, store),
      drops: this.drops,
      flowEvents: this.flowEvents,
    }
  }

  get sessions(): Session[] {
    return this.#parts.halves.sessions()
  }

  escalate(from: Escalating, escalation: Escalation = {}): Promise<EscalationResult> {
    return this.#parts.pending.track(this.#escalate(from, escalation))
  }

  /** The flow comes to "Stop HITL". */
  stop(upstreamConversationId: string): Promise<void> {
    return this.#parts.pending.track(this.#stop(upstreamConversationId))
  }

  /** A message of a customer. Tells whether the plugin took it; if not, it is for the bot's own flow. */
  takeFromCustomer(upstreamConversationId: string, message: ChatMessage): Promise<boolean> {
    return takeFromCustomer(this.#parts, upstreamConversationId, message)
  }

  /** A message that the integration wrote. */
  takeFromAgent(message: Message): Promise<void> {
    return takeMessage(this.#parts, message)
  }

  /** An event of the integration. Tells whether the bot did something with it. */
  takeEvent(event: BotEvent): Promise<boolean> {
    return takeEvent(this.#parts, event)
  }

  async #escalate(from: Escalating, escalation: Escalation): Promise<EscalationResult> {
    try {
      const conversationId = await openSession(this.#parts, from, escalation)
      return { ok: true, ...(conversationId !== undefined && { conversationId }) }
    } catch (error) {
      if (error instanceof Refused) return { ok: false, message: error.message }
      throw error
    }
  }

  async #stop(upstreamConversationId: string): Promise<void> {
    const { halves, upstream } = this.#parts
    const half = halves.upstream(upstreamConversationId)
    if (!half?.isActive) return
    const isEnded = await endSession(this.#parts, half.downstreamConversationId)
    if (isEnded) upstream.continueFlow(upstreamConversationId)
  }
}

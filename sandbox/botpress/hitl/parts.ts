import type { Pending } from '../pending'
import type { Store } from '../store'
import type { BotEvent } from '../types'
import type { AgentCopies } from './agent-copies'
import type { MakeCalls } from './bot-calls'
import type { Halves } from './halves'
import type { Outbox } from './outbox'
import type { RunAction, StandIns } from './stand-ins'
import type { PluginSwitches } from './switches'
import type { Upstream } from './upstream'

/** Something that reached the bot while its session was not active. */
export type Drop = { kind: 'message' | 'event'; type: string; conversationId: string }

/** What the plugin works with. */
export type PluginParts = {
  upstream: Upstream
  store: Store
  pending: Pending
  standIns: StandIns
  outbox: Outbox
  runAction: RunAction
  switches: PluginSwitches
  makeCalls: MakeCalls
  halves: Halves
  agentCopies: AgentCopies
  drops: Drop[]
  /** The events that came through to the bot's flows. */
  flowEvents: BotEvent[]
}

import { CALLS } from './bot-calls'
import type { PluginParts } from './parts'
import { textLine } from './upstream'
import { wording } from './wording'

/**
 * Ends a session from the bot's side. Tells whether the integration took it; where it did not, the customer is told
 * nothing and the flow does not continue.
 */
export async function endSession(parts: PluginParts, downstreamConversationId: string): Promise<boolean> {
  const { makeCalls, outbox, halves, runAction } = parts
  await makeCalls(CALLS.writes)
  outbox.write(downstreamConversationId, 'text', { text: wording.sessionEnded })
  await makeCalls(CALLS.marksEnd)
  halves.end(downstreamConversationId)
  const result = await runAction('stopHitl', { conversationId: downstreamConversationId })
  if (!result.ok) outbox.fail(downstreamConversationId, 'stopHitl', result)
  return result.ok
}

/** The customer is back with the bot, and told why. */
export function handBack({ upstream, switches }: PluginParts, upstreamConversationId: string, reason: string): void {
  upstream.show(upstreamConversationId, textLine('system', reason))
  if (switches.continueFlowOnSessionEnd) upstream.continueFlow(upstreamConversationId)
}

/** "Agent Assigned Timeout" */
export function watchForAgent(parts: PluginParts, downstreamConversationId: string): void {
  const { switches, pending, halves } = parts
  if (switches.agentAssignedTimeout === 0) return
  pending.inBackground(async () => {
    const { isActive, upstreamConversationId = '' } = halves.downstream(downstreamConversationId) ?? {}
    // An agent of an earlier session counts too: the mark is the chat's.
    if (!isActive || halves.upstream(upstreamConversationId)?.hadAgent) return
    const isEnded = await endSession(parts, downstreamConversationId)
    if (isEnded) handBack(parts, upstreamConversationId, wording.noAgentInTime)
  }, switches.agentAssignedTimeout * 1000)
}

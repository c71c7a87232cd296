import type { Customer } from '../../botpress'
import type { Stack } from '../../stack'
import { waitUntil } from '../../wait-until'
import { openChat } from '../open-chat'
import { escalate, numbered, sessionOf, times, timesInChat, type Outcome } from './scene'

/** How long each of the plugin's calls takes, in milliseconds: it makes several before a session is linked. */
const BOT_CALL_MS = 80

/** An agent takes the thread and replies as soon as it exists. */
export async function answersEarly(stack: Stack, chosen: Customer): Promise<Outcome> {
  const { hubspot, botpress } = stack
  const customer = sessionOf(stack, chosen) === undefined ? chosen : openChat(stack)
  const [agent] = hubspot.agents
  const [inbox] = hubspot.inboxes
  if (!agent || !inbox) throw new Error('HubSpot has no agent or no inbox.')
  const text = numbered('I am here already')
  const known = new Set(hubspot.threads().map(({ id }) => id))
  const newThread = () => hubspot.threads().find(({ id }) => !known.has(id))
  const answer = () => {
    const thread = newThread()
    if (!thread) return
    stop()
    hubspot.agent.assign(thread.id, agent.actorId)
    hubspot.agent.reply(thread.id, { actorId: agent.actorId, text })
  }
  // Runs when the call that creates the thread ends, while the session is still starting.
  const stop = hubspot.log.subscribe(answer)
  const answeredAt = () => hubspot.messages(newThread()?.id ?? '').find((item) => 'text' in item && item.text === text)
  botpress.plugin.switches.botCallMs = BOT_CALL_MS
  try {
    await escalate(customer, inbox.id)
    const lead = Date.now() - Date.parse(answeredAt()?.createdAt ?? '')
    await waitUntil(() => timesInChat(customer, (line) => line.text === text) > 0, 15_000)
    await stack.settled()
    const seen = timesInChat(customer, (line) => line.text === text)
    return {
      isFine: seen === 1,
      text: `${agent.name} replied ${lead} ms before ${customer.name}'s session was open. The customer sees the reply ${times(seen)}.`,
    }
  } finally {
    stop()
    botpress.plugin.switches.botCallMs = 0
  }
}

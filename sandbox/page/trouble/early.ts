import type { Customer } from '../../botpress'
import type { Stack } from '../../stack'
import { waitUntil } from '../../wait-until'
import { openChat } from '../open-chat'
import { escalate, numbered, sessionOf, times, timesInChat, type Outcome } from './scene'

/** How long each of the plugin's calls takes, in milliseconds: it makes several before a session is linked. */
const BOT_CALL_MS = 80

/** The quickest agent there is: takes the thread and answers as soon as it is there. */
export async function answersEarly(stack: Stack, chosen: Customer): Promise<Outcome> {
  const { hubspot, botpress } = stack
  const customer = sessionOf(stack, chosen) === undefined ? chosen : openChat(stack)
  const [agent] = hubspot.agents
  const [inbox] = hubspot.inboxes
  if (!agent || !inbox) throw new Error('There is nobody to answer.')
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
  // The first call that ends with the thread being there is the one that made it: the start is far from done.
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
      text: `${agent.name} answered ${lead} ms before ${customer.name}'s session was open. The customer reads the answer ${times(seen)}.`,
    }
  } finally {
    stop()
    botpress.plugin.switches.botCallMs = 0
  }
}

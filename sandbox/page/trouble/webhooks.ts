import { setTimeout as sleep } from 'node:timers/promises'
import type { Customer } from '../../botpress'
import type { Stack } from '../../stack'
import { waitUntil } from '../../wait-until'
import { openChat } from '../open-chat'
import { escalate, LONGEST_MS, numbered, sessionOf, times, timesInChat, type Outcome, type Scene } from './scene'

/** HubSpot delivers an agent's reply three times. */
export async function deliveredThrice({ stack, customer, threadId }: Scene): Promise<Outcome> {
  const { hubspot } = stack
  const actorId = hubspot.thread(threadId).assignedTo ?? hubspot.agents[0]?.actorId ?? ''
  const text = numbered('This reply is delivered three times')
  hubspot.switches.deliverTimes = 3
  const { id } = hubspot.agent.reply(threadId, { actorId, text })
  hubspot.switches.deliverTimes = 1
  const deliveries = () => hubspot.webhook.deliveries.filter(({ body }) => body.includes(id))
  await waitUntil(() => deliveries().filter(({ kind }) => kind === 'channel').length >= 3, LONGEST_MS)
  await stack.settled()
  const statuses = deliveries()
    .filter(({ kind }) => kind === 'channel')
    .map(({ status }) => status)
  const seen = timesInChat(customer, (line) => line.text === text)
  return {
    isFine: seen === 1,
    text: `HubSpot sent the webhook ${times(statuses.length)} and got ${statuses.join(', ')}. The customer sees the reply ${times(seen)}.`,
  }
}

/** A seed that swaps the two events of a batch. */
const SWAPS_TWO = 3

/** Two agents take the thread one after the other, and HubSpot reports the second one first. */
export async function outOfOrder({ stack, threadId, conversationId }: Scene): Promise<Outcome> {
  const { hubspot, botpress } = stack
  const has = hubspot.thread(threadId).assignedTo
  const [first, second] = hubspot.agents.filter(({ actorId }) => actorId !== has)
  if (!first || !second) throw new Error('HubSpot has too few agents.')
  hubspot.switches.shuffle = SWAPS_TWO
  hubspot.agent.assign(threadId, first.actorId)
  // Events in the same millisecond have no order.
  await sleep(2)
  hubspot.agent.assign(threadId, second.actorId)
  // The customer is told only that an agent has joined: which one, the plugin knows.
  const agentOf = () => {
    const { agentUserId } =
      botpress.plugin.sessions.find((each) => each.downstreamConversationId === conversationId) ?? {}
    return botpress.users.find(({ id }) => id === agentUserId)?.name
  }
  await waitUntil(() => agentOf() === second.name, 10_000)
  hubspot.switches.shuffle = undefined
  await stack.settled()
  return {
    isFine: agentOf() === second.name,
    text: `HubSpot reported ${second.name} before ${first.name}. The agent is ${agentOf() ?? 'not known'}.`,
  }
}

/** A webhook that is signed with the wrong secret says that the thread is closed. */
export async function forged(scene: Scene): Promise<Outcome> {
  const { hubspot, botpress } = scene.stack
  const event = {
    eventId: 1,
    subscriptionId: 26,
    portalId: hubspot.portalId,
    appId: Number(hubspot.app.appId),
    occurredAt: Date.now(),
    attemptNumber: 0,
    objectId: Number(scene.threadId),
    subscriptionType: 'conversation.propertyChange',
    propertyName: 'status',
    propertyValue: 'CLOSED',
    changeSource: 'USERS',
  }
  const { status } = await hubspot.webhook.send(botpress.webhookUrl, [event], { signed: 'wrong-secret' })
  const isOpen = sessionOf(scene.stack, scene.customer) !== undefined
  return {
    isFine: status === 401 && isOpen,
    text: `"Thread closed", signed with the wrong secret, got ${status}. The session is ${isOpen ? 'still open' : 'closed'}.`,
  }
}

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

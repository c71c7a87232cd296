import { setTimeout as sleep } from 'node:timers/promises'
import { waitUntil } from '../../wait-until'
import { LONGEST_MS, numbered, sessionOf, times, timesInChat, type Outcome, type Scene } from './scene'

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

import { setTimeout as sleep } from 'node:timers/promises'
import { becomes } from '../../becomes'
import { LONGEST_MS, numbered, sessionOf, times, timesInChat, type Outcome, type Scene } from './scene'

/** An agent answers, and HubSpot delivers that three times. */
export async function deliveredThrice({ stack, customer, threadId }: Scene): Promise<Outcome> {
  const { hubspot } = stack
  const actorId = hubspot.thread(threadId).assignedTo ?? hubspot.agents[0]?.actorId ?? ''
  const text = numbered('This answer is delivered three times')
  hubspot.switches.deliverTimes = 3
  const { id } = hubspot.agent.reply(threadId, { actorId, text })
  hubspot.switches.deliverTimes = 1
  const deliveries = () => hubspot.webhook.deliveries.filter(({ body }) => body.includes(id))
  await becomes(() => deliveries().filter(({ kind }) => kind === 'channel').length >= 3, LONGEST_MS)
  await stack.settled()
  const statuses = deliveries()
    .filter(({ kind }) => kind === 'channel')
    .map(({ status }) => status)
  const seen = timesInChat(customer, (line) => line.text === text)
  return {
    isFine: seen === 1,
    text: `The webhook came ${times(statuses.length)} and was answered ${statuses.join(', ')}. The customer reads it ${times(seen)}.`,
  }
}

/** With this seed, two events of one batch change places. */
const SWAPS_TWO = 3

/** Two agents take the thread one after the other, and HubSpot tells of the second one first. */
export async function outOfOrder({ stack, threadId, conversationId }: Scene): Promise<Outcome> {
  const { hubspot, botpress } = stack
  const has = hubspot.thread(threadId).assignedTo
  const [first, second] = hubspot.agents.filter(({ actorId }) => actorId !== has)
  if (!first || !second) throw new Error('There are too few agents.')
  hubspot.switches.shuffle = SWAPS_TWO
  hubspot.agent.assign(threadId, first.actorId)
  // Events of the same millisecond have no order.
  await sleep(2)
  hubspot.agent.assign(threadId, second.actorId)
  // The customer is told only that an agent has joined: which one, the plugin knows.
  const agentOf = () => {
    const { agentUserId } =
      botpress.plugin.sessions.find((each) => each.downstreamConversationId === conversationId) ?? {}
    return botpress.users.find(({ id }) => id === agentUserId)?.name
  }
  await becomes(() => agentOf() === second.name, 10_000)
  hubspot.switches.shuffle = undefined
  await stack.settled()
  return {
    isFine: agentOf() === second.name,
    text: `HubSpot told of ${second.name} before ${first.name}. The agent is ${agentOf() ?? 'not known'}.`,
  }
}

/** Somebody who does not have the client secret says that the thread has been closed. */
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
    text: `"The thread is closed", signed with another secret, was answered ${status}. The session is ${isOpen ? 'still open' : 'closed'}.`,
  }
}

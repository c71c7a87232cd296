import { setTimeout as sleep } from 'node:timers/promises'
import type { Fault } from '../../http/faults'
import { openChat } from '../open-chat'
import { escalate, numbered, openSession, sessionOf, times, timesInChat, type Outcome, type Scene } from './scene'

const PUBLISH = /\/custom-channels\/.+\/messages$/

/** The customer writes a line. It must be in the thread once, however often it was sent. */
async function customerWrites(scene: Scene): Promise<Outcome> {
  const { stack, customer, title } = scene
  const { conversationId, threadId } = await openSession(scene)
  const text = numbered(`Written while: ${title}`)
  const startedAt = Date.now()
  await customer.say(text)
  await stack.settled()
  const took = ((Date.now() - startedAt) / 1000).toFixed(1)
  const statuses = stack.hubspot.log.calls
    .filter(({ path, requestBody }) => PUBLISH.test(path) && requestBody.includes(text))
    .map(({ status }) => status || 'none')
  const failure = stack.botpress.plugin.failures.find((each) => {
    return each.at >= startedAt && each.conversationId === conversationId
  })
  const count = stack.hubspot.messages(threadId).filter((item) => item.type === 'MESSAGE' && item.text === text).length
  const outcome = `HubSpot's responses: ${statuses.join(', ')}. After ${took} s, the message is in the thread ${times(count)}.`
  return { isFine: count === 1, text: failure ? `${outcome} ${failure.message}` : outcome }
}

/** The customer writes while calls to HubSpot fail. */
export const publishing =
  (...faults: Fault[]) =>
  async (scene: Scene): Promise<Outcome> => {
    await openSession(scene)
    const { hubspot } = scene.stack
    const left = [...faults]
    hubspot.faults = ({ method, path }) => (method === 'POST' && PUBLISH.test(path) ? left.shift() : undefined)
    try {
      return await customerWrites(scene)
    } finally {
      hubspot.faults = undefined
    }
  }

export async function tokenExpired(scene: Scene): Promise<Outcome> {
  await openSession(scene)
  const { tokens } = scene.stack.hubspot
  const before = tokens.refreshes()
  tokens.expireAccessTokens()
  const { isFine, text } = await customerWrites(scene)
  const refreshes = tokens.refreshes() - before
  return { isFine: isFine && refreshes === 1, text: `${text} Tokens refreshed: ${refreshes}.` }
}

/** HubSpot delivers an agent's reply three times. */
export async function deliveredThrice(scene: Scene): Promise<Outcome> {
  const { threadId } = await openSession(scene)
  const { hubspot, settled } = scene.stack
  const actorId = hubspot.thread(threadId).assignedTo ?? hubspot.agents[0]?.actorId ?? ''
  const text = numbered('This reply is delivered three times')
  hubspot.switches.deliverTimes = 3
  const { id } = hubspot.agent.reply(threadId, { actorId, text })
  hubspot.switches.deliverTimes = 1
  await settled()
  const statuses = hubspot.webhook.deliveries
    .filter(({ kind, body }) => kind === 'channel' && body.includes(id))
    .map(({ status }) => status)
  const seen = timesInChat(scene.customer, text)
  return {
    isFine: seen === 1,
    text: `HubSpot sent the webhook ${times(statuses.length)} and got ${statuses.join(', ')}. The customer sees the reply ${times(seen)}.`,
  }
}

/** A seed that swaps the two events of a batch. */
const SWAPS_TWO = 3

/** Two agents take the thread one after the other, and HubSpot reports the second one first. */
export async function outOfOrder(scene: Scene): Promise<Outcome> {
  const { conversationId, threadId } = await openSession(scene)
  const { hubspot, botpress, settled } = scene.stack
  const has = hubspot.thread(threadId).assignedTo
  const [first, second] = hubspot.agents.filter(({ actorId }) => actorId !== has)
  if (!first || !second) throw new Error('HubSpot has too few agents.')
  hubspot.switches.shuffle = SWAPS_TWO
  hubspot.agent.assign(threadId, first.actorId)
  // Events in the same millisecond have no order.
  await sleep(2)
  hubspot.agent.assign(threadId, second.actorId)
  await settled()
  hubspot.switches.shuffle = undefined
  // The customer is told only that an agent has joined: which one, the plugin knows.
  const session = botpress.plugin.sessions.find((each) => each.downstreamConversationId === conversationId)
  const agent = botpress.users.find(({ id }) => id === session?.agentUserId)?.name ?? 'not known'
  const text = `HubSpot reported ${second.name} before ${first.name}. The agent is ${agent}.`
  return { isFine: agent === second.name, text }
}

/** A webhook that is signed with the wrong secret says that the thread is closed. */
export async function forged(scene: Scene): Promise<Outcome> {
  const { threadId } = await openSession(scene)
  const { hubspot, botpress } = scene.stack
  const event = {
    eventId: 1,
    portalId: hubspot.portalId,
    appId: Number(hubspot.app.appId),
    occurredAt: Date.now(),
    objectId: Number(threadId),
    subscriptionType: 'conversation.propertyChange',
    propertyName: 'status',
    propertyValue: 'CLOSED',
  }
  const { status } = await hubspot.webhook.send(botpress.webhookUrl, [event], { signed: 'wrong-secret' })
  const isOpen = sessionOf(scene) !== undefined
  return {
    isFine: status === 401 && isOpen,
    text: `"Thread closed", signed with the wrong secret, got ${status}. The session is ${isOpen ? 'still open' : 'closed'}.`,
  }
}

/** How long each of the plugin's calls takes, in milliseconds: it makes several before a session is linked. */
const BOT_CALL_MS = 80

/** An agent takes the thread and replies as soon as it exists. */
export async function answersEarly(scene: Scene): Promise<Outcome> {
  const { hubspot, botpress, settled } = scene.stack
  const customer = sessionOf(scene) ? openChat(scene.stack) : scene.customer
  const [agent] = hubspot.agents
  if (!agent) throw new Error('HubSpot has no agent.')
  const text = numbered('I am here already')
  const known = new Set(hubspot.threads().map(({ id }) => id))
  let answeredAt = 0
  // Runs when the call that creates the thread ends, while the session is still starting.
  const stop = hubspot.log.subscribe(() => {
    const thread = hubspot.threads().find(({ id }) => !known.has(id))
    if (!thread || answeredAt > 0) return
    answeredAt = Date.now()
    hubspot.agent.assign(thread.id, agent.actorId)
    hubspot.agent.reply(thread.id, { actorId: agent.actorId, text })
  })
  botpress.plugin.switches.botCallMs = BOT_CALL_MS
  try {
    await escalate(customer)
    const lead = Date.now() - answeredAt
    await settled()
    const seen = timesInChat(customer, text)
    return {
      isFine: seen === 1,
      text: `${agent.name} replied ${lead} ms before ${customer.name}'s session was open. The customer sees the reply ${times(seen)}.`,
    }
  } finally {
    stop()
    botpress.plugin.switches.botCallMs = 0
  }
}

import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startStack, type Stack } from '../../sandbox/stack'
import { clockAhead } from '../support/clock'
import { openSession, type OpenSession } from '../support/session'
import { GRACE } from '../support/webhooks'
import { badWeather, clearingUp, OVER_BOTPRESS, OVER_HUBSPOT, wentWrong } from '../support/weather'

const SESSIONS = 50
/** How many messages each side writes per round before it waits. */
const ROUNDS = [1, 1, 1, 1, 1, 1, 2, 1, 1, 1, 1, 1, 1, 2, 1, 1, 2]
const MESSAGES_EACH_WAY = ROUNDS.reduce((total, size) => total + size)
const FAULTY_SHARE = 0.2
/** Longer than any redelivery takes. */
const PATIENCE_MS = 60_000
const SEED = 20_261_122

let stack: Stack
let sessions: OpenSession[]
let clockBack: () => void

beforeAll(async () => {
  stack = await startStack()
  await stack.botpress.register()
  sessions = await Promise.all(Array.from({ length: SESSIONS }, (_, n) => openSession(stack, `Customer ${n}`)))
  for (const { threadId } of sessions) stack.hubspot.agent.assign(threadId, GRACE)
  await stack.settled()
  // Young sessions cost a look-up per message, and without this they would be young for half of the test.
  clockBack = clockAhead(31_000)
})
afterAll(async () => {
  clockBack()
  await stack.close()
})

function stormBreaksOut(): void {
  const { hubspot, botpress } = stack
  hubspot.log.clear()
  botpress.log.clear()
  hubspot.faults = clearingUp(badWeather(OVER_HUBSPOT, FAULTY_SHARE, SEED), hubspot.log, 4)
  botpress.faults = badWeather(OVER_BOTPRESS, FAULTY_SHARE, SEED + 1)
  hubspot.switches.shuffle = SEED
}

/** One side's texts in one session, such as `agent 7.3.0`: session, round and position in the round. */
const texts = (who: 'customer' | 'agent', session: number): string[] =>
  ROUNDS.flatMap((size, round) => Array.from({ length: size }, (_, place) => `${who} ${session}.${round}.${place}`))

/** Both write. The agent continues once the customer has seen everything so far. */
async function converse({ customer, threadId }: OpenSession, session: number): Promise<void> {
  const said = texts('customer', session)
  const replies = texts('agent', session)
  for (const [round, size] of ROUNDS.entries()) {
    for (const text of said.splice(0, size)) {
      await customer.say(text)
      // Messages of one millisecond have no order.
      await sleep(2)
    }
    const burst = replies.splice(0, size)
    // Every second reply is delivered twice, in addition to retries.
    stack.hubspot.switches.deliverTimes = 1 + (round % 2)
    for (const text of burst) stack.hubspot.agent.reply(threadId, { actorId: GRACE, text })
    await Promise.all(burst.map((wanted) => customer.waitFor(({ text }) => text === wanted, PATIENCE_MS)))
    if (session === 0 && round % 4 === 0) stack.hubspot.tokens.expireAccessTokens()
  }
}

type Arrivals = { lost: number; doubled: number; outOfOrder: number }

/** The fate of the sent texts; `outOfOrder` counts those that arrived after a later one. */
function compare(sent: readonly string[], arrived: readonly string[]): Arrivals {
  const ranks = arrived.map((text) => sent.indexOf(text))
  const once = new Set(arrived)
  return {
    lost: sent.filter((text) => !once.has(text)).length,
    doubled: arrived.length - once.size,
    outOfOrder: ranks.filter((rank, index) => ranks.slice(0, index).some((earlier) => earlier > rank)).length,
  }
}

const sum = (all: readonly Arrivals[]): Arrivals => ({
  lost: all.reduce((total, { lost }) => total + lost, 0),
  doubled: all.reduce((total, { doubled }) => total + doubled, 0),
  outOfOrder: all.reduce((total, { outOfOrder }) => total + outOfOrder, 0),
})

/** What agents see, in HubSpot's order: by the customer's time, then by arrival. */
function seenByAgent({ threadId }: OpenSession): string[] {
  const messages = stack.hubspot.messages(threadId).filter((item) => item.type === 'MESSAGE')
  const incoming = messages.filter(({ direction, text }) => direction === 'INCOMING' && text.startsWith('customer '))
  return incoming.sort((a, b) => Date.parse(a.createdAt) - Date.parse(b.createdAt)).map(({ text }) => text)
}

const seenByCustomer = ({ customer }: OpenSession): string[] =>
  customer.messages().flatMap(({ who, text = '' }) => (who === 'agent' ? [text] : []))

/** The same texts without their position in the round. */
const roundsOf = (all: readonly string[]): string[] => all.map((text) => text.slice(0, text.lastIndexOf('.')))

/**
 * A customer's messages must stay in order: Botpress' plugin sends them side by side, but each carries its own time.
 * An agent's reply must stay after all replies that the customer had already seen when it was written. Replies that are in
 * transit at the same time may change places, because HubSpot guarantees no order and retries failed webhooks later. These
 * are only counted.
 */
it('no message is lost or duplicated under many faults', { timeout: 240_000 }, async () => {
  const refreshesBefore = stack.hubspot.tokens.refreshes()
  stormBreaksOut()
  const started = performance.now()
  await Promise.all(sessions.map(converse))
  await stack.settled()
  const seconds = Math.round((performance.now() - started) / 1000)

  const toAgents = sum(sessions.map((session, n) => compare(texts('customer', n), seenByAgent(session))))
  const toCustomers = sum(sessions.map((session, n) => compare(texts('agent', n), seenByCustomer(session))))
  const overtaken = sessions.map((session, n) =>
    compare(roundsOf(texts('agent', n)), roundsOf(seenByCustomer(session))),
  )
  const calls = [...stack.hubspot.log.calls, ...stack.botpress.log.calls]
  const figures = {
    sent: 2 * SESSIONS * MESSAGES_EACH_WAY,
    lost: toAgents.lost + toCustomers.lost,
    doubled: toAgents.doubled + toCustomers.doubled,
    'out of order': toAgents.outOfOrder + toCustomers.outOfOrder,
    refreshed: stack.hubspot.tokens.refreshes() - refreshesBefore,
    calls: calls.length,
    retried: calls.filter(wentWrong).length,
    'webhooks retried': stack.hubspot.webhook.deliveries.filter(({ attempt }) => attempt > 0).length,
    seconds,
  }
  const words = Object.entries(figures).map(([name, figure]) => `${figure} ${name}`)
  process.stdout.write(`soak: ${words.join(', ')}\n`)

  expect(stack.botpress.plugin.failures).toEqual([])
  expect(toAgents).toEqual({ lost: 0, doubled: 0, outOfOrder: 0 })
  expect(toCustomers).toMatchObject({ lost: 0, doubled: 0 })
  expect(sum(overtaken).outOfOrder).toBe(0)
  expect(stack.botpress.plugin.drops).toEqual([])
})

import { setTimeout as sleep } from 'node:timers/promises'
import type { Call } from '../../sandbox/http/call-log'
import { startStack, type Stack } from '../../sandbox/stack'
import { clockAhead } from './clock'
import { isCallOf, PUBLISH, RECEIPT, type Target } from './faults'
import { openSession, type OpenSession } from './session'
import { GRACE } from './webhooks'

type Load = {
  sessions: number
  seconds: number
  /** Of customers and of agents, so many a second each. */
  messagesPerSecond: number
  callsInTenSeconds: number
  /** How long HubSpot takes for a call, in milliseconds. */
  latencyMs: number
}

/** What became of the messages and calls of a load. */
export type Outcome = {
  messages: number
  /** Messages that the agents, or the customers, do not have exactly once. */
  notInThread: number
  notInChat: number
  /** Operations that Botpress saw fail. */
  failures: number
  calls: number
  refused: number
  receipts: number
  /** The longest time until a customer's message was in its thread. */
  slowestMs: number
}

/** Customers and agents write at a steady rate into a portal that HubSpot limits. */
export async function underLoad(load: Load): Promise<Outcome> {
  const stack = await startStack()
  await stack.botpress.register()
  const sessions = await Promise.all(
    Array.from({ length: load.sessions }, (_, n) => openSession(stack, `Customer ${n}`)),
  )
  for (const { threadId } of sessions) stack.hubspot.agent.assign(threadId, GRACE)
  await stack.settled()
  // Young sessions cost a look-up per message.
  const clockBack = clockAhead(31_000)
  Object.assign(stack.hubspot.switches, { callsInTenSeconds: load.callsInTenSeconds, latencyMs: load.latencyMs })
  stack.hubspot.log.clear()
  try {
    return outcomeOf(stack, sessions, await write(stack, sessions, load))
  } finally {
    clockBack()
    await stack.close()
  }
}

/** Resolves to when the customers' messages were written, once everything has settled. */
async function write(
  { hubspot, settled }: Stack,
  sessions: readonly OpenSession[],
  { seconds, messagesPerSecond }: Load,
): Promise<number[]> {
  const writtenAt: number[] = []
  const started = performance.now()
  const said: Promise<unknown>[] = []
  for (let n = 0; n < seconds * messagesPerSecond; n++) {
    await sleep(started + (n * 1000) / messagesPerSecond - performance.now())
    const session = sessions[n % sessions.length]
    if (!session) continue
    writtenAt.push(Date.now())
    said.push(session.customer.say(`customer ${n}`))
    hubspot.agent.reply(session.threadId, { actorId: GRACE, text: `agent ${n}` })
  }
  await Promise.all(said)
  await settled()
  return writtenAt
}

function outcomeOf(stack: Stack, sessions: readonly OpenSession[], writtenAt: readonly number[]): Outcome {
  const { calls } = stack.hubspot.log
  const inThreads = sessions.flatMap(({ threadId }) => stack.hubspot.messages(threadId))
  const shown = inThreads.flatMap((item) => (item.type === 'MESSAGE' && item.direction === 'INCOMING' ? [item] : []))
  const inChats = sessions.flatMap(({ customer }) => customer.messages().flatMap(({ text }) => text ?? []))
  const notOnce = (who: string, texts: readonly string[]) =>
    writtenAt.map((_, n) => `${who} ${n}`).filter((text) => texts.filter((each) => each === text).length !== 1)
  const taken = (target: Target) => calls.filter((call) => isCallOf(target)(call) && call.status < 300)
  return {
    messages: writtenAt.length * 2,
    notInThread: notOnce(
      'customer',
      shown.map(({ text }) => text),
    ).length,
    notInChat: notOnce('agent', inChats).length,
    failures: stack.botpress.plugin.failures.length,
    calls: calls.length,
    refused: calls.filter(({ status }) => status === 429).length,
    receipts: taken(RECEIPT).length,
    slowestMs: Math.max(0, ...taken(PUBLISH).map((call) => tookMs(call, writtenAt))),
  }
}

/** From the customer's message until HubSpot had it. */
function tookMs({ requestBody, startedAt, durationMs }: Call, writtenAt: readonly number[]): number {
  const [, n] = /"text":"customer (\d+)"/.exec(requestBody) ?? []
  return Math.round(startedAt + durationMs - (writtenAt[Number(n)] ?? 0))
}

import { expect } from 'vitest'
import { wording } from '../../sandbox/botpress/hitl/wording'
import { startStack, type Stack } from '../../sandbox/stack'
import { serveKillable } from './killable-process'
import { lastMessage, startSecondProcess } from './second-process'
import { handoffEndedOf, openSession, sessionsAreLinked, timesSeen, type OpenSession } from './session'
import { receiptOf, threadLines } from './thread'
import { GRACE } from './webhooks'

type Step = {
  /** Before the process that will be killed does anything. */
  prepare?: (stack: Stack, session: OpenSession) => unknown
  act: (stack: Stack, session: OpenSession, isKilled: () => boolean, restarted: () => Promise<void>) => unknown
  /** What people have seen in the end; the same as if nothing had happened. */
  outcome: (stack: Stack, session: OpenSession) => unknown
  expected: unknown
}

/** Events have no key. One that goes out beside its mark can be lost with the process, but must not come twice. */
const isReportedOnce = (stack: Stack, session: OpenSession) => handoffEndedOf(stack, session).length <= 1

const joined = ({ customer }: OpenSession) => timesSeen(customer, wording.agentAssigned)
const reply = ({ hubspot }: Stack, { threadId }: OpenSession, text: string) => {
  const attachments = [{ name: 'plan.pdf', contentType: 'application/pdf', content: 'x' }]
  hubspot.agent.reply(threadId, { actorId: GRACE, text, attachments })
}
const replies = (stack: Stack, { customer, threadId }: OpenSession) => {
  const written = stack.hubspot.messages(threadId).filter((each) => each.type === 'MESSAGE')
  const outgoing = written.filter(({ direction }) => direction === 'OUTGOING')
  return {
    seen: timesSeen(customer, 'Answer'),
    files: customer.messages().filter(({ type }) => type === 'file').length,
    receipts: outgoing.map(({ id }) => receiptOf(stack, threadId, id)),
  }
}

/** What Botpress hands over, once more as another escalation of the same customer. */
const opening = ({ botpress }: Stack, { conversationId }: OpenSession) => ({
  userId: botpress.conversations.find(({ id }) => id === conversationId)?.tags['userId'],
  title: `Again ${conversationId}`,
  messageHistory: [{ source: { type: 'bot' }, type: 'text', payload: { text: 'How can I help?' } }],
})

/** The steps of a session, in each of which the process may be killed after any of its calls. */
export const STEPS: Record<string, Step> = {
  opening: {
    act: async (stack, session, isKilled, restarted) => {
      const start = () => stack.botpress.action('startHitl', opening(stack, session))
      await start()
      if (!isKilled()) return
      await restarted()
      expect(await start()).toMatchObject({ ok: true })
    },
    outcome: (stack, session) => {
      const { title } = opening(stack, session)
      const threads = stack.hubspot
        .threads()
        .map((thread) => ({ ...thread, lines: threadLines(stack, thread.id) }))
        .filter(({ lines }) => lines[0]?.includes(title))
      return threads.map(({ id, status, lines }) => ({
        status,
        openings: lines.filter((line) => line.startsWith('customer: ')).length,
        isHistoryTold: lines.some((line) => line.includes('How can I help?')),
        conversations: stack.botpress.conversations.filter(({ tags }) => tags['id'] === id).length,
        // A conversation without a thread would be the rest of an attempt.
        rests: stack.botpress.conversations.filter(({ tags }) => !tags['id']).length,
      }))
    },
    expected: [{ status: 'OPEN', openings: 1, isHistoryTold: true, conversations: 1, rests: 0 }],
  },
  assignment: {
    act: async (stack, session) => {
      stack.hubspot.agent.assign(session.threadId, GRACE)
      await stack.settled()
      reply(stack, session, 'Answer')
    },
    outcome: (stack, session) => ({ ...replies(stack, session), joined: joined(session) }),
    expected: { seen: 1, files: 1, receipts: ['SENT'], joined: 1 },
  },
  "agent's first reply": {
    act: (stack, session) => reply(stack, session, 'Answer'),
    outcome: (stack, session) => ({ ...replies(stack, session), joined: joined(session) }),
    expected: { seen: 1, files: 1, receipts: ['SENT'], joined: 1 },
  },
  "customer's message": {
    act: async (stack, { customer }, isKilled) => {
      await customer.say('Question')
      await stack.settled()
      if (!isKilled()) return
      const another = await startSecondProcess(stack)
      await another.run(lastMessage(stack))
      await another.close()
    },
    outcome: (stack, { threadId }) => threadLines(stack, threadId).filter((line) => line === 'customer: Question'),
    expected: ['customer: Question'],
  },
  'closing, which brings a lost reply': {
    prepare: async (stack, session) => {
      stack.hubspot.agent.assign(session.threadId, GRACE)
      await stack.settled()
      stack.hubspot.webhook.lose(({ type }) => type === 'OUTGOING_CHANNEL_MESSAGE_CREATED')
      reply(stack, session, 'Answer')
      await stack.settled()
      stack.hubspot.webhook.lose(() => false)
    },
    act: ({ hubspot }, { threadId }) => hubspot.agent.close(threadId),
    outcome: (stack, session) => ({
      ...replies(stack, session),
      closed: timesSeen(session.customer, wording.agentClosed),
      isReportedOnce: isReportedOnce(stack, session),
      order: session.customer
        .messages()
        .flatMap(({ text = '' }) => (text === 'Answer' || text === wording.agentClosed ? text : [])),
    }),
    expected: {
      seen: 1,
      files: 1,
      receipts: ['SENT'],
      closed: 1,
      isReportedOnce: true,
      order: ['Answer', wording.agentClosed],
    },
  },
  'end by the bot': {
    prepare: ({ hubspot }, { threadId }) => hubspot.agent.assign(threadId, GRACE),
    act: (_stack, { customer }) => customer.end(),
    outcome: (stack, session) => ({
      status: stack.hubspot.thread(session.threadId).status,
      closed: timesSeen(session.customer, wording.agentClosed),
      isReportedOnce: isReportedOnce(stack, session),
    }),
    expected: { status: 'CLOSED', closed: 0, isReportedOnce: true },
  },
  'agent giving the customer back': {
    prepare: ({ hubspot }, { threadId }) => hubspot.agent.assign(threadId, GRACE),
    act: ({ hubspot }, { threadId }) => hubspot.agent.reply(threadId, { actorId: GRACE, text: '/bot' }),
    outcome: (stack, session) => ({
      closed: timesSeen(session.customer, wording.agentClosed),
      isReportedOnce: isReportedOnce(stack, session),
    }),
    expected: { closed: 1, isReportedOnce: true },
  },
}

export const startKillableStack = () =>
  startStack({ serve: serveKillable, hubspot: { switches: { redeliveryDelayMs: 400 } } })

/**
 * Takes the step once for each of its calls, up to the limit, and kills the process after that call. Resolves to the
 * number of kills.
 */
export async function killInEach(
  stack: Stack,
  name: string,
  { prepare, act, outcome, expected }: Step,
  mostCalls = 20,
): Promise<number> {
  const sessions: OpenSession[] = []
  for (let n = 0; n < mostCalls; n++) {
    sessions.push(await openSession(stack, `Customer ${n} ${name.replaceAll(/\W/g, '')}`))
  }
  await sessionsAreLinked(stack)
  for (const [index, session] of sessions.entries()) {
    await prepare?.(stack, session)
    await stack.settled()
    const { isKilled, restarted } = killAfter(stack, index + 1)
    await act(stack, session, isKilled, restarted)
    await restarted()
    await stack.settled()
    stack.hubspot.faults = undefined
    stack.botpress.faults = undefined
    expect({ killedAfter: index + 1, outcome: outcome(stack, session) }).toEqual({
      killedAfter: index + 1,
      outcome: expected,
    })
    if (!isKilled()) return index
  }
  return mostCalls
}

/** The process ends after its n-th call from now on has taken effect, and another one takes its place. */
function killAfter({ hubspot, botpress, restartIntegration }: Stack, n: number) {
  let calls = 0
  let restart = Promise.resolve()
  const plan = () => {
    calls += 1
    if (calls !== n) return undefined
    restart = restartIntegration()
    return { kind: 'answerLost' } as const
  }
  hubspot.faults = plan
  botpress.faults = plan
  return { isKilled: () => calls >= n, restarted: () => restart }
}

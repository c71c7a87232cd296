import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { startStack, type Stack } from '../../sandbox/stack'
import { changeTags } from '../support/behind-its-back'
import { allCalls, callsOf, RECORD, status, THREAD, type Target } from '../support/faults'
import { fillIn } from '../support/fill-in'
import { handoffEndedOf, linkedSession, sessionWithAgent, tagsOf, told, type OpenSession } from '../support/session'
import { threadLines } from '../support/thread'
import { assigned, closed, GRACE, sent } from '../support/webhooks'

const CLOSE: Target = { method: 'PATCH', path: THREAD.path }

let stack: Stack
let configuration: Record<string, unknown>
beforeAll(async () => {
  stack = await startStack()
  await stack.botpress.register()
  ;({ configuration } = stack.botpress)
})
afterEach(() => {
  stack.hubspot.faults = undefined
  stack.botpress.faults = undefined
  stack.botpress.configuration = configuration
})
afterAll(async () => stack.close())

/** The bot ends the session. Resolves to what it adds to the log, which the bot itself never sees. */
async function stopped({ conversationId }: Pick<OpenSession, 'conversationId'>): Promise<string[]> {
  const logged = stack.log.length
  stack.hubspot.log.clear()
  expect(await stack.botpress.action('stopHitl', { conversationId })).toMatchObject({ ok: true, output: {} })
  await stack.settled()
  return stack.log.slice(logged)
}

const marks = (session: OpenSession) => {
  const { closedAt, endedBy } = tagsOf(stack, session)
  return { closedAt: Number(closedAt) > 0, endedBy }
}
const isMarked = { closedAt: true, endedBy: 'bot' }
const lastLine = ({ threadId }: OpenSession) => threadLines(stack, threadId).at(-1)
const statusOf = ({ threadId }: OpenSession) => stack.hubspot.thread(threadId).status

describe('a session that the bot ends', () => {
  it('before an agent has taken it leaves the thread open, with a note that says how to reach the customer', async () => {
    const session = await linkedSession(stack)
    expect(await stopped(session)).toEqual([])
    expect([marks(session), statusOf(session)]).toEqual([isMarked, 'OPEN'])
    expect(lastLine(session)).toMatch(
      /^note: Customer \d+ went back to the bot before anyone answered\. Reach them at customer\.\d+@customers\.example\.org\.$/,
    )
    expect(callsOf(stack.hubspot, RECORD)).toEqual([])
    expect(handoffEndedOf(stack, session)).toMatchObject([{ endedBy: 'bot', outcome: 'missed' }])
    expect(told(stack, session)).toEqual([])
  })

  it('after an agent has taken it closes the thread, whose closing is not told to the bot', async () => {
    const session = await sessionWithAgent(stack)
    expect(await stopped(session)).toEqual([])
    expect([marks(session), statusOf(session)]).toEqual([isMarked, 'CLOSED'])
    expect(threadLines(stack, session.threadId).filter((line) => line.includes('went back'))).toEqual([])
    expect(callsOf(stack.hubspot, RECORD)).toHaveLength(1)
    expect(told(stack, session)).toEqual(['hitlAssigned'])
  })

  it.each([
    ['an agent had it and gave it up leaves the thread open', [], 'OPEN'],
    ['an agent answered and gave it up closes the thread', ['Hello'], 'CLOSED'],
  ])('after %s', async (_what, replies, expected) => {
    const session = await sessionWithAgent(stack)
    for (const text of replies) stack.hubspot.agent.reply(session.threadId, { actorId: GRACE, text })
    await stack.settled()
    await sent(stack, assigned(stack, { ...session, actorId: '' }))
    expect(await stopped(session)).toEqual([])
    expect(statusOf(session)).toBe(expected)
    expect(handoffEndedOf(stack, session)).toMatchObject([{ outcome: expected === 'OPEN' ? 'missed' : 'answered' }])
  })

  it('shows what the customer writes meanwhile as one note, whose lines cannot pass for those of another speaker', async () => {
    const session = await sessionWithAgent(stack)
    await changeTags(stack, 'conversations', session.conversationId, { closedAt: String(Date.now()), endedBy: 'bot' })
    await session.customer.say('Wait\n\nBot: the money is on its way\u2028Grace: confirmed')
    await stack.settled()
    expect(lastLine(session)).toMatch(
      /^note: Customer \d+ wrote as the conversation ended: Wait\n│ \n│ Bot: the money is on its way\n│ Grace: confirmed$/,
    )
  })

  it('and whose customer has neither name nor address leaves a note without them', async () => {
    fillIn(stack, { unknownContact: 'visitor' })
    const { output } = await stack.botpress.action('createUser', { name: '' })
    const opened = await stack.botpress.action('startHitl', { ...Object(output), messageHistory: [] })
    const threadId = stack.hubspot.threads().at(-1)?.id ?? ''
    expect(await stopped(Object(opened.output))).toEqual([])
    expect(threadLines(stack, threadId).at(-1)).toBe('note: The customer went back to the bot before anyone answered.')
  })

  it('is marked first, so that a repetition closes what a failure has left open, and tells the bot nothing twice', async () => {
    const session = await sessionWithAgent(stack)
    stack.hubspot.faults = allCalls(CLOSE, status(503, { 'retry-after': '60' }))
    expect(await stopped(session)).toEqual([
      `warn: The HubSpot thread of conversation ${session.conversationId} was left as it is: HubSpot did not respond after several attempts. Try again in a minute; if it keeps happening, check status.hubspot.com for outages.`,
    ])
    expect([marks(session), statusOf(session)]).toEqual([isMarked, 'OPEN'])
    stack.hubspot.faults = undefined
    const { closedAt } = tagsOf(stack, session)
    expect(await stopped(session)).toEqual([])
    expect([tagsOf(stack, session)['closedAt'], statusOf(session)]).toEqual([closedAt, 'CLOSED'])
    expect(callsOf(stack.hubspot, RECORD)).toEqual([])
    expect(handoffEndedOf(stack, session)).toHaveLength(1)
  })

  it('after an agent has ended it costs no call to HubSpot and stays as the agent has left it', async () => {
    const session = await sessionWithAgent(stack)
    await sent(stack, closed(stack, { ...session, at: Date.now() }))
    const before = tagsOf(stack, session)
    expect(before).toMatchObject({ endedBy: 'agent' })
    expect(await stopped(session)).toEqual([])
    expect([stack.hubspot.log.calls, tagsOf(stack, session)]).toEqual([[], before])
  })

  it.each(['deleted', 'of an account that is not connected any more'])(
    'and whose thread is %s needs no line in the log',
    async (what) => {
      const session = await sessionWithAgent(stack)
      if (what === 'deleted') stack.hubspot.faults = allCalls(CLOSE, status(404))
      else await changeTags(stack, 'conversations', session.conversationId, { portalId: '4711' })
      const lines = await stopped(session)
      expect(lines.filter((line) => line.includes('was left as it is'))).toEqual([])
      expect(marks(session)).toEqual(isMarked)
    },
  )

  it('is marked though the owner has broken the configuration, and the log says that its thread is left', async () => {
    const session = await linkedSession(stack)
    fillIn(stack, { clientId: '' })
    expect(await stopped(session)).toEqual([
      `warn: The HubSpot thread of conversation ${session.conversationId} was left as it is: Fill in "Client ID" in the configuration of this integration and save again.`,
    ])
    expect([marks(session), stack.hubspot.log.calls]).toEqual([isMarked, []])
  })

  it('never fails, even if Botpress does not know it', async () => {
    expect(await stopped({ conversationId: 'conv_unknown' })).toEqual([
      expect.stringMatching(/^warn: The HubSpot thread of conversation conv_unknown was left as it is: \w+$/),
    ])
  })
})

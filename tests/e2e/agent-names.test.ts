import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Fault } from '../../sandbox/http/faults'
import type { Stack } from '../../sandbox/stack'
import { clockAhead, timeOf } from '../support/clock'
import { ACTOR, allCalls, callsOf, status } from '../support/faults'
import { startWithSession, type OpenSession } from '../support/session'
import { receiptOf } from '../support/thread'
import { ALAN, deliver, GRACE } from '../support/webhooks'

let stack: Stack
let ada: OpenSession
beforeAll(async () => {
  ;({ stack, ada } = await startWithSession())
})
afterEach(async () => {
  stack.hubspot.faults = undefined
  stack.hubspot.log.clear()
  // A limit reached in one test would hold back the look-ups of the next.
  await stack.restartIntegration()
})
afterAll(async () => stack.close())

let messages = 0

const lookUps = (): number => callsOf(stack.hubspot, ACTOR).length

type Sender = { actorId: string; name?: string }

/** Sends what an agent has written, once, and tells how long HubSpot has waited for the answer, in milliseconds. */
async function reply(text: string, sender: Sender): Promise<number> {
  const { hubspot } = stack
  const [channel] = hubspot.channels()
  const event = {
    type: 'OUTGOING_CHANNEL_MESSAGE_CREATED',
    channelId: channel?.id,
    message: {
      id: `m-${++messages}`,
      conversationsThreadId: ada.threadId,
      senders: [sender],
      text,
    },
  }
  return timeOf(async () => expect(await deliver(stack, event)).toMatchObject({ status: 200 }))
}

const DAILY = { status: 'error', message: 'You have reached your daily limit.', policyName: 'DAILY' }

const TROUBLES: [string, Fault][] = [
  ['fails', status(500)],
  ['is refused', status(403)],
  ['lacks a scope', status(403, {}, { category: 'MISSING_SCOPES' })],
  ['is over the limit of the day', status(429, {}, DAILY)],
  ['is over the limit of ten seconds', status(429)],
  ['answers with nonsense', status(200, {}, ['nonsense'])],
  ['is cut off', { kind: 'reset' }],
  ['takes ten seconds', { kind: 'delay', ms: 10_000 }],
]

it.each(TROUBLES.map(([what, fault], index) => ({ what, fault, actorId: `A-900${index}` })))(
  'what an agent writes arrives soon, under the name that came with it, while the look-up of the agent $what',
  async ({ fault, actorId }) => {
    stack.hubspot.faults = allCalls(ACTOR, fault)
    const sender = { actorId, name: 'Grace S.' }
    expect(await reply('Hello', sender)).toBeLessThan(3_500)
    expect(await reply('Hello again', sender)).toBeLessThan(1_000)
    expect(
      ada.customer
        .messages()
        .slice(-2)
        .map(({ text }) => text),
    ).toEqual(['Hello', 'Hello again'])
    expect(stack.botpress.users.find(({ tags }) => tags['actorId'] === actorId)?.name).toBe('Grace S.')
  },
)

describe('an agent whose name HubSpot does not say', () => {
  it('is called "Agent", and gets the receipt', async () => {
    stack.hubspot.faults = allCalls(ACTOR, status(500))
    const { id } = stack.hubspot.agent.reply(ada.threadId, { actorId: GRACE, text: 'Hello' })
    await stack.settled()
    expect(ada.customer.messages().at(-1)?.text).toBe('Hello')
    expect(stack.botpress.users.find(({ tags }) => tags['actorId'] === GRACE)?.name).toBe('Agent')
    expect(receiptOf(stack, ada.threadId, id)).toBe('SENT')
  })

  it('is looked up again soon', async () => {
    stack.hubspot.faults = allCalls(ACTOR, status(403))
    await reply('One', { actorId: ALAN })
    await reply('Two', { actorId: ALAN })
    expect(lookUps()).toBe(1)
    const back = clockAhead(21_000)
    await reply('Three', { actorId: ALAN }).finally(back)
    expect(lookUps()).toBe(2)
  })
})

describe('an agent', () => {
  const userOf = (actorId: string) => stack.botpress.users.find(({ tags }) => tags['actorId'] === actorId)

  it.each([
    ['describes', undefined],
    ['does not know', status(404)],
  ])('whom HubSpot %s is looked up once, and not soon again', async (_how, fault) => {
    const sender = { actorId: `A-70${String(messages).padStart(4, '0')}`, name: 'Una' }
    stack.hubspot.faults = allCalls(ACTOR, fault ?? status(200, {}, { id: sender.actorId, type: 'AGENT', name: 'Una' }))
    await reply('One', sender)
    const back = clockAhead(200_000)
    await reply('Two', sender).finally(back)
    expect([lookUps(), userOf(sender.actorId)?.name]).toEqual([1, 'Una'])
  })

  it.each<[{ name?: string | null; avatar?: string | null; email?: string | null }, string]>([
    [{ name: ' Ada Sample ', avatar: 'https://x.test/ada.png', email: 'ada@x.test' }, 'Ada Sample'],
    [{ name: ' ', avatar: 'data:image/png;base64,AA==', email: '' }, 'From the message'],
    [{ name: null, avatar: null, email: null }, 'From the message'],
    [{ avatar: 'http://x.test/ada.png' }, 'From the message'],
    [{ name: 'Bea', avatar: 'see http://x.test', email: 'bea@x.test' }, 'Bea'],
  ])('has name, picture and address from HubSpot as far as they can be shown: %j', async (described, name) => {
    const actorId = `A-71${String(messages).padStart(4, '0')}`
    stack.hubspot.faults = allCalls(ACTOR, status(200, {}, { id: actorId, type: 'AGENT', ...described }))
    await reply('Hello', { actorId, name: 'From the message' })
    const { avatar, email } = described
    const user = userOf(actorId)
    expect([user?.name, user?.pictureUrl]).toEqual([name, avatar?.startsWith('http') ? avatar : undefined])
    expect(user?.tags['agentEmail']).toBe(email || undefined)
  })

  it.each([
    ['L-7', 'Flow (automated)'],
    ['V-7', 'Flow'],
    ['unknown', 'Flow'],
  ])('is marked as automated unless it is a person: %s', async (actorId, name) => {
    stack.hubspot.faults = allCalls(ACTOR, status(404))
    await reply('Hello', { actorId, name: 'Flow' })
    expect(userOf(actorId)?.name).toBe(name)
  })
})

import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import type { Stack } from '../../sandbox/stack'
import { timeOf } from '../support/clock'
import { allCalls, callsOf, INITIALIZE, isCallOf, LOOK_UP, RECEIPT, slow, status } from '../support/faults'
import { usesOneStack } from '../support/one-stack'
import {
  linkedSession,
  sessionWithAgent,
  tagsOf,
  timesSeen,
  told,
  youngSession,
  type OpenSession,
} from '../support/session'
import { ALAN, closed, GRACE, sent } from '../support/webhooks'

let stack: Stack
usesOneStack((started) => {
  stack = started
})

const DONE = 200
const AGAIN = 503

describe("an agent's message", () => {
  let messages = 0

  type Written = { text?: string; actorId?: string; channelId?: string; appId?: string; richText?: string }

  /** A webhook with one message, as HubSpot's channel writes it. */
  function message(threadId: string, { actorId = GRACE, channelId, appId, ...words }: Written = {}) {
    const id = `message-${++messages}`
    return {
      type: 'OUTGOING_CHANNEL_MESSAGE_CREATED',
      portalId: stack.hubspot.portalId,
      channelId: channelId ?? stack.hubspot.channels()[0]?.id,
      channelIntegrationThreadIds: [
        stack.botpress.conversations.find(({ tags }) => tags['id'] === threadId)?.tags['integrationThreadId'],
      ].flatMap((known) => known ?? []),
      message: {
        id,
        conversationsThreadId: threadId,
        createdBy: actorId,
        text: `Hello ${id}`,
        ...words,
        ...(appId === undefined ? {} : { client: { clientType: 'INTEGRATION', integrationAppId: Number(appId) } }),
      },
    }
  }

  const receipt = z.object({ statusType: z.string(), errorMessage: z.string().optional() })
  const receiptsOf = ({ message: { id } }: ReturnType<typeof message>) =>
    stack.hubspot.log.calls
      .filter((call) => isCallOf(RECEIPT)(call) && call.path.endsWith(id))
      .map(({ requestBody }) => Object.values(receipt.parse(JSON.parse(requestBody))).join(': '))
  const seen = ({ customer }: OpenSession, { message: { text } }: ReturnType<typeof message>) =>
    timesSeen(customer, text)

  it('is ignored if our own app has sent it, or if it belongs to another channel', async () => {
    const session = await sessionWithAgent(stack)
    const ours = message(session.threadId, { appId: stack.hubspot.app.appId })
    const others = message(session.threadId, { channelId: '4711' })
    expect([await sent(stack, ours), await sent(stack, others)]).toEqual([DONE, DONE])
    await stack.settled()
    expect([...receiptsOf(ours), ...receiptsOf(others), seen(session, ours), seen(session, others)]).toEqual([0, 0])
    const anotherApp = message(session.threadId, { appId: '4711' })
    await sent(stack, anotherApp)
    expect(receiptsOf(anotherApp)).toEqual(['SENT'])
  })

  it('without anything to show fails with a sentence that says so', async () => {
    const session = await linkedSession(stack)
    const empty = message(session.threadId, { text: ' ', richText: '<p></p>' })
    expect(await sent(stack, empty)).toBe(DONE)
    expect(receiptsOf(empty)).toEqual([
      'FAILED: Not delivered: there is no text or file in this message that the customer could see.',
    ])
  })

  it('in a thread that the bot did not start fails with a sentence that says so, and leaves nothing behind', async () => {
    const before = stack.botpress.conversations.length
    const foreign = message('4711')
    const unknown = { ...message('4712'), channelIntegrationThreadIds: ['bp-1700000000000-unknown'] }
    expect([await sent(stack, foreign), await sent(stack, unknown)]).toEqual([DONE, DONE])
    const sentence =
      'FAILED: Not delivered: this conversation did not come from the bot, so there is no customer to send it to.'
    expect([...receiptsOf(foreign), ...receiptsOf(unknown)]).toEqual([sentence, sentence])
    expect(stack.botpress.conversations).toHaveLength(before)
  })

  it('after the end fails with a sentence that says so, unless the customer has it already', async () => {
    const session = await sessionWithAgent(stack)
    const [early, late] = [message(session.threadId), message(session.threadId)]
    await sent(stack, early)
    await sent(stack, closed(stack, { ...session, at: Date.now() }))
    await sent(stack, early)
    await sent(stack, late)
    expect(receiptsOf(early)).toEqual(['SENT', 'SENT'])
    const ended = 'FAILED: Not delivered: the session has ended and the customer is back with the bot.'
    expect(receiptsOf(late)).toEqual([ended])
    // A process that does not know yet that the session has ended finds it out.
    await stack.restartIntegration()
    await sent(stack, late)
    expect(receiptsOf(late)).toEqual([ended, ended])
    expect([seen(session, early), seen(session, late)]).toEqual([1, 0])
  })

  const failing = (code: number, type: string) =>
    status(code, {}, { id: 'err_20261128x1A2B3C4D', code, type, message: 'No.' })

  it.each([
    [400, 'InvalidPayload'],
    [404, 'ResourceNotFound'],
    [413, 'PayloadTooLarge'],
  ])('that Botpress refuses with %i (%s) fails for good', async (code, type) => {
    const session = await sessionWithAgent(stack)
    const refused = message(session.threadId)
    stack.botpress.faults = allCalls(INITIALIZE, failing(code, type))
    expect(await sent(stack, refused)).toBe(DONE)
    expect(receiptsOf(refused)).toEqual([
      'FAILED: Not delivered: Botpress refused this message. Try again with plain text.',
    ])
  })

  it.each([
    [400, 'Runtime'],
    [401, 'Unauthorized'],
    [403, 'Forbidden'],
    [409, 'AlreadyExists'],
    [402, 'PaymentRequired'],
  ])('that Botpress refuses with %i (%s) comes again', async (code, type) => {
    const session = await sessionWithAgent(stack)
    const later = message(session.threadId)
    stack.botpress.faults = allCalls(INITIALIZE, failing(code, type))
    expect([await sent(stack, later), receiptsOf(later)]).toEqual([AGAIN, []])
    stack.botpress.faults = undefined
    expect([await sent(stack, later), receiptsOf(later)]).toEqual([DONE, ['SENT']])
    await stack.settled()
    expect(seen(session, later)).toBe(1)
  })

  it('of several parts announces its author once, before the first part, and not if an agent has the session', async () => {
    const session = await linkedSession(stack)
    const richText = '<p>a</p><img src="https://a.example/1"><p>b</p>'
    await sent(stack, message(session.threadId, { richText }))
    expect(told(stack, session)).toEqual(['hitlAssigned'])
    expect(tagsOf(stack, session)).toMatchObject({ assignedTo: GRACE })
    await sent(stack, message(session.threadId, { actorId: ALAN }))
    expect(told(stack, session)).toEqual(['hitlAssigned'])
    await stack.settled()
    const shown = session.customer.messages().filter(({ who }) => who === 'agent')
    expect(shown.slice(0, 3).map(({ type }) => type)).toEqual(['text', 'image', 'text'])
  })

  it('of something automated announces no one', async () => {
    const session = await linkedSession(stack)
    await sent(stack, message(session.threadId, { actorId: 'L-7' }))
    expect([told(stack, session), tagsOf(stack, session)['assignedTo']]).toEqual([[], undefined])
  })

  it('waits until the bot listens in a young session, and not at all in an old one', async () => {
    const session = await youngSession(stack)
    expect(await timeOf(() => sent(stack, message(session.threadId)))).toBeGreaterThan(1_500)
    expect(await timeOf(() => sent(stack, message(session.threadId)))).toBeLessThan(900)
    const old = await sessionWithAgent(stack)
    expect(await timeOf(() => sent(stack, message(old.threadId)))).toBeLessThan(900)
  })

  it('of a session that an agent has is delivered without a look-up, by one call', async () => {
    const session = await sessionWithAgent(stack)
    stack.botpress.log.clear()
    await sent(stack, message(session.threadId))
    expect(stack.botpress.log.calls.map(({ path }) => path.split('/').at(-1))).toEqual(['initialize-incoming-message'])
  })

  it('that overtakes the opening of its session waits two seconds for it, looks five times a second, and comes again', async () => {
    const early = { ...message('4713'), channelIntegrationThreadIds: [`bp-${Date.now()}-early`] }
    stack.botpress.log.clear()
    const logged = stack.log.length
    const ms = await timeOf(async () => expect(await sent(stack, early)).toBe(AGAIN))
    expect(ms).toBeGreaterThan(1_500)
    expect(ms).toBeLessThan(3_900)
    const lookUps = callsOf(stack.botpress, LOOK_UP).length
    expect([lookUps >= 5, lookUps <= 11]).toEqual([true, true])
    expect(stack.log.slice(logged)).toEqual([
      'warn: A HubSpot event failed and will come again: A session is still being opened',
    ])
    expect(receiptsOf(early)).toEqual([])
  })

  it('is answered when HubSpot has the receipt', async () => {
    const session = await sessionWithAgent(stack)
    stack.hubspot.faults = allCalls(RECEIPT, slow(300))
    expect(await timeOf(() => sent(stack, message(session.threadId)))).toBeGreaterThan(295)
  })
})

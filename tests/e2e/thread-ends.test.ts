import { describe, expect, it, onTestFinished } from 'vitest'
import type { Stack } from '../../sandbox/stack'
import { allCalls, BOTPRESS_REFUSES, callsOf, firstCalls, INITIALIZE, NEW_EVENT, NOTE, status } from '../support/faults'
import { usesOneStack } from '../support/one-stack'
import { linkedSession, newEvents, sessionWithAgent, tagsOf, timesSeen, told, youngSession } from '../support/session'
import { closed, GRACE, sent } from '../support/webhooks'

let stack: Stack
usesOneStack((started) => {
  stack = started
})

const DONE = 200
const AGAIN = 503

describe('the end of a thread', () => {
  it('whose event Botpress does not take is not marked, so that it is told when HubSpot sends it again', async () => {
    const session = await linkedSession(stack)
    const event = closed(stack, session)
    stack.botpress.faults = firstCalls(NEW_EVENT, BOTPRESS_REFUSES)
    expect([await sent(stack, event), tagsOf(stack, session)['closedAt']]).toEqual([AGAIN, undefined])
    expect([await sent(stack, event), told(stack, session)]).toEqual([DONE, ['hitlStopped']])
    expect(tagsOf(stack, session)).toMatchObject({ endedBy: 'agent', closedAt: String(event['occurredAt']) })
  })

  it('is told again if it comes more than two seconds from the first', async () => {
    const session = await linkedSession(stack)
    const at = Date.now()
    await sent(stack, closed(stack, { ...session, at }))
    for (const ms of [0, 2_000, -2_000]) await sent(stack, closed(stack, { ...session, at: at + ms }))
    expect(told(stack, session)).toEqual(['hitlStopped'])
    await sent(stack, closed(stack, { ...session, at: at + 2_001 }))
    expect(told(stack, session)).toEqual(['hitlStopped', 'hitlStopped'])
    expect(tagsOf(stack, session)['closedAt']).toBe(String(at))
  })

  it('that the customer has taken back by writing on ends the session no more when HubSpot repeats it', async () => {
    const session = await linkedSession(stack)
    const event = closed(stack, { ...session, at: Date.now() - 20_000 })
    // The event is accepted and does nothing.
    stack.botpress.faults = firstCalls(NEW_EVENT, status(201, {}, { event: {} }))
    await sent(stack, event)
    stack.botpress.faults = undefined
    await session.customer.say('Are you still there?')
    await stack.settled()
    expect(tagsOf(stack, session)['closedAt'] || 'open').toBe('open')
    expect([await sent(stack, event), told(stack, session)]).toEqual([DONE, []])
    expect([await sent(stack, closed(stack, session)), told(stack, session)]).toEqual([DONE, ['hitlStopped']])
  })

  it('stays as it is if HubSpot refuses the note of words that came too late', async () => {
    const session = await sessionWithAgent(stack)
    stack.botpress.plugin.switches.botCallMs = 400
    onTestFinished(() => void (stack.botpress.plugin.switches.botCallMs = 0))
    stack.hubspot.faults = allCalls(NOTE, status(404))
    await session.customer.say('Wait')
    const event = closed(stack, session)
    expect(await sent(stack, event)).toBe(DONE)
    await stack.settled()
    expect(callsOf(stack.hubspot, NOTE)).not.toEqual([])
    expect(told(stack, session)).toEqual(['hitlAssigned', 'hitlStopped'])
    expect(tagsOf(stack, session)).toMatchObject({ endedBy: 'agent', closedAt: String(event['occurredAt']) })
  })

  it('that is not ours, or that the bot has ended itself, is not told', async () => {
    expect(await sent(stack, closed(stack, { threadId: '4714', at: Date.now() - 60_000 }))).toBe(DONE)
    const session = await linkedSession(stack)
    await session.customer.end()
    await stack.settled()
    expect(tagsOf(stack, session)).toMatchObject({ endedBy: 'bot' })
    expect(await sent(stack, closed(stack, { ...session, at: Date.now() + 10_000 }))).toBe(DONE)
    expect([told(stack, session), tagsOf(stack, session)['endedBy']]).toEqual([[], 'bot'])
  })

  it('is told at once, but a second after a message whose webhook was lost and which is delivered first', async () => {
    const [quiet, lossy] = [await sessionWithAgent(stack), await sessionWithAgent(stack)]
    stack.botpress.log.clear()
    await sent(stack, closed(stack, { ...quiet, at: Date.now() }))
    expect(newEvents(stack)).toEqual([{ type: 'hitlStopped' }])
    stack.botpress.operationFaults = ({ operation }) =>
      operation === 'webhook_received' ? { kind: 'status', status: 200 } : undefined
    stack.hubspot.agent.reply(lossy.threadId, { actorId: GRACE, text: 'Almost lost' })
    await stack.settled()
    stack.botpress.operationFaults = undefined
    expect(timesSeen(lossy.customer, 'Almost lost')).toBe(0)
    await sent(stack, closed(stack, { ...lossy, at: Date.now() }))
    expect(newEvents(stack)[1]).toEqual({ type: 'hitlStopped', schedule: { delay: 1_000 } })
    await stack.settled()
    expect(timesSeen(lossy.customer, 'Almost lost')).toBe(1)
  })

  it('is remembered: a later message is not even tried', async () => {
    const session = await sessionWithAgent(stack)
    await sent(stack, closed(stack, { ...session, at: Date.now() }))
    stack.botpress.log.clear()
    stack.hubspot.agent.reply(session.threadId, { actorId: GRACE, text: 'Too late' })
    await stack.settled()
    expect(callsOf(stack.botpress, INITIALIZE).filter(({ requestBody }) => requestBody.includes('Too late'))).toEqual(
      [],
    )
  })

  it('of a session that the bot is still linking reaches the bot when it listens', async () => {
    const session = await youngSession(stack)
    await sent(stack, closed(stack, session))
    expect(newEvents(stack)[0]?.schedule?.delay).toBeGreaterThan(500)
  })
})

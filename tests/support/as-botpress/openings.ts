import { describe, expect, it } from 'vitest'
import * as z from 'zod/mini'
import { clockAhead } from '../clock'
import { allCalls, CHANGE_CONVERSATION, firstCalls, PUBLISH, status } from '../faults'
import { latestThread, threadLines } from '../thread'
import { assigned, deliver, GRACE } from '../webhooks'
import { linkedSession, notesIn, stack } from './setup'

/** What opens a thread, and who is announced in it. */
export function describeOpenings(): void {
  it('automated authors are not announced by us, and are shown as what they are', async () => {
    const { threadId, customer } = await linkedSession()
    stack.hubspot.agent.reply(threadId, { actorId: 'L-1', text: 'I am a machine' })
    await stack.settled()
    expect(stack.botpress.events.filter(({ type }) => type === 'hitlAssigned')).toEqual([])
    expect(customer.messages().find(({ text }) => text === 'I am a machine')?.name).toMatch(/\(automated\)$/)
  })

  describe('odd input never fails an escalation', () => {
    it('history entries of any type are shown as what they are', async () => {
      const ada = stack.botpress.chat.open({ name: 'Ada' })
      await ada.send({ type: 'custom', payload: {} })
      await ada.send({ type: 'choice', payload: { text: 'Which?', options: [] } })
      expect(await ada.escalate()).toMatchObject({ ok: true })
      expect(notesIn(latestThread(stack)).join('\n')).toContain('[a message of type custom]')
    })

    it('a failure after the thread was opened closes it again and leaves no conversation', async () => {
      const ada = stack.botpress.chat.open({ name: 'Ada' })
      stack.botpress.faults = allCalls(CHANGE_CONVERSATION, status(400))
      expect(await ada.escalate()).toMatchObject({ ok: false })
      expect(stack.hubspot.thread(latestThread(stack)).status).toBe('CLOSED')
      expect(stack.botpress.conversations).toEqual([])
    })

    it('a name, title and description of any length open one message', async () => {
      const ada = stack.botpress.chat.open({ name: 'A'.repeat(33_000) })
      await ada.escalate({ title: 't'.repeat(5_000), description: 'd'.repeat(1_200_000) })
      const [opening = '', ...others] = threadLines(stack, latestThread(stack)).filter((line) =>
        line.startsWith('customer'),
      )
      expect(others).toEqual([])
      expect(opening.length).toBeLessThan(11_000)
      expect(stack.log.join().length).toBeLessThan(5_000)
    })
  })

  describe('startHitl that Botpress repeats', () => {
    it.each(['answerLost', 'status'] as const)('opens one thread after %s', async (kind) => {
      const fault = kind === 'status' ? { kind, status: 502 } : { kind }
      let isFirst = true
      stack.botpress.operationFaults = ({ type }) => {
        if (type !== 'startHitl' || !isFirst) return undefined
        isFirst = false
        return fault
      }
      const ada = stack.botpress.chat.open({ name: 'Ada' })
      expect(await ada.escalate({ title: 'Once' })).toMatchObject({ ok: true })
      expect(stack.hubspot.threads()).toHaveLength(1)
      expect(stack.botpress.conversations).toHaveLength(1)
    })

    it('opens one thread if HubSpot does not say where the message is that it has already', async () => {
      stack.hubspot.switches.idempotencyReplay = 'conflict'
      stack.hubspot.faults = firstCalls(PUBLISH, { kind: 'answerLost' })
      const ada = stack.botpress.chat.open({ name: 'Ada' })
      expect(await ada.escalate({ title: 'Once' })).toMatchObject({ ok: true })
      expect(stack.hubspot.threads().map(({ status: is }) => is)).toEqual(['OPEN'])
    })

    it('opens one thread when both tries run at once', async () => {
      const { userId } = await createdUser()
      stack.hubspot.faults = allCalls(PUBLISH, { kind: 'delay', ms: 300 })
      const input = { userId, title: 'Once', messageHistory: [] }
      const [first, second] = await Promise.all([1, 2].map(() => stack.botpress.action('startHitl', input)))
      expect(first?.output).toEqual(second?.output)
      expect(stack.hubspot.threads()).toHaveLength(1)
    })

    it('opens another one when the input differs, the session has ended, or a minute has passed', async () => {
      const { userId } = await createdUser()
      const start = (title: string) => stack.botpress.action('startHitl', { userId, title, messageHistory: [] })
      const ids = [await start('A'), await start('A'), await start('B')].map(({ output }) => JSON.stringify(output))
      expect(new Set(ids).size).toBe(2)
      const later = clockAhead(61_000)
      const third = await start('A').finally(later)
      expect(ids).not.toContain(JSON.stringify(third.output))
      await stack.botpress.action('stopHitl', third.output)
      const fourth = await start('A')
      expect(JSON.stringify(fourth.output)).not.toBe(JSON.stringify(third.output))
    })
  })

  it('assigned agents are known from memory: the second reply costs one call to Botpress and the receipt', async () => {
    const { threadId } = await linkedSession('Ada', GRACE)
    await deliver(stack, [assigned(stack, { threadId, at: 1 })])
    stack.hubspot.agent.reply(threadId, { actorId: GRACE, text: 'One' })
    await stack.settled()
    stack.botpress.log.clear()
    stack.hubspot.agent.reply(threadId, { actorId: GRACE, text: 'Two' })
    await stack.settled()
    expect(stack.botpress.log.calls).toHaveLength(1)
  })

  async function createdUser(): Promise<{ userId: string }> {
    const { output } = await stack.botpress.action('createUser', { name: 'Ada' })
    return z.object({ userId: z.string() }).parse(output)
  }
}

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import * as z from 'zod/mini'
import type { Customer } from '../../sandbox/botpress'
import { wording } from '../../sandbox/botpress/hitl/wording'
import { startStack, type Stack } from '../../sandbox/stack'
import { CREATE_CONTACTS_SCOPE, REQUIRED_SCOPES } from '../../src/hubspot/scopes'
import { clockAhead } from './clock'
import { allCalls, firstCalls, NEW_EVENT, PUBLISH, status } from './faults'
import { fillIn } from './fill-in'
import { openSession, sessionsAreLinked, type OpenSession } from './session'
import { latestThread, receiptOf, threadLines } from './thread'
import { answersTo, assigned, closed, deliver, GRACE } from './webhooks'

const textsOf = (customer: Customer) => customer.messages().map(({ text, type }) => text ?? type)
const timesSeen = (customer: Customer, text: string) => textsOf(customer).filter((each) => each === text).length

/** How Botpress and its HITL plugin use the integration, with a bot that needs so many milliseconds a call. */
export const describeAsBotpress = (callMs: number) =>
  describe(`as Botpress uses it, ${callMs} ms a call`, () => {
    let stack: Stack
    beforeEach(async () => {
      stack = await startStack()
      await stack.botpress.register()
      pace(callMs)
    })
    afterEach(async () => stack.close())

    const pace = (ms: number) => (stack.botpress.plugin.switches.botCallMs = ms)
    const isActive = (conversationId: string) =>
      stack.botpress.plugin.sessions.some((each) => each.downstreamConversationId === conversationId && each.isActive)
    const notesIn = (threadId: string) => threadLines(stack, threadId).filter((line) => line.startsWith('note: '))

    /** A session that the plugin has linked, and an agent who has it if one is named. */
    async function linkedSession(name = 'Ada', actorId?: string): Promise<OpenSession> {
      const session = await openSession(stack, name)
      await sessionsAreLinked(stack)
      if (actorId !== undefined) {
        stack.hubspot.agent.assign(session.threadId, actorId)
        await stack.settled()
      }
      return session
    }

    describe('a refusal is not final', () => {
      beforeEach(async () => {
        fillIn(stack, { unknownContact: 'refuse' })
        await stack.botpress.register()
      })

      it.each(['nobody@example.com', undefined])('the right address works after %s was refused', async (wrong) => {
        stack.hubspot.contacts.add({ email: 'ada@example.com' })
        const ada = stack.botpress.chat.open({ name: 'Ada' })
        await ada.say('Help')
        expect(await ada.escalate(wrong === undefined ? {} : { userEmail: wrong })).toMatchObject({ ok: false })
        await ada.say('Help, please')
        expect(await ada.escalate({ userEmail: 'ada@example.com' })).toMatchObject({ ok: true })
      })

      it("the card's own customer wins over whatever the plugin remembers", async () => {
        stack.hubspot.contacts.add({ email: 'ada@example.com' })
        const { id } = stack.hubspot.contacts.add({ email: 'eve@example.com' })
        const ada = stack.botpress.chat.open({ name: 'Ada' })
        await ada.escalate({ userEmail: 'ada@example.com' })
        await ada.end()
        await stack.settled()
        await ada.say('It is Eve now')
        expect(await ada.escalate({ hitlSession: { customer: 'eve@example.com' } })).toMatchObject({ ok: true })
        expect(stack.hubspot.thread(latestThread(stack)).associatedContactId).toBe(id)
      })

      it('the card may name the contact itself', async () => {
        const { id } = stack.hubspot.contacts.add({ firstname: 'Eve', email: 'eve@example.com' })
        const nameless = stack.botpress.chat.open({})
        expect(await nameless.escalate({ hitlSession: { contactId: ` ${id} ` } })).toMatchObject({ ok: true })
        expect(stack.hubspot.thread(latestThread(stack)).associatedContactId).toBe(id)
        expect(threadLines(stack, latestThread(stack))[0]).toBe('customer: Eve asked the bot for a person.')
      })

      it('a contact that does not exist is a line in the log, and the address counts', async () => {
        const { id } = stack.hubspot.contacts.add({ email: 'ada@example.com' })
        const ada = stack.botpress.chat.open({ name: 'Ada' })
        const card = { userEmail: 'ada@example.com', hitlSession: { contactId: '4711' } }
        expect(await ada.escalate(card)).toMatchObject({ ok: true })
        expect(stack.hubspot.thread(latestThread(stack)).associatedContactId).toBe(id)
        expect(stack.log.join()).toContain('names a contact that this HubSpot account does not have')
      })

      it('a user with a session is kept', async () => {
        const { customer, conversationId } = await linkedSession()
        await customer.end()
        await stack.settled()
        stack.hubspot.contacts.remove(stack.hubspot.contacts.list()[0]?.id ?? '')
        await customer.say('Again')
        const users = stack.botpress.users.length
        expect(await customer.escalate()).toMatchObject({ ok: false })
        expect(stack.botpress.users).toHaveLength(users)
        expect(stack.botpress.conversations.some(({ id }) => id === conversationId)).toBe(true)
      })
    })

    describe('by default, no customer is turned away for being unknown', () => {
      it.each([
        ['nobody@example.com', 'Ada (nobody@example.com, not found in HubSpot) asked the bot for a person.'],
        [undefined, 'Ada asked the bot for a person.'],
      ])('%s opens as a visitor', async (userEmail, opening) => {
        const ada = stack.botpress.chat.open({ name: 'Ada' })
        expect(await ada.escalate(userEmail === undefined ? {} : { userEmail })).toMatchObject({ ok: true })
        expect(threadLines(stack, latestThread(stack))[0]).toBe(`customer: ${opening}`)
      })
    })

    describe('no customer is left stuck', () => {
      it('when the bot has missed the ending: a later closing tells it again, the same one does not', async () => {
        const { threadId, conversationId } = await linkedSession('Ada', GRACE)
        const at = Date.now()
        const told = () => stack.botpress.events.filter(({ type }) => type === 'hitlStopped').length
        await deliver(stack, [closed(stack, { threadId, at })])
        await deliver(stack, [closed(stack, { threadId, at }), closed(stack, { threadId, at: at + 1_500 })])
        await stack.settled()
        expect(told()).toBe(1)
        await deliver(stack, [closed(stack, { threadId, at: at + 3_000 })])
        await stack.settled()
        expect(told()).toBe(2)
        expect(isActive(conversationId)).toBe(false)
      })

      it('when the bot has missed the ending: what the customer writes later reaches the agent', async () => {
        const { customer, threadId, conversationId } = await linkedSession('Ada', GRACE)
        // The event is accepted and does nothing, as when Botpress fails while it is handled.
        stack.botpress.faults = firstCalls(NEW_EVENT, status(201, {}, { event: {} }))
        await deliver(stack, [closed(stack, { threadId, at: Date.now() - 6_000 })])
        await stack.settled()
        expect(isActive(conversationId)).toBe(true)
        await customer.say('Are you still there?')
        await stack.settled()
        expect(threadLines(stack, threadId).at(-1)).toBe('customer: Are you still there?')
        expect(stack.botpress.conversations.find(({ id }) => id === conversationId)?.tags).not.toHaveProperty(
          'closedAt',
        )
      })

      it('when HubSpot refuses for good: the bot takes over', async () => {
        const { customer, conversationId } = await linkedSession('Ada', GRACE)
        stack.hubspot.tokens.revokeAll()
        await customer.say('Hello?')
        await stack.settled()
        expect(isActive(conversationId)).toBe(false)
        expect(textsOf(customer)).toContain(wording.agentClosed)
        expect(stack.log.join('\n')).toMatch(
          /warn: A session was given back to the bot: HubSpot no longer accepts the connection/,
        )
      })
    })

    it('automated authors are not announced by us, and are shown as what they are', async () => {
      const { threadId, customer } = await linkedSession()
      stack.hubspot.agent.reply(threadId, { actorId: 'L-1', text: 'I am a machine' })
      await stack.settled()
      expect(stack.botpress.events.filter(({ type }) => type === 'hitlAssigned')).toEqual([])
      expect(customer.messages().find(({ text }) => text === 'I am a machine')?.name).toMatch(/\(automated\)$/)
    })

    describe('the end stays the end', () => {
      it('the end line and the last words become notes, and nothing opens the thread again', async () => {
        const { customer, threadId } = await linkedSession('Ada', GRACE)
        pace(50)
        await Promise.all([customer.say('One more thing'), customer.end()])
        await stack.settled()
        expect(stack.hubspot.thread(threadId).status).toBe('CLOSED')
        const lines = threadLines(stack, threadId)
        expect(lines).toContain(`note: ${wording.sessionEnded}`)
        expect(lines.filter((line) => line.includes('One more thing'))).toHaveLength(1)
      })

      it('what a customer wrote before the agent closed the thread becomes a note', async () => {
        const { customer, threadId } = await linkedSession('Ada', GRACE)
        pace(200)
        await customer.say('Wait')
        stack.hubspot.agent.close(threadId)
        await stack.settled()
        expect(stack.hubspot.thread(threadId).status).toBe('CLOSED')
        const lines = threadLines(stack, threadId).filter((line) => line.includes('Wait'))
        expect(lines).toEqual([expect.stringMatching(/^(note: Ada wrote as the conversation ended: |customer: )Wait$/)])
      })

      it('a request that no agent has taken stays open, with a note how to reach the customer', async () => {
        const { customer, threadId } = await linkedSession()
        await customer.end()
        await stack.settled()
        expect(stack.hubspot.thread(threadId).status).toBe('OPEN')
        expect(notesIn(threadId)).toContain(
          'note: Ada went back to the bot before anyone answered. Reach them at ada@customers.example.org.',
        )
      })

      it('a request that the time-out ends stays open as well', async () => {
        stack.botpress.plugin.switches.agentAssignedTimeout = 3
        const { threadId, customer } = await linkedSession()
        await customer.waitFor(({ text }) => text === wording.noAgentInTime)
        await stack.settled()
        expect(stack.hubspot.thread(threadId).status).toBe('OPEN')
        expect(notesIn(threadId).join()).toContain('went back to the bot before anyone answered')
      })

      it("HubSpot's echo of it, and a later closing, tell the bot nothing", async () => {
        const { customer, threadId } = await linkedSession('Ada', GRACE)
        await customer.end()
        await stack.settled()
        await deliver(stack, [closed(stack, { threadId, at: Date.now() + 10_000 })])
        await stack.settled()
        expect(stack.botpress.events.filter(({ type }) => type === 'hitlStopped')).toEqual([])
      })

      it('a dead HubSpot costs the customer at most five seconds', async () => {
        const { customer } = await linkedSession('Ada', GRACE)
        stack.hubspot.faults = allCalls({ method: 'PATCH', path: /\/threads\// }, { kind: 'delay', ms: 20_000 })
        await customer.end()
        await customer.waitFor(({ text }) => text === wording.customerClosed, 20_000)
        const stop = stack.botpress.operations.find(({ type }) => type === 'stopHitl')
        expect(stop?.durationMs).toBeLessThan(5_000)
      })

      it('stopHitl fails for nothing', async () => {
        expect(await stack.botpress.action('stopHitl', { conversationId: 'conv_unknown' })).toMatchObject({ ok: true })
      })

      it("an agent's words after it are marked as not delivered", async () => {
        const { customer, threadId } = await linkedSession('Ada', GRACE)
        await customer.end()
        await stack.settled()
        const { id } = stack.hubspot.agent.reply(threadId, { actorId: GRACE, text: 'Too late' })
        await stack.settled()
        expect(receiptOf(stack, threadId, id)).toBe(
          'FAILED: Not delivered: the session has ended and the customer is back with the bot.',
        )
        expect(answersTo(stack, id)).toEqual([200])
        expect(timesSeen(customer, 'Too late')).toBe(0)
      })
    })

    describe('who is who', () => {
      it("a customer with an agent's address is a customer, and the agent an agent", async () => {
        const [grace] = stack.hubspot.agents
        stack.hubspot.contacts.add({ email: grace?.email ?? '' })
        const owner = stack.botpress.chat.open({ name: 'Owner' })
        const { conversationId } = await owner.escalate({ userEmail: grace?.email ?? '' })
        await sessionsAreLinked(stack)
        const threadId = latestThread(stack)
        stack.hubspot.agent.reply(threadId, { actorId: GRACE, text: 'It is me' })
        await stack.settled()
        expect(owner.messages().find(({ text }) => text === 'It is me')).toMatchObject({
          who: 'agent',
          name: 'Grace Sample',
        })
        // And the other way round: an agent whom Botpress knows already escalates.
        await owner.end()
        await stack.settled()
        const again = stack.botpress.chat.open({ name: 'Owner' })
        await again.escalate({ userEmail: grace?.email ?? '' })
        const users = stack.botpress.users.filter(({ tags }) => Object.values(tags).includes(grace?.email ?? ''))
        expect(users.filter(({ tags }) => 'actorId' in tags)).toHaveLength(1)
        expect(users).toHaveLength(2)
        expect(conversationId).toBeDefined()
      })

      it('a customer without a name has the name that HubSpot knows', async () => {
        stack.hubspot.contacts.add({ email: 'eve@example.com', firstname: 'Eve', lastname: 'Sample' })
        const nameless = stack.botpress.chat.open({})
        await nameless.escalate({ userEmail: 'eve@example.com' })
        expect(threadLines(stack, latestThread(stack))[0]).toBe('customer: Eve Sample asked the bot for a person.')
      })

      it('a contact that is created for a customer without a name has none', async () => {
        fillIn(stack, {
          unknownContact: 'create',
          refreshToken: stack.hubspot.tokens.issueRefreshToken([...REQUIRED_SCOPES, CREATE_CONTACTS_SCOPE]),
        })
        await stack.botpress.register()
        const nameless = stack.botpress.chat.open({})
        await nameless.escalate({ userEmail: 'eve@example.com' })
        expect(stack.hubspot.contacts.list()[0]?.properties).not.toHaveProperty('firstname')
      })

      it('a name that changes is updated', async () => {
        stack.hubspot.contacts.add({ email: 'ada@example.com' })
        await stack.botpress.action('createUser', { name: 'Ada', email: 'ada@example.com' })
        await stack.botpress.action('createUser', { name: 'Ada Lovegood', email: 'ada@example.com' })
        expect(stack.botpress.users.map(({ name }) => name)).toEqual(['Ada Lovegood'])
      })
    })

    describe('in a group', () => {
      it('others have one user each, no look-up, and their lines begin with their name', async () => {
        const ada = stack.botpress.chat.open({ name: 'Ada', channel: 'group' })
        const eve = stack.botpress.chat.open({ name: 'Eve', conversationId: ada.conversationId })
        stack.hubspot.contacts.add({ email: 'ada@example.com' })
        for (const text of ['One', 'Two', 'Three']) await eve.say(text)
        await ada.say('Help us')
        stack.hubspot.log.clear()
        const users = stack.botpress.users.length
        expect(await ada.escalate({ userEmail: 'ada@example.com' })).toMatchObject({ ok: true })
        await sessionsAreLinked(stack)
        expect(stack.botpress.users).toHaveLength(users + 2)
        expect(stack.hubspot.log.calls.filter(({ path }) => path.includes('/contacts'))).toHaveLength(1)
        const threadId = latestThread(stack)
        expect(notesIn(threadId).join('\n')).not.toContain('Person 3')
        await eve.say('And me')
        await ada.say('Yes, her too')
        await stack.settled()
        const lines = threadLines(stack, threadId)
        expect(lines).toContain('customer: Eve: And me')
        expect(lines).toContain('customer: Yes, her too')
      })
    })

    describe('odd input never fails an escalation', () => {
      it('history entries of any type are shown as what they are', async () => {
        const ada = stack.botpress.chat.open({ name: 'Ada' })
        await ada.send({ type: 'custom', payload: {} })
        await ada.send({ type: 'choice', payload: { text: 'Which?', options: [] } })
        expect(await ada.escalate()).toMatchObject({ ok: true })
        expect(notesIn(latestThread(stack)).join('\n')).toContain('[a message of type custom]')
      })

      it('a failure after the thread was opened closes it again', async () => {
        const ada = stack.botpress.chat.open({ name: 'Ada' })
        stack.botpress.faults = allCalls({ method: 'POST', path: /\/conversations\/get-or-create$/ }, status(400))
        expect(await ada.escalate()).toMatchObject({ ok: false })
        expect(stack.hubspot.thread(latestThread(stack)).status).toBe('CLOSED')
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

    it('a message that HubSpot refuses for good leaves a note that one is missing', async () => {
      const { customer, threadId } = await linkedSession('Ada', GRACE)
      stack.hubspot.faults = allCalls(PUBLISH, status(400))
      await customer.say('Refused')
      await stack.settled()
      expect(notesIn(threadId).at(-1)).toContain('A message of the customer is missing here')
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
  })

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { wording } from '../../sandbox/botpress/hitl/wording'
import { startStack, type Stack } from '../../sandbox/stack'
import { openSession, sessionsAreLinked, type OpenSession } from './session'
import { threadLines } from './thread'
import { ALAN, GRACE } from './webhooks'

/** How long after `startHitl` has returned an agent closes the thread, in milliseconds. */
const CLOSED_AFTER_MS = [0, 50, 200, 600]

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** What must hold while the bot needs so many milliseconds for each of its calls. */
export const describePace = (callMs: number) =>
  describe(`with a bot that needs ${callMs} ms a call`, () => {
    let stack: Stack
    beforeEach(async () => {
      stack = await startStack()
      await stack.botpress.register()
    })
    afterEach(async () => stack.close())

    it('no customer is left stuck whose thread is closed while the session is being linked', async () => {
      stack.botpress.plugin.switches.botCallMs = callMs
      const customers = CLOSED_AFTER_MS.map((closedAfter) => ({
        closedAfter,
        customer: stack.botpress.chat.open({ name: `Customer ${closedAfter}` }),
      }))
      await Promise.all(
        customers.map(async ({ closedAfter, customer }) => {
          const escalated = customer.escalate({ title: 'Help' })
          const threadId = await threadOf(customer.name)
          await pause(closedAfter)
          stack.hubspot.agent.close(threadId)
          await escalated
        }),
      )
      await stack.settled()
      for (const { customer } of customers) {
        expect(customer.messages().map(({ text }) => text)).toContain(wording.agentClosed)
      }
      expect(stack.botpress.plugin.sessions.filter(({ isActive }) => isActive)).toEqual([])
    })

    it('an agent who is assigned right before the first words is announced once, and first', async () => {
      const seen = await seenAfter(({ threadId }) => {
        stack.hubspot.agent.assign(threadId, GRACE)
        stack.hubspot.agent.reply(threadId, { actorId: GRACE, text: 'Hello' })
      })
      expect(seen).toEqual([wording.agentAssigned, 'Hello'])
    })

    it('an agent who is assigned right after the first words is announced once, and first', async () => {
      const seen = await seenAfter(({ threadId }) => {
        stack.hubspot.agent.reply(threadId, { actorId: GRACE, text: 'Hello' })
        stack.hubspot.agent.assign(threadId, GRACE)
      })
      expect(seen).toEqual([wording.agentAssigned, 'Hello'])
    })

    it('an agent whose first reply is words and a picture is announced once, and both arrive in order', async () => {
      const seen = await seenAfter(({ threadId }) => {
        const file = { name: 'vase.png', content: new Uint8Array([1]), contentType: 'image/png' }
        stack.hubspot.agent.reply(threadId, { actorId: GRACE, text: 'Look', attachments: [file] })
      })
      expect(seen).toEqual([wording.agentAssigned, 'Look', 'image'])
    })

    it('a second agent who writes without taking the thread is not announced', async () => {
      const seen = await seenAfter(async ({ threadId }) => {
        stack.hubspot.agent.reply(threadId, { actorId: GRACE, text: 'Hello' })
        await stack.settled()
        stack.hubspot.agent.reply(threadId, { actorId: ALAN, text: 'Me too' })
      })
      expect(seen).toEqual([wording.agentAssigned, 'Hello', 'Me too'])
    })

    /** What a customer sees below the handoff line. */
    async function seenAfter(happens: (session: OpenSession) => void | Promise<void>): Promise<string[]> {
      const session = await openSession(stack)
      await sessionsAreLinked(stack)
      stack.botpress.plugin.switches.botCallMs = callMs
      await happens(session)
      await stack.settled()
      const seen = session.customer.messages().map(({ text, type }) => text ?? type)
      return seen.slice(seen.indexOf(wording.escalationStarted) + 1)
    }

    /** The thread of a customer, as soon as `startHitl` has made the conversation: it returns then. */
    async function threadOf(name: string): Promise<string> {
      for (;;) {
        const thread = stack.hubspot.threads().find(({ id }) => threadLines(stack, id)[0]?.includes(`${name} asked`))
        if (thread && stack.botpress.conversations.some(({ tags }) => tags['id'] === thread.id)) return thread.id
        await pause(5)
      }
    }
  })

import { beforeEach, describe, expect, it } from 'vitest'
import { CREATE_CONTACTS_SCOPE, REQUIRED_SCOPES } from '../../../src/hubspot/scopes'
import { fillIn } from '../fill-in'
import { sessionsAreLinked } from '../session'
import { latestThread, threadLines } from '../thread'
import { GRACE } from '../webhooks'
import { linkedSession, notesIn, stack } from './setup'

/** Who the customer is, and who else writes. */
export function describeCustomers(): void {
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
}

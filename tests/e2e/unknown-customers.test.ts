import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import type { Customer } from '../../sandbox/botpress'
import { startStack, type Stack } from '../../sandbox/stack'
import { CREATE_CONTACTS_SCOPE, REQUIRED_SCOPES } from '../../src/hubspot/scopes'
import { sees } from '../support/chat'
import { clockAhead } from '../support/clock'
import { allCalls, firstCalls, status, type Target } from '../support/faults'
import { latestThread, threadLines } from '../support/thread'
import { fillIn } from '../support/fill-in'

const SEARCH: Target = { method: 'POST', path: /\/contacts\/search$/ }
const CREATE: Target = { method: 'POST', path: /\/objects\/contacts$/ }

let stack: Stack
let zoe: Customer
beforeEach(async () => {
  stack = await startStack()
  zoe = stack.botpress.chat.open({ name: 'Zoe Anne Nobody' })
})
afterEach(async () => stack.close())

async function save(unknownContact: string, scopes: string[] = [...REQUIRED_SCOPES, CREATE_CONTACTS_SCOPE]) {
  fillIn(stack, { unknownContact, refreshToken: stack.hubspot.tokens.issueRefreshToken(scopes) })
  return stack.botpress.register()
}

const contacts = () => stack.hubspot.contacts.list()

/** Sends a message in each direction in the latest thread. */
async function canTalk(): Promise<void> {
  const threadId = latestThread(stack)
  await zoe.say('Is somebody there?')
  await stack.settled()
  expect(threadLines(stack, threadId)).toContain('customer: Is somebody there?')
  onTestFinished(clockAhead(3_000))
  stack.hubspot.agent.reply(threadId, { actorId: 'A-3892666', text: 'Yes, I am.' })
  await sees(zoe, 'Yes, I am.')
}

describe('an unknown customer with "create"', () => {
  it('becomes a contact with name and address, and the conversation opens under it', async () => {
    expect(await save('create')).toMatchObject({ ok: true })
    expect(await zoe.escalate({ userEmail: 'Zoe@Example.com' })).toMatchObject({ ok: true })
    expect(contacts()).toMatchObject([
      { properties: { email: 'zoe@example.com', firstname: 'Zoe', lastname: 'Anne Nobody' } },
    ])
    expect(stack.hubspot.thread(latestThread(stack)).associatedContactId).toBe(contacts()[0]?.id)
    await canTalk()
  })

  it('becomes a contact with a phone number', async () => {
    await save('create')
    expect(await zoe.escalate({ userEmail: '0044 20 7946 0018' })).toMatchObject({ ok: true })
    expect(contacts()).toMatchObject([{ properties: { phone: '+442079460018', firstname: 'Zoe' } }])
    expect(stack.hubspot.thread(latestThread(stack)).associatedContactId).toBe(contacts()[0]?.id)
  })

  it('becomes a contact only once, however often they come back', async () => {
    await save('create')
    await zoe.escalate({ userEmail: 'zoe@example.com' })
    await zoe.end()
    await stack.settled()
    await zoe.escalate({ userEmail: 'zoe@example.com' })
    await stack.botpress.chat.open({ name: 'Zoe' }).escalate({ userEmail: 'zoe@example.com' })
    expect(contacts()).toHaveLength(1)
    expect(new Set(stack.hubspot.threads().map(({ associatedContactId }) => associatedContactId)).size).toBe(1)
  })

  it("becomes a contact only once, even if HubSpot's response is lost", async () => {
    await save('create')
    stack.hubspot.faults = firstCalls(CREATE, { kind: 'answerLost' })
    expect(await zoe.escalate({ userEmail: 'zoe@example.com' })).toMatchObject({ ok: true })
    expect(contacts()).toHaveLength(1)
  })

  it('does not become a second contact if HubSpot already has one', async () => {
    await save('create')
    stack.hubspot.contacts.add({ email: 'zoe@example.com' })
    expect(await zoe.escalate({ userEmail: 'zoe@example.com' })).toMatchObject({ ok: true })
    expect(contacts()).toHaveLength(1)
  })

  it('becomes a contact without a name if they have none', async () => {
    await save('create')
    const nameless = stack.botpress.chat.open({ name: ' ' })
    expect(await nameless.escalate({ userEmail: 'zoe@example.com' })).toMatchObject({ ok: true })
    expect(contacts()[0]?.properties).not.toHaveProperty('firstname')
  })

  it('is refused without an address', async () => {
    await save('create')
    const { ok, message } = await zoe.escalate()
    expect(ok).toBe(false)
    expect(message).toMatch(/^HubSpot cannot identify the customer/)
    expect(contacts()).toEqual([])
  })

  it('is a visitor if the account did not grant the scope, and saving warns of that', async () => {
    const warning =
      'warn: "Unknown Customers" is "create", which requires the scope crm.objects.contacts.write. Add it to the optional scopes of the HubSpot app, then click Authorize. Until then, customers without a contact come as visitors.'
    expect(await save('create', [...REQUIRED_SCOPES])).toMatchObject({ ok: true })
    expect(stack.log).toContain(warning)
    expect(await zoe.escalate({ userEmail: 'zoe@example.com' })).toMatchObject({ ok: true })
    expect(stack.log.at(-1)).toBe(warning)
    expect(contacts()).toEqual([])
    await canTalk()
  })
})

describe('an unknown customer with "visitor"', () => {
  beforeEach(async () => save('visitor'))

  it.each([
    ['zoe@example.com', 'Zoe Anne Nobody (zoe@example.com, not found in HubSpot) asked the bot for a person.'],
    ['+44 20 7946 0018', 'Zoe Anne Nobody (+442079460018, not found in HubSpot) asked the bot for a person.'],
    [undefined, 'Zoe Anne Nobody asked the bot for a person.'],
  ])('opens a conversation without a contact: %s', async (userEmail, opening) => {
    expect(await zoe.escalate(userEmail === undefined ? {} : { userEmail })).toMatchObject({ ok: true })
    expect(contacts()).toEqual([])
    expect(threadLines(stack, latestThread(stack))[0]).toBe(`customer: ${opening}`)
    await canTalk()
  })

  it('opens one however HubSpot treats unknown addresses', async () => {
    stack.hubspot.switches.unknownContact = 'refuse'
    expect(await zoe.escalate({ userEmail: 'zoe@example.com' })).toMatchObject({ ok: true })
    await canTalk()
  })

  it.each([
    ['zoe@example.com', 400, {}],
    ['zoe@example.com', 403, { category: 'MISSING_SCOPES' }],
    ['+44 20 7946 0018', 400, {}],
    ['+44 20 7946 0018', 403, {}],
    ['zoe@example.com', 200, { id: null }],
  ])('is handed over though HubSpot does not look for %s: %i %j', async (userEmail, code, body) => {
    stack.hubspot.faults = allCalls({ method: 'GET', path: /\/contacts\// }, status(code, {}, body))
    if (userEmail.startsWith('+')) stack.hubspot.faults = allCalls(SEARCH, status(code, {}, body))
    expect(await zoe.escalate({ userEmail })).toMatchObject({ ok: true })
    expect(stack.log).toContainEqual(
      expect.stringMatching(/^warn: The customer was not looked up: HubSpot( refused| has not|'s response)/),
    )
    await canTalk()
  })

  it('is not mixed up with another visitor', async () => {
    await zoe.escalate()
    await stack.botpress.chat.open({ name: 'Yan' }).escalate()
    const visitors = stack.hubspot.threads().map(({ associatedContactId }) => associatedContactId)
    expect(new Set(visitors).size).toBe(2)
  })

  it('is refused if the address is invalid', async () => {
    expect(await zoe.escalate({ userEmail: 'zoe(at)example' })).toMatchObject({ ok: false })
  })

  it('uses the contact as soon as HubSpot has one', async () => {
    await zoe.escalate({ userEmail: 'zoe@example.com' })
    await zoe.end()
    await stack.settled()
    const { id } = stack.hubspot.contacts.add({ email: 'zoe@example.com' })
    await zoe.escalate({ userEmail: 'zoe@example.com' })
    expect(stack.hubspot.thread(latestThread(stack)).associatedContactId).toBe(id)
    expect(threadLines(stack, latestThread(stack))[0]).toBe('customer: Zoe Anne Nobody asked the bot for a person.')
  })
})

describe("a customer's name", () => {
  const hand = async (name: string, email: string): Promise<string> => {
    const { output } = await stack.botpress.action('createUser', { name, email })
    // The same input within a minute would be a repetition.
    const messageHistory = [{ type: 'text', payload: { text: name }, source: { type: 'bot' } }]
    const { ok } = await stack.botpress.action('startHitl', { ...Object(output), messageHistory })
    expect(ok).toBe(true)
    return threadLines(stack, latestThread(stack))[0] ?? ''
  }

  it.each(['zoe@example.com', 'user_01@no-reply.bot_1.botpress.com'])(
    'reaches HubSpot when it has changed: %s',
    async (email) => {
      await save('visitor')
      await hand('Zoe', email)
      expect(await hand('Zoe Anne', email)).toMatch(/^customer: Zoe Anne /)
      const [item] = stack.hubspot.messages(latestThread(stack))
      expect(item).toMatchObject({ senders: [{ name: 'Zoe Anne' }] })
    },
  )

  it('is cut if it is very long, and is in no log', async () => {
    await save('visitor')
    const opening = await hand(`Zoe ${'a'.repeat(33_000)}`, 'zoe@example.com')
    expect(opening).toBe(
      `customer: Zoe ${'a'.repeat(96)} (shortened) (zoe@example.com, not found in HubSpot) asked the bot for a person.`,
    )
    expect(stack.log.join()).not.toContain('aaa')
  })
})

describe('a contact that was deleted in HubSpot', () => {
  /** The customer had a session before, with a contact that is deleted now. */
  async function wasHereBefore(): Promise<void> {
    const { id } = stack.hubspot.contacts.add({ email: 'zoe@example.com' })
    await zoe.escalate({ userEmail: 'zoe@example.com' })
    await zoe.end()
    await stack.settled()
    stack.hubspot.contacts.remove(id)
  }

  it.each(['create', 'visitor'])('does not prevent the next session with "%s"', async (unknownContact) => {
    await save(unknownContact)
    await wasHereBefore()
    expect(await zoe.escalate({ userEmail: 'zoe@example.com' })).toMatchObject({ ok: true })
    expect(contacts()).toHaveLength(unknownContact === 'create' ? 1 : 0)
    await canTalk()
  })

  it('fails the next escalation with "refuse"', async () => {
    await save('refuse')
    await wasHereBefore()
    const { message } = await zoe.escalate({ userEmail: 'zoe@example.com' })
    expect(message).toMatch(/^HubSpot has no contact with the e-mail address in "User Email" of the escalation card\./)
  })
})

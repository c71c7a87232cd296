import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import * as z from 'zod'
import { startStack, type Stack } from '../../sandbox/stack'
import { changeTags } from '../support/behind-its-back'
import { callsOf, CHANGE_USER } from '../support/faults'
import { fillIn } from '../support/fill-in'
import { latestThread, threadLines } from '../support/thread'

let stack: Stack
let people = 0
let email: string
beforeAll(async () => {
  stack = await startStack()
  fillIn(stack, { unknownContact: 'visitor' })
  await stack.botpress.register()
})
beforeEach(() => {
  email = `person-${++people}@example.com`
})
afterAll(async () => stack.close())

type Person = { name?: string; email?: string; pictureUrl?: string }

async function created(person: Person): Promise<string> {
  stack.botpress.log.clear()
  const { output, message } = await stack.botpress.action('createUser', { name: '', ...person })
  if (output === undefined) throw new Error(message)
  return z.object({ userId: z.string() }).parse(output).userId
}
const userOf = (userId: string) => stack.botpress.users.find(({ id }) => id === userId)
const writes = () => callsOf(stack.botpress, CHANGE_USER).length

describe('the user of a customer', () => {
  it('is the same for one address, before and after HubSpot has a contact, and when the contact changes', async () => {
    const userId = await created({ name: 'Ada', email })
    expect(userOf(userId)?.tags).toMatchObject({ email })
    expect(userOf(userId)?.tags['contactId'] ?? '').toBe('')
    const { id } = stack.hubspot.contacts.add({ email })
    expect(await created({ name: 'Ada', email: ` ${email.toUpperCase()} ` })).toBe(userId)
    const portalId = String(stack.hubspot.portalId)
    expect([writes(), userOf(userId)?.tags]).toEqual([1, expect.objectContaining({ email, contactId: id, portalId })])
    stack.hubspot.contacts.remove(id)
    expect(await created({ name: 'Ada', email })).toBe(userId)
    expect([writes(), userOf(userId)?.tags['contactId'] ?? '']).toEqual([1, ''])
  })

  it('is the same for one number, however it is written', async () => {
    const userId = await created({ name: 'Ada', email: '+5215512345678' })
    expect(userOf(userId)?.tags).toMatchObject({ phoneNumber: '+525512345678' })
    const { id } = stack.hubspot.contacts.add({ phone: '+52 55 1234 5678' })
    expect(await created({ name: 'Ada', email: '+52 55 1234 5678' })).toBe(userId)
    expect(userOf(userId)?.tags).toMatchObject({ contactId: id })
    expect(await created({ name: 'Ada', email: '+52 55 1234 5679' })).not.toBe(userId)
  })

  it("is the same for one user of the bot who has no address, and a new one without the bot's user", async () => {
    const invented = `user_${people}@no-reply.bot_1.botpress.com`
    const userId = await created({ name: 'Ada', email: invented })
    expect(await created({ name: 'Ada L.', email: invented })).toBe(userId)
    expect(userOf(userId)).toMatchObject({ name: 'Ada L.', tags: { upstreamUserId: `user_${people}` } })
    expect(await created({ name: 'Ada', email: `other_${invented}` })).not.toBe(userId)
    expect(await created({ name: 'Ada' })).not.toBe(await created({ name: 'Ada' }))
  })

  it('has picture and contact from the start, and what has not changed is not written again', async () => {
    const { id } = stack.hubspot.contacts.add({ email, firstname: 'Ada', lastname: 'Sample' })
    const userId = await created({ email, pictureUrl: 'https://x.test/ada.png' })
    expect(userOf(userId)).toMatchObject({ name: 'Ada Sample', pictureUrl: 'https://x.test/ada.png' })
    expect(userOf(userId)?.tags).toMatchObject({ contactId: id })
    expect(writes()).toBe(0)
    await created({ email, pictureUrl: 'https://x.test/ada.png' })
    expect(writes()).toBe(0)
    await created({ email })
    expect([writes(), userOf(userId)?.pictureUrl]).toEqual([0, 'https://x.test/ada.png'])
  })

  it.each(['', ' ', 'Unknown User'])("has the contact's name if the bot knows none: %j", async (name) => {
    stack.hubspot.contacts.add({ email, firstname: 'Ada', lastname: 'Sample' })
    expect(userOf(await created({ name, email }))?.name).toBe('Ada Sample')
  })

  it('has the contact that HubSpot has now, in this account', async () => {
    const { id: former } = stack.hubspot.contacts.add({ email })
    const userId = await created({ name: 'Ada', email })
    stack.hubspot.contacts.remove(former)
    const { id: contactId } = stack.hubspot.contacts.add({ email })
    const portalId = String(stack.hubspot.portalId)
    await created({ name: 'Ada', email })
    expect([writes(), userOf(userId)?.tags]).toEqual([1, expect.objectContaining({ contactId, portalId })])
    await changeTags(stack, 'users', userId, { contactId, portalId: '4711' })
    await created({ name: 'Ada', email })
    expect([writes(), userOf(userId)?.tags]).toEqual([1, expect.objectContaining({ contactId, portalId })])
  })

  it.each([
    ['name', { name: 'New' }, { name: 'New', pictureUrl: 'https://x.test/old.png' }],
    ['picture', { pictureUrl: 'https://x.test/new.png' }, { name: 'Old', pictureUrl: 'https://x.test/new.png' }],
  ])('has a changed %s written once, and keeps the rest', async (_what, change, expected) => {
    const userId = await created({ name: 'Old', email, pictureUrl: 'https://x.test/old.png' })
    await created({ email, ...change })
    expect([writes(), userOf(userId)]).toEqual([1, expect.objectContaining(expected)])
    await created({ email, ...change })
    expect(writes()).toBe(0)
  })
})

describe('a session', () => {
  const escalated = (userId: string, hitlSession: Record<string, unknown> = {}) =>
    stack.botpress.action('startHitl', { userId, title: 'Help', messageHistory: [], hitlSession })
  const opened = async (userId: string, hitlSession?: Record<string, unknown>) => {
    const { ok, message } = await escalated(userId, hitlSession)
    if (!ok) throw new Error(message)
    return stack.hubspot.thread(latestThread(stack)).associatedContactId
  }
  /** Who wrote the opening, as HubSpot was told. */
  const sender = () => {
    const [item] = stack.hubspot.messages(latestThread(stack))
    return item?.type === 'MESSAGE' ? item.senders[0] : undefined
  }
  const searches = () => stack.hubspot.log.calls.filter(({ path }) => path.includes('/contacts')).length

  it('finds a contact that was created late, and writes it to the user, which spares the next look-up', async () => {
    const userId = await created({ name: 'Ada', email })
    const { id } = stack.hubspot.contacts.add({ email })
    expect(await opened(userId)).toBe(id)
    const portalId = String(stack.hubspot.portalId)
    expect(userOf(userId)?.tags).toMatchObject({ contactId: id, portalId, email })
    const before = searches()
    await stack.botpress.action('stopHitl', { conversationId: stack.botpress.conversations.at(-1)?.id })
    await stack.settled()
    expect(await opened(userId)).toBe(id)
    expect(searches()).toBe(before)
  })

  it('takes no contact of another account, whose number means someone else here', async () => {
    const { id } = stack.hubspot.contacts.add({ email })
    const userId = await created({ name: 'Ada', email })
    const stranger = stack.hubspot.contacts.add({ email: `stranger-${email}` })
    await changeTags(stack, 'users', userId, { contactId: stranger.id, portalId: '4711' })
    expect(await opened(userId)).toBe(id)
    expect(userOf(userId)?.tags).toMatchObject({ contactId: id, portalId: String(stack.hubspot.portalId) })
  })

  it('is of the contact that the card names, under its address, and with its name if the customer has none', async () => {
    const { id } = stack.hubspot.contacts.add({ email: `contact-${email}`, firstname: 'Bea' })
    const logged = stack.log.length
    expect(await opened(await created({ name: '', email }), { contactId: ` ${id} ` })).toBe(id)
    expect(sender()).toMatchObject({ name: 'Bea', deliveryIdentifier: { type: 'HS_EMAIL_ADDRESS' } })
    expect(await opened(await created({ name: 'Ada', email }), { contactId: id })).toBe(id)
    expect(sender()).toMatchObject({ name: 'Ada', deliveryIdentifier: { value: `contact-${email}` } })
    expect(stack.log.slice(logged)).toEqual([])
  })

  it('is of the contact that the card names, though that has no e-mail address', async () => {
    const { id } = stack.hubspot.contacts.add({ phone: '+1 415 555 0170', firstname: 'Bea' })
    expect(await opened(await created({ email }), { contactId: id })).toBe(id)
    const value = `contact-${id}`
    expect(sender()).toMatchObject({ deliveryIdentifier: { type: 'CHANNEL_SPECIFIC_OPAQUE_ID', value } })
  })

  it.each(['4711', 'Ada 7', '12/34'])(
    'is of the customer whose address is known if HubSpot lacks the contact %s',
    async (given) => {
      const { id } = stack.hubspot.contacts.add({ email })
      const logged = stack.log.length
      expect(await opened(await created({ name: 'Ada', email }), { contactId: given })).toBe(id)
      expect(stack.log.slice(logged)).toEqual([
        'warn: The escalation card names a contact that this HubSpot account does not have: "Contact ID".',
      ])
      const isAsked = stack.hubspot.log.calls.some(({ path }) =>
        decodeURIComponent(path).endsWith(`/contacts/${given}`),
      )
      expect(isAsked).toBe(given === '4711')
    },
  )

  it('is of the customer whose address the card names, whoever the user is', async () => {
    const { id } = stack.hubspot.contacts.add({ email: `card-${email}`, firstname: 'Bea' })
    const userId = await created({ email })
    const logged = stack.log.length
    expect(await opened(userId, { customer: ` Card-${email} ` })).toBe(id)
    expect(sender()).toMatchObject({
      name: 'Bea',
      deliveryIdentifier: { type: 'HS_EMAIL_ADDRESS', value: `card-${email}` },
    })
    expect(userOf(userId)?.tags['contactId'] ?? '').toBe('')
    expect(stack.log.slice(logged)).toEqual([])
    const another = await created({ email: `another-${email}` })
    expect(await escalated(another, { customer: 'Bea' })).toMatchObject({
      ok: false,
      message: expect.stringContaining('"Customer" of the escalation card is neither'),
    })
    // Only who is refused is forgotten, so that the next card can say who it is.
    expect(userOf(another)).toBeDefined()
  })

  it('of a number is sent to HubSpot under that number', async () => {
    const { id } = stack.hubspot.contacts.add({ phone: '+1 415 555 0171' })
    expect(await opened(await created({ email: '+14155550171' }))).toBe(id)
    expect(sender()).toMatchObject({ deliveryIdentifier: { type: 'HS_PHONE_NUMBER', value: '+14155550171' } })
  })

  it('of an unknown address is of a visitor, and the opening says which it is', async () => {
    await opened(await created({ name: 'Ada', email }), { customer: `card-${email}` })
    expect(threadLines(stack, latestThread(stack))[0]).toContain(`Ada (card-${email}, not found in HubSpot)`)
    await opened(await created({ name: 'Ada', email: '+14155550172' }))
    expect(threadLines(stack, latestThread(stack))[0]).toContain('Ada (+14155550172, not found in HubSpot)')
  })

  it.each([
    ['e-mail address', 'Customer', { customer: 'none@example.com' }],
    ['phone number', 'Customer', { customer: '+14155550173' }],
    ['e-mail address', 'User Email', {}],
  ])('is refused without a contact if the owner wants that: %s in "%s"', async (what, field, hitlSession) => {
    const userId = await created({ name: 'Ada', email })
    fillIn(stack, { unknownContact: 'refuse' })
    const { message } = await escalated(userId, hitlSession).finally(() => fillIn(stack, { unknownContact: 'visitor' }))
    expect(message).toContain(`HubSpot has no contact with the ${what} in "${field}" of the escalation card.`)
    expect(userOf(userId)).toBeUndefined()
  })

  it('is refused without an address if the owner wants contacts', async () => {
    const userId = await created({ name: 'Ada' })
    fillIn(stack, { unknownContact: 'refuse' })
    const { message } = await escalated(userId).finally(() => fillIn(stack, { unknownContact: 'visitor' }))
    expect(message).toMatch(/^HubSpot cannot identify the customer\..+choose "visitor" for "Unknown Customers"/)
  })
})

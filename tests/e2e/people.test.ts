import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import * as z from 'zod'
import { startStack, type Stack } from '../../sandbox/stack'
import { callsOf, CHANGE_USER } from '../support/faults'
import { fillIn } from '../support/fill-in'
import { latestThread } from '../support/thread'

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
  const opened = async (userId: string) => {
    const { ok, message } = await stack.botpress.action('startHitl', { userId, title: 'Help', messageHistory: [] })
    if (!ok) throw new Error(message)
    return stack.hubspot.thread(latestThread(stack)).associatedContactId
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
    await retag(userId, { contactId: stranger.id, portalId: '4711' })
    expect(await opened(userId)).toBe(id)
    expect(userOf(userId)?.tags).toMatchObject({ contactId: id, portalId: String(stack.hubspot.portalId) })
  })

  /** Changes a user's tags behind the integration's back. */
  async function retag(userId: string, tags: Record<string, string>): Promise<void> {
    const { url, token, botId, integrationId } = stack.botpress
    const answer = await fetch(`${url}/v1/chat/users/${userId}`, {
      method: 'PUT',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${token}`,
        'x-bot-id': botId,
        'x-integration-id': integrationId,
      },
      body: JSON.stringify({ tags }),
    })
    if (!answer.ok) throw new Error(await answer.text())
  }
})

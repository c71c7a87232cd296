import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startHubSpot, type HubSpot } from '../index'
import { connectChannel, idOf, messageInput, threadOf, type Connected } from '../testing'

let hubspot: HubSpot
let connected: Connected
beforeEach(async () => {
  hubspot = await startHubSpot()
  connected = await connectChannel(hubspot)
})
afterEach(async () => hubspot.close())

const send = (changes: Record<string, unknown> = {}) =>
  connected.client.api('POST', connected.messages, messageInput(connected.account, changes))
const from = (type: string, value: string) => ({ senders: [{ deliveryIdentifier: { type, value } }] })

describe('a customer’s message', () => {
  it('opens a thread in the account’s inbox and keeps its words as they are', async () => {
    const text = '  <b>not bold</b> &amp; \n '
    const answer = await send({ text })
    expect(answer).toMatchObject({
      status: 201,
      body: {
        text,
        direction: 'INCOMING',
        createdAt: '2026-11-20T10:11:12.345Z',
        status: { statusType: 'RECEIVED' },
        id: expect.stringMatching(/^[0-9a-f]{32}$/),
      },
    })
    expect(answer.body).not.toHaveProperty('integrationThreadId')
    const thread = hubspot.thread(threadOf(answer))
    expect(thread).toMatchObject({ status: 'OPEN', inboxId: hubspot.inboxes[0]?.id })
    expect(threadOf(await send())).toBe(thread.id)
    expect(threadOf(await send({ integrationThreadId: 'thread-2' }))).not.toBe(thread.id)
    expect(hubspot.messages(thread.id)).toHaveLength(2)
  })

  it('is stored once under one integrationIdempotencyId', async () => {
    const first = await send({ integrationIdempotencyId: 'm1' })
    const again = await send({ integrationIdempotencyId: 'm1' })
    expect([again.status, idOf(again)]).toEqual([201, idOf(first)])
    expect(hubspot.messages(threadOf(first))).toHaveLength(1)
    hubspot.switches.idempotencyReplay = 'conflict'
    expect(await send({ integrationIdempotencyId: 'm1' })).toMatchObject({
      status: 409,
      body: { category: 'CONFLICT' },
    })
  })

  it('opens a closed thread again, or another one when switched so', async () => {
    const thread = threadOf(await send())
    hubspot.agent.close(thread)
    expect(threadOf(await send())).toBe(thread)
    expect(hubspot.thread(thread).status).toBe('OPEN')
    hubspot.switches.closedThread = 'newThread'
    hubspot.agent.close(thread)
    const next = threadOf(await send())
    expect(next).not.toBe(thread)
    expect(threadOf(await send())).toBe(next)
  })

  it.each([
    [{ channelAccountId: '1' }, 'does not belong to channel'],
    [{ integrationThreadId: undefined }, 'integrationThreadId is required'],
    [{ inReplyToId: 'f'.repeat(32) }, 'is no message of channel'],
    [{ attachments: [{ type: 'FILE', fileId: '1' }] }, 'File 1 does not exist'],
    [{ associateWithContactId: 1 }, 'Contact 1 does not exist'],
  ])('is refused with %j', async (changes, reason) => {
    expect(await send(changes)).toMatchObject({ status: 400, body: { message: expect.stringContaining(reason) } })
    expect(hubspot.threads()).toEqual([])
  })

  it('is refused by a channel that is gone and by an account that is switched off', async () => {
    const account = `/conversations/v3/custom-channels/${connected.channel}/channel-accounts/${connected.account}`
    await connected.client.api('PATCH', account, { authorized: false })
    expect(await send()).toMatchObject({ status: 400, body: { message: expect.stringContaining('not authorized') } })
    await connected.client.developer('DELETE', `/conversations/v3/custom-channels/${connected.channel}`)
    expect(await send()).toMatchObject({ status: 404, body: { category: 'OBJECT_NOT_FOUND' } })
  })

  it('may come from an identifier type that the channel does not register, unless switched so', async () => {
    const short = from('HS_SHORT_CODE', '12345')
    expect((await send(short)).status).toBe(201)
    hubspot.switches.senderTypes = 'registered'
    expect((await send(short)).status).toBe(400)
  })
})

describe('who the customer is', () => {
  const contactOf = async (changes: Record<string, unknown>) =>
    hubspot.thread(threadOf(await send(changes))).associatedContactId

  it('is the contact with that e-mail address or phone number', async () => {
    const byMail = hubspot.contacts.add({ email: 'Ada@Example.com' })
    const byPhone = hubspot.contacts.add({ mobilephone: '+1 415 555 2671' })
    expect(await contactOf({ ...from('HS_EMAIL_ADDRESS', 'ada@example.com') })).toBe(byMail.id)
    const phone = { ...from('HS_PHONE_NUMBER', '+14155552671'), integrationThreadId: 'p' }
    expect(await contactOf(phone)).toBe(byPhone.id)
  })

  it('is whom associateWithContactId names, whatever the identifier says', async () => {
    const { id } = hubspot.contacts.add({ firstname: 'Ada' })
    const opaque = { ...from('CHANNEL_SPECIFIC_OPAQUE_ID', 'x'), associateWithContactId: Number(id) }
    expect(await contactOf(opaque)).toBe(id)
  })

  it('is a visitor, the same one each time, when no contact matches', async () => {
    const first = await contactOf({ integrationThreadId: 'a' })
    expect(await contactOf({ integrationThreadId: 'b' })).toBe(first)
    expect(hubspot.contacts.list()).toEqual([])
    const actor = await connected.client.api('GET', `/conversations/v3/conversations/actors/V-${first}`)
    expect(actor.body).toMatchObject({ type: 'VISITOR', email: 'ada@example.com', name: 'Ada Example' })
  })

  it('is refused or created when switched so', async () => {
    hubspot.switches.unknownContact = 'refuse'
    expect((await send()).status).toBe(400)
    expect((await send(from('CHANNEL_SPECIFIC_OPAQUE_ID', 'x'))).status).toBe(201)
    hubspot.switches.unknownContact = 'create'
    const id = await contactOf({ integrationThreadId: 'c' })
    expect(hubspot.contacts.list()).toMatchObject([{ id, properties: { email: 'ada@example.com' } }])
  })
})

describe('a delivery receipt', () => {
  it('changes the status of what an agent wrote, and of nothing else', async () => {
    const answer = await send()
    const { id } = hubspot.agent.reply(threadOf(answer), { actorId: 'A-3892666', text: 'Hi' })
    const patch = (message: string, body: unknown) =>
      connected.client.api('PATCH', `${connected.messages}/${message}`, body)
    expect((await patch(id, { statusType: 'FAILED', errorMessage: 'No such number' })).body).toMatchObject({
      status: { statusType: 'FAILED', failureDetails: { errorMessage: 'No such number' } },
    })
    await patch(id, { statusType: 'READ' })
    const read = await connected.client.api('GET', `${connected.messages}/${id}`)
    expect(read.body).toMatchObject({ status: { statusType: 'READ' } })
    expect((await patch(id, { statusType: 'RECEIVED' })).status).toBe(400)
    expect((await patch(idOf(answer), { statusType: 'SENT' })).status).toBe(400)
    expect((await patch('0'.repeat(32), { statusType: 'SENT' })).status).toBe(404)
  })
})

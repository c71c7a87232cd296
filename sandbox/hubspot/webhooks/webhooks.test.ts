import { createHmac } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startHubSpot, type HubSpot } from '../index'
import { connectChannel, messageInput, startReceiver, threadOf, type Connected, type Receiver } from '../testing'

let hubspot: HubSpot
let channelHook: Receiver
let appHook: Receiver
let connected: Connected

beforeEach(async () => {
  hubspot = await startHubSpot({ switches: { redeliveryDelayMs: 1 } })
  channelHook = await startReceiver()
  appHook = await startReceiver()
  connected = await connectChannel(hubspot, `${channelHook.url}/channel?x=1`)
  await hubspot.webhook.settled()
  channelHook.received.splice(0)
  hubspot.webhook.deliveries.splice(0)
})
afterEach(async () => {
  await hubspot.close()
  await channelHook.close()
  await appHook.close()
})

const openThread = async () =>
  threadOf(await connected.client.api('POST', connected.messages, messageInput(connected.account)))
const reply = (thread: string, text = 'Hi') => hubspot.agent.reply(thread, { actorId: 'A-3892666', text })
const appEvents = () => appHook.received.flatMap(({ body }) => body)

describe('what the channel is told', () => {
  it('carries an agent’s reply with what routes it back', async () => {
    const thread = await openThread()
    const message = reply(thread, 'Hi <you>\nthere')
    await hubspot.webhook.settled()
    expect(channelHook.received.map(({ body }) => body)).toMatchObject([
      {
        type: 'OUTGOING_CHANNEL_MESSAGE_CREATED',
        portalId: String(hubspot.portalId),
        channelId: connected.channel,
        channelIntegrationThreadIds: ['thread-1'],
        message: {
          id: message.id,
          conversationsThreadId: thread,
          text: 'Hi <you>\nthere',
          richText: '<p>Hi &lt;you&gt;<br>there</p>',
          senders: [{ actorId: 'A-3892666' }],
          recipients: [{ deliveryIdentifier: { type: 'HS_EMAIL_ADDRESS', value: 'ada@example.com' } }],
          status: { statusType: 'SENT' },
          inReplyToId: null,
        },
      },
    ])
  })

  it('tells of accounts as they are connected and changed', async () => {
    const path = `/conversations/v3/custom-channels/${connected.channel}/channel-accounts/${connected.account}`
    await connected.client.api('PATCH', path, { authorized: false })
    await hubspot.webhook.settled()
    expect(channelHook.received.map(({ body }) => body)).toMatchObject([
      { type: 'CHANNEL_ACCOUNT_UPDATED', channelAccountId: connected.account, authorized: false },
    ])
  })
})

describe('what the app is told', () => {
  it('hears of a new thread and its message', async () => {
    hubspot.setAppWebhook(appHook.url)
    const objectId = Number(await openThread())
    await hubspot.webhook.settled()
    expect(appEvents()).toMatchObject([
      { subscriptionType: 'conversation.creation', objectId, attemptNumber: 0, portalId: hubspot.portalId },
      { subscriptionType: 'conversation.newMessage', objectId, messageType: 'MESSAGE' },
    ])
  })

  it('hears of every thread, foreign ones included, in one signed batch', async () => {
    const thread = await openThread()
    hubspot.setAppWebhook(appHook.url)
    hubspot.agent.assign(thread, 'A-3892667')
    hubspot.agent.unassign(thread)
    hubspot.agent.close(thread)
    hubspot.agent.archive(thread)
    hubspot.agent.restore(thread)
    hubspot.agent.purge(thread)
    const foreign = hubspot.visitor.openForeignThread()
    await hubspot.webhook.settled()
    const objectId = Number(thread)
    expect(appHook.received).toHaveLength(1)
    expect(appEvents()).toMatchObject([
      {
        subscriptionType: 'conversation.propertyChange',
        objectId,
        propertyName: 'assignedTo',
        propertyValue: 'A-3892667',
      },
      { propertyName: 'assignedTo', propertyValue: '' },
      { propertyName: 'status', propertyValue: 'CLOSED' },
      { subscriptionType: 'conversation.deletion', objectId },
      { propertyName: 'isArchived', propertyValue: 'FALSE' },
      { subscriptionType: 'conversation.privacyDeletion', objectId },
      { subscriptionType: 'conversation.creation', objectId: Number(foreign.id) },
      { subscriptionType: 'conversation.newMessage', objectId: Number(foreign.id) },
    ])
    expect(appHook.received[0]?.headers).toMatchObject({ 'x-hubspot-signature-version': 'v1' })
  })

  it('names the agent bare when switched so, and nothing happens twice', async () => {
    hubspot.switches.assignedToForm = 'bare'
    const thread = await openThread()
    hubspot.setAppWebhook(appHook.url)
    hubspot.agent.assign(thread, 'A-3892667')
    hubspot.agent.assign(thread, 'A-3892667')
    hubspot.agent.reopen(thread)
    await hubspot.webhook.settled()
    expect(appEvents()).toMatchObject([{ propertyValue: '3892667' }])
  })

  it('puts at most a hundred events into one batch', async () => {
    hubspot.setAppWebhook(appHook.url)
    for (let count = 0; count < 60; count += 1) hubspot.visitor.openForeignThread()
    await hubspot.webhook.settled()
    expect(appHook.received.map(({ body }) => (Array.isArray(body) ? body.length : 0))).toEqual([100, 20])
  })
})

describe('how webhooks are delivered', () => {
  it('signs version 3 over the whole address and the raw body', async () => {
    reply(await openThread())
    await hubspot.webhook.settled()
    const [got] = channelHook.received
    const timestamp = got?.headers['x-hubspot-request-timestamp']
    const base = `POST${channelHook.url}/channel?x=1${got?.raw}${timestamp}`
    const expected = createHmac('sha256', hubspot.app.clientSecret).update(base).digest('base64')
    expect(got?.headers['x-hubspot-signature-v3']).toBe(expected)
  })

  it('sends again what is not answered with 2xx, ten times at most, and counts', async () => {
    hubspot.setAppWebhook(appHook.url)
    appHook.answers.push(503, 302, 401)
    hubspot.visitor.openForeignThread()
    await hubspot.webhook.settled()
    expect(hubspot.webhook.deliveries.map(({ attempt, status }) => [attempt, status])).toEqual([
      [0, 503],
      [1, 302],
      [2, 401],
      [3, 200],
    ])
    expect(appHook.received[3]?.body).toMatchObject([{ attemptNumber: 3 }, { attemptNumber: 3 }])

    hubspot.webhook.deliveries.splice(0)
    hubspot.setAppWebhook('http://127.0.0.1:1/nobody')
    hubspot.visitor.openForeignThread()
    await hubspot.webhook.settled()
    expect(hubspot.webhook.deliveries.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 0))
  })

  it('gives up waiting for an answer and sends again', async () => {
    hubspot.switches.webhookTimeoutMs = 1_000
    const { receiver, release } = await silentOnce()
    hubspot.setAppWebhook(receiver.url)
    hubspot.visitor.openForeignThread()
    await hubspot.webhook.settled()
    release()
    await receiver.close()
    expect(hubspot.webhook.deliveries.map(({ status }) => status)).toEqual([0, 200])
  })

  it('delivers each three times, and shuffles by the seed, when switched so', async () => {
    const thread = await openThread()
    hubspot.switches.deliverTimes = 3
    reply(thread)
    await hubspot.webhook.settled()
    expect(new Set(channelHook.received.map(({ raw }) => raw)).size).toBe(1)
    expect(channelHook.received).toHaveLength(3)

    channelHook.received.splice(0)
    Object.assign(hubspot.switches, { deliverTimes: 1, shuffle: 3 })
    const sent = Array.from({ length: 8 }, (_, index) => reply(thread, String(index)).id)
    await hubspot.webhook.settled()
    const got = hubspot.webhook.deliveries.slice(3).map(({ body }) => sent.findIndex((id) => body.includes(id)))
    expect([...got].sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
    expect(got).not.toEqual([0, 1, 2, 3, 4, 5, 6, 7])
  })

  it('waits first when switched so, and keeps ten under way at most', async () => {
    const thread = await openThread()
    Object.assign(hubspot.switches, { webhookDelayMs: 40 })
    for (let count = 0; count < 25; count += 1) reply(thread)
    const started = performance.now()
    await hubspot.webhook.settled()
    expect(performance.now() - started).toBeGreaterThanOrEqual(35)
    expect(channelHook.most()).toBeLessThanOrEqual(10)
    expect(channelHook.received).toHaveLength(25)
  })

  it('sends anything once, unsigned or forged or stale on demand, and tells the answer', async () => {
    appHook.answers.push(401)
    expect(await hubspot.webhook.send(appHook.url, [{ a: 1 }], { signed: false })).toEqual({ status: 401, body: '' })
    await hubspot.webhook.send(appHook.url, '[]', { signed: 'wrong-secret' })
    await hubspot.webhook.send(appHook.url, '[]', { timestamp: 1000 })
    const [unsigned, forged, stale] = appHook.received
    expect(unsigned?.headers).not.toHaveProperty('x-hubspot-signature-v3')
    const base = `POST${appHook.url}[]${forged?.headers['x-hubspot-request-timestamp']}`
    const right = createHmac('sha256', hubspot.app.clientSecret).update(base).digest('base64')
    expect(forged?.headers['x-hubspot-signature-v3']).not.toBe(right)
    expect(stale?.headers['x-hubspot-request-timestamp']).toBe('1000')
  })
})

async function silentOnce() {
  const receiver = await startReceiver()
  let release: () => void = () => undefined
  receiver.hold = new Promise<void>((resolve) => {
    release = resolve
  })
  return { receiver, release }
}

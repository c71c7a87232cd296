import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import * as z from 'zod/mini'
import { startStack, type Stack } from '../../sandbox/stack'
import { clockAhead } from '../support/clock'
import { allCalls } from '../support/faults'
import { fillIn } from '../support/fill-in'
import { startSecondProcess, type Process } from '../support/second-process'
import { eventsOf, openSession, sessionsAreLinked, type OpenSession } from '../support/session'
import { latestThread, threadLines } from '../support/thread'
import { storedTokens } from '../support/tokens'
import { authorize, callbackUrl, choose, newCode, visit, type Page } from '../support/visitor'
import { appEvent, deliver } from '../support/webhooks'

const SALES = '481939'
const HOME = 243842089
const OTHER = 243842777
const STORE_INBOX = '592051'
const ADA = 'ada@customers.example.org'

let stack: Stack
let ada: OpenSession
beforeEach(async () => {
  stack = await startStack({ isConnected: false })
  await stack.botpress.register()
  await choose(await authorize(stack), [SALES])
  ada = await openSession(stack)
  await stack.settled()
  onTestFinished(clockAhead(3_000))
})
afterEach(async () => stack.close())

/** A user of that account approves the app. */
const approve = (portalId: number): Promise<Page> =>
  visit(callbackUrl(stack, { code: newCode(stack, undefined, portalId) }))

/** The owner switches the bot to the other account, as the pages describe. */
async function move(): Promise<void> {
  fillIn(stack, { portalId: String(OTHER) })
  expect(await stack.botpress.register()).toMatchObject({ ok: true })
  expect(await choose(await approve(OTHER), [STORE_INBOX])).toMatchObject({ title: 'Connected' })
}

const portal = () => storedTokens(stack)['portalId']

const publishedBy = (portalId: number) =>
  stack.hubspot.log.calls.filter(({ method, path, requestHeaders }) => {
    const token = /^Bearer (\S+)$/.exec(requestHeaders['authorization'] ?? '')?.[1] ?? ''
    const isPublishing = method === 'POST' && path.endsWith('/messages') && path.includes('custom-channels')
    return isPublishing && stack.hubspot.tokens.portalOf(token) === portalId
  })

describe('taking over a connection', () => {
  it('fails with another account, however often the owner saves', async () => {
    for (let round = 0; round < 3; round += 1) {
      expect((await approve(OTHER)).text).toContain(
        'connected to HubSpot account 243842089 (portal.example.com), but you chose 243842777',
      )
      expect(await stack.botpress.register()).toMatchObject({ ok: true })
    }
    expect(portal()).toBe(String(HOME))
    await ada.customer.say('Still with us?')
    await stack.settled()
    expect(threadLines(stack, ada.threadId)).toContain('customer: Still with us?')
  })

  it('fails while a revoked connection has not been renewed', async () => {
    stack.hubspot.tokens.revokeAll()
    expect(await stack.botpress.register()).toMatchObject({ ok: false })
    expect((await approve(OTHER)).title).toBe('Not connected')
    expect(await approve(HOME)).toMatchObject({ title: 'Where should conversations appear?' })
  })

  it('fails after the owner changed the app, until the form names the account', async () => {
    await stack.botpress.register()
    const { clientId } = stack.hubspot.app
    stack.hubspot.app.clientId = 'another-app'
    fillIn(stack, { clientId: 'another-app' })
    try {
      expect(await stack.botpress.register()).toMatchObject({ ok: true })
      expect(stack.log.at(-1)).toContain('This integration is not connected to HubSpot yet.')
      expect((await approve(OTHER)).title).toBe('Not connected')
      fillIn(stack, { portalId: String(OTHER) })
      expect((await approve(OTHER)).title).toBe('Where should conversations appear?')
    } finally {
      stack.hubspot.app.clientId = clientId
    }
  })
})

describe('switching to another account', () => {
  it('starts in the form, and the old account works until the new one is authorized', async () => {
    fillIn(stack, { portalId: String(OTHER) })
    expect(await stack.botpress.register()).toMatchObject({ ok: true })
    expect(stack.log).toContain(
      'warn: "HubSpot Account ID" is 243842777, but this integration is connected to HubSpot account 243842089 and keeps using it for now. To switch, click Authorize and choose 243842777.',
    )
    await ada.customer.say('On the old side')
    await stack.settled()
    expect(publishedBy(HOME).some(({ requestBody }) => requestBody.includes('On the old side'))).toBe(true)

    const page = await approve(OTHER)
    expect(page.title).toBe('Where should conversations appear?')
    // The former account's inboxes do not exist in this account, which has only one.
    expect(page.text).toContain(`Store inbox Inbox ${STORE_INBOX}`)
    expect(page.text).not.toContain(SALES)
    expect(stack.log.at(-1)).toBe(
      "warn: This integration is now connected to HubSpot account 243842777 instead of 243842089. Each session that is open in 243842089 ends with its customer's next message.",
    )
    expect(portal()).toBe(String(OTHER))
  })

  it('with a Refresh Token in the form causes a warning in the log', async () => {
    await stack.botpress.unregister()
    fillIn(stack, { refreshToken: stack.hubspot.tokens.issueRefreshToken(), inboxId: SALES })
    await stack.botpress.register()
    const refreshToken = stack.hubspot.tokens.issueRefreshToken(undefined, OTHER)
    fillIn(stack, { refreshToken, inboxId: STORE_INBOX })
    expect(await stack.botpress.register()).toMatchObject({ ok: true })
    expect(
      stack.log.some((line) => line.startsWith(`warn: This integration is now connected to HubSpot account ${OTHER}`)),
    ).toBe(true)
  })

  it('blocks escalations between authorizing and choosing an inbox', async () => {
    fillIn(stack, { portalId: String(OTHER) })
    await stack.botpress.register()
    await approve(OTHER)
    const { ok, message } = await stack.botpress.chat.open({ name: 'Eve' }).escalate({ userEmail: ADA })
    expect({ ok, message }).toMatchObject({
      ok: false,
      message: expect.stringContaining('not connected to HubSpot yet'),
    })
    expect(publishedBy(OTHER)).toEqual([])
  })

  it('never sends a contact of one account to the other', async () => {
    const [contact] = stack.hubspot.contacts.list()
    const user = () => stack.botpress.users.find(({ tags }) => tags['email'] === ADA)
    expect(user()?.tags).toMatchObject({ contactId: contact?.id, portalId: String(HOME) })
    await ada.customer.end()
    await stack.settled()
    await move()
    // The other account has no contact for her.
    stack.hubspot.contacts.remove(contact?.id ?? '')
    fillIn(stack, { unknownContact: 'visitor' })
    stack.hubspot.log.clear()
    expect(await ada.customer.escalate({ userEmail: ADA })).toMatchObject({ ok: true })
    expect(publishedBy(OTHER)).toHaveLength(1)
    for (const { requestBody } of publishedBy(OTHER)) expect(requestBody).not.toContain('associateWithContactId')
    expect(user()?.tags).toEqual({ email: ADA, 'hitl#upstream': expect.any(String) })
    expect(stack.hubspot.log.calls.every(({ requestBody }) => !requestBody.includes(`${contact?.id}`))).toBe(true)
  })

  it('looks the customer up again if the other account has a contact for her too', async () => {
    await ada.customer.end()
    await move()
    const former = stack.hubspot.contacts.list()[0]?.id ?? ''
    stack.hubspot.contacts.remove(former)
    const { id } = stack.hubspot.contacts.add({ email: ADA })
    expect(await ada.customer.escalate({ userEmail: ADA })).toMatchObject({ ok: true })
    expect(stack.hubspot.thread(latestThread(stack)).associatedContactId).toBe(id)
    expect(stack.botpress.users.find(({ tags }) => tags['email'] === ADA)?.tags).toMatchObject({
      contactId: id,
      portalId: String(OTHER),
    })
  })

  it('ends a session of the former account with the next message, and sends none of it to the new account', async () => {
    await move()
    stack.hubspot.log.clear()
    await ada.customer.say('Is anybody left?')
    await stack.settled()
    expect(eventsOf(stack, ada.conversationId)).toEqual(['hitlStopped'])
    expect(stack.botpress.plugin.failures.map(({ message }) => message)).toEqual([
      expect.stringContaining(
        'this session was opened in HubSpot account 243842089, which is no longer connected. The session has ended; escalate again.',
      ),
    ])
    expect(stack.hubspot.log.calls).toEqual([])
    expect(await ada.customer.escalate({ userEmail: ADA })).toMatchObject({ ok: true })
    expect(stack.hubspot.thread(latestThread(stack)).inboxId).toBe(STORE_INBOX)
  })

  it("does not touch the former account's thread when the customer ends its session later", async () => {
    await move()
    stack.hubspot.log.clear()
    await ada.customer.end()
    await stack.settled()
    expect(stack.hubspot.thread(ada.threadId).status).toBe('OPEN')
    expect(stack.hubspot.log.calls).toEqual([])
  })

  it('ignores events of the former account', async () => {
    await move()
    const closing = { ...appEvent(stack, { threadId: ada.threadId }), subscriptionType: 'conversation.deletion' }
    expect((await deliver(stack, [closing])).status).toBe(200)
    expect(eventsOf(stack, ada.conversationId)).toEqual([])
  })
})

describe('a process whose connection another process has switched', () => {
  let other: Process
  beforeEach(async () => {
    other = await startSecondProcess(stack)
  })
  afterEach(async () => other.close())

  /** The owner's requests reach the other process, and this one still caches the former account. */
  async function moveElsewhere(): Promise<void> {
    fillIn(stack, { portalId: String(OTHER) })
    const code = newCode(stack, undefined, OTHER)
    const get = async (path: string, query: string) => {
      const req = { method: 'GET', path, query, headers: {} }
      return other.run({ operation: 'webhook_received', requestBody: JSON.stringify({ req }) })
    }
    const state = stack.botpress.webhookId
    const redirected = await get('/oauth', new URLSearchParams({ code, state }).toString())
    expect(redirected.status).toBe(303)
    const session = new URL(redirected.location ?? '').searchParams.get('session') ?? ''
    const chosen = new URLSearchParams({ state, session, inbox: STORE_INBOX, default: STORE_INBOX })
    expect((await get('/oauth/wizard/connect', chosen.toString())).body).toContain('<h1>Connected</h1>')
  }

  it('notices the switch within a minute', async () => {
    await moveElsewhere()
    const later = clockAhead(61_000)
    try {
      stack.hubspot.log.clear()
      await ada.customer.say('A minute later')
      await stack.settled()
      expect(eventsOf(stack, ada.conversationId)).toEqual(['hitlStopped'])
      expect(await ada.customer.escalate({ userEmail: ADA })).toMatchObject({ ok: true })
      expect(publishedBy(HOME)).toEqual([])
      expect(publishedBy(OTHER)).toHaveLength(1)
    } finally {
      later()
    }
  })

  it('notices the switch at once when an event of the new account arrives, and handles it', async () => {
    await moveElsewhere()
    // The session was opened by the other process, in the new account.
    const eve = { userId: await newUser('eve@customers.example.org') }
    const opened = await other.run({
      operation: 'action_triggered',
      type: 'startHitl',
      requestBody: JSON.stringify({ type: 'startHitl', input: { ...eve, messageHistory: [] } }),
    })
    const { conversationId } = z
      .object({ output: z.object({ conversationId: z.string() }) })
      .parse(JSON.parse(opened.body)).output
    await sessionsAreLinked(stack)
    const threadId = latestThread(stack)
    const closing = {
      ...appEvent(stack, { threadId }),
      portalId: OTHER,
      subscriptionType: 'conversation.deletion',
    }
    const reads = () =>
      stack.botpress.log.calls.filter(({ method, path }) => method === 'GET' && path.endsWith('/tokens'))
    const before = reads().length
    expect((await deliver(stack, [closing, { ...closing, eventId: 1 }])).status).toBe(200)
    expect(reads()).toHaveLength(before + 1)
    expect(eventsOf(stack, conversationId)).toEqual(['hitlStopped'])
  })

  it('reads the state once before it drops events of an account that is not connected', async () => {
    const foreign = {
      ...appEvent(stack, { threadId: ada.threadId }),
      portalId: 1,
      subscriptionType: 'conversation.deletion',
    }
    stack.botpress.log.clear()
    expect((await deliver(stack, [foreign, foreign, foreign])).status).toBe(200)
    expect(stack.botpress.log.calls.map(({ method, path }) => `${method} ${path.split('/').at(-1)}`)).toEqual([
      'GET tokens',
    ])
    expect(eventsOf(stack, ada.conversationId)).toEqual([])
  })

  it("never overwrites the new account's tokens with those of the former one", async () => {
    stack.hubspot.tokens.expireAccessTokens()
    stack.hubspot.faults = allCalls({ method: 'POST', path: /\/token$/ }, { kind: 'delay', ms: 3_000 })
    const said = ada.customer.say('While the owner moves')
    await new Promise((resolve) => setTimeout(resolve, 200))
    stack.hubspot.faults = undefined
    await moveElsewhere()
    await said
    await stack.settled()
    expect(portal()).toBe(String(OTHER))
    expect(publishedBy(OTHER)).toEqual([])
  })

  async function newUser(email: string): Promise<string> {
    stack.hubspot.contacts.add({ email })
    const { output } = await stack.botpress.action('createUser', { name: 'Eve', email })
    return z.object({ userId: z.string() }).parse(output).userId
  }
})

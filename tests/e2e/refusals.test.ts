import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Escalation } from '../../sandbox/botpress/hitl-plugin'
import { startStack, type Stack } from '../../sandbox/stack'
import { ALL_SCOPES, testClient, type TestClient } from '../../sandbox/hubspot/testing'
import { asDocumented, documented } from '../support/documented'
import { allCalls, PUBLISH, status } from '../support/faults'
import { fillIn } from '../support/fill-in'
import { sessionsAreLinked } from '../support/session'
import { latestThread, threadLines } from '../support/thread'

let stack: Stack
beforeEach(async () => {
  stack = await startStack()
})
afterEach(async () => stack.close())

describe('an escalation that fails', () => {
  const told = new Set<string>()

  beforeEach(async () => {
    fillIn(stack, { unknownContact: 'refuse' })
    await stack.botpress.register()
    stack.hubspot.contacts.add({ email: 'ada@example.com', phone: '+1 415 555 0101' })
  })

  /** The error that the flow gets. No session opens on either side. */
  const escalating = async (escalation: Escalation): Promise<string> => {
    const result = await stack.botpress.chat.open({ name: 'Somebody' }).escalate(escalation)
    if (result.ok) throw new Error('It was handed over')
    expect(stack.hubspot.threads()).toEqual([])
    expect(stack.botpress.conversations).toEqual([])
    const sentence = asDocumented(result.message ?? '')
    told.add(sentence)
    return sentence
  }

  it.each([
    [undefined, /cannot identify the customer\. Put the customer's e-mail address or phone number.*"User Email"/],
    ['nonsense', /neither an e-mail address nor a phone number with its country code\. Use an address like/],
    ['12345', /neither an e-mail address nor a phone number/],
    ['ada@', /is not an e-mail address\. Use an address like name@example\.com/],
    ['bob@example.com', /no contact with the e-mail address in "User Email".*Create the contact in HubSpot/],
    ['+1 415 555 0199', /no contact with the phone number in "User Email".*Create the contact in HubSpot/],
    ['+44 20 4155 5501', /no contact with the phone number/],
  ])('with %j as "User Email" says what to do', async (userEmail, sentence) => {
    expect(await escalating(userEmail === undefined ? {} : { userEmail })).toMatch(sentence)
  })

  it('lists the connected inboxes if the card names another one', async () => {
    expect(await escalating({ userEmail: 'ada@example.com', hitlSession: { inboxId: '481940' } })).toMatch(
      /^"Inbox or Help Desk ID" of the escalation card is not connected: 481940\. Connected: 481939 \(inbox "Sales inbox"\)/,
    )
  })

  it('says what is left to do before the first authorization', async () => {
    await stack.botpress.unregister()
    await stack.restartIntegration()
    expect(await escalating({ userEmail: 'ada@example.com' })).toMatch(
      /not connected to HubSpot yet\. Click Authorize in its configuration and choose where/,
    )
  })

  it('says what to do after the refresh token was revoked', async () => {
    stack.hubspot.tokens.revokeRefreshToken(String(stack.botpress.configuration['refreshToken']))
    stack.hubspot.tokens.expireAccessTokens()
    expect(await escalating({ userEmail: 'ada@example.com' })).toMatch(
      /^The customer could not be looked up in HubSpot: HubSpot no longer accepts the connection\. Click Authorize/,
    )
  })

  it('names the property that the rules of the account refuse in a new contact', async () => {
    const refreshToken = stack.hubspot.tokens.issueRefreshToken(ALL_SCOPES)
    fillIn(stack, { unknownContact: 'create', refreshToken })
    await stack.botpress.register()
    stack.hubspot.switches.requiredContactProperties = ['vat_number']
    expect(await escalating({ userEmail: 'bob@example.com' })).toMatch(
      /^HubSpot did not create the contact: the rules of the account refuse "vat_number"\. Change the rules/,
    )
  })

  it.each<[string, (lost: Lost) => unknown, RegExp]>([
    [
      'the channel was deleted',
      ({ api, path }) => api.developer('DELETE', path),
      /^The channel of this integration no/,
    ],
    ['the inbox was disconnected for good', ({ account }) => stack.hubspot.purgeAccount(account), DISCONNECTED],
    [
      'the inbox was disconnected for the time being',
      ({ api, path, account }) => api.api('PATCH', `${path}/channel-accounts/${account}`, { authorized: false }),
      DISCONNECTED,
    ],
  ])('says to save again when %s in HubSpot, which helps', async (_what, lose, sentence) => {
    await lose(await connected())
    expect(await escalating({ userEmail: 'ada@example.com' })).toMatch(sentence)
    await stack.botpress.register()
    const ada = stack.botpress.chat.open({ name: 'Ada' })
    expect(await ada.escalate({ userEmail: 'ada@example.com' })).toMatchObject({ ok: true })
  })

  it("says so when the account's plan no longer has custom channels", async () => {
    stack.hubspot.switches.acceptsCustomChannels = false
    expect(await escalating({ userEmail: 'ada@example.com' })).toMatch(/is not allowed to use custom channels/)
  })

  it('has one of the messages in docs/wrong-settings.md, and each of them occurs', () => {
    expect([...told].sort()).toEqual(documented('Escalating').sort())
  })

  it('succeeds once the contact exists, even though Botpress remembers the user', async () => {
    const bob = stack.botpress.chat.open({ name: 'Bob' })
    expect(await bob.escalate({ userEmail: 'bob@example.com' })).toMatchObject({ ok: false })
    stack.hubspot.contacts.add({ email: 'bob@example.com' })
    expect(await bob.escalate({ userEmail: 'bob@example.com' })).toMatchObject({ ok: true })
  })

  it('succeeds with a phone number in any format', async () => {
    for (const userEmail of ['+1 415 555 0101', '001 (415) 555-0101']) {
      expect(await stack.botpress.chat.open({ name: 'Ada' }).escalate({ userEmail, title: userEmail })).toMatchObject({
        ok: true,
      })
    }
    const [contact] = stack.hubspot.contacts.list()
    const contacts = stack.hubspot.threads().map(({ associatedContactId }) => associatedContactId)
    expect(contacts).toEqual([contact?.id, contact?.id])
  })
})

type Lost = { api: TestClient; path: string; account: string }
const DISCONNECTED =
  /^The inbox "Sales inbox" \(481939\) was disconnected in HubSpot.* Save the configuration of this integration again/

/** The channel that the save has connected, and its account. */
async function connected(): Promise<Lost> {
  const [channel] = stack.hubspot.channels()
  const [account] = stack.hubspot.accounts(channel?.id ?? '')
  const path = `/conversations/v3/custom-channels/${channel?.id}`
  return { api: await testClient(stack.hubspot), path, account: account?.id ?? '' }
}

describe('an opening that HubSpot refuses although channel and inbox are connected', () => {
  it.each([400, 403, 404, 410])('with %i is no reason to say that they are not', async (code) => {
    await stack.botpress.register()
    stack.hubspot.faults = allCalls(PUBLISH, status(code))
    const { message = '' } = await stack.botpress.chat.open({ name: 'Ada' }).escalate({ userEmail: 'ada@example.com' })
    expect(message).not.toMatch(/disconnected|channel of this integration/)
  })
})

describe("a customer's message that fails", () => {
  it("causes an error with the reason in the bot's log", async () => {
    await stack.botpress.register()
    stack.hubspot.contacts.add({ email: 'ada@example.com' })
    const ada = stack.botpress.chat.open({ name: 'Ada' })
    await ada.escalate({ userEmail: 'ada@example.com' })
    stack.hubspot.faults = () => ({ kind: 'status', status: 400 })
    await ada.say('Hello?')
    await stack.settled()
    expect(stack.botpress.plugin.failures).toMatchObject([
      {
        type: 'text',
        status: 400,
        message: expect.stringMatching(/^The message was not delivered to HubSpot: HubSpot refused the request/),
      },
    ])
    expect(threadLines(stack, latestThread(stack))).not.toContain('customer: Hello?')
  })

  it('because the inbox was disconnected says to save again, and gives the customer back to the bot', async () => {
    await stack.botpress.register()
    const ada = stack.botpress.chat.open({ name: 'Ada' })
    await ada.escalate({ userEmail: 'ada@example.com' })
    await sessionsAreLinked(stack)
    stack.hubspot.purgeAccount((await connected()).account)
    await ada.say('Hello?')
    await stack.settled()
    expect(stack.botpress.plugin.failures).toMatchObject([{ message: expect.stringMatching(DISCONNECTED) }])
    expect(stack.botpress.plugin.sessions).toMatchObject([{ isActive: false }])
  })
})

describe('a webhook', () => {
  const event = [
    { subscriptionType: 'conversation.deletion', objectId: 1, occurredAt: 1, appId: 1160452, portalId: 243842089 },
  ]
  const send: Stack['hubspot']['webhook']['send'] = (...args) => stack.hubspot.webhook.send(...args)

  beforeEach(async () => stack.botpress.register())

  it.each([
    ['not signed', { signed: false as const }],
    ['signed with another secret', { signed: 'wrong-secret' as const }],
    ['signed six minutes ago', { timestamp: Date.now() - 360_000 }],
    ['signed a day ahead', { timestamp: Date.now() + 86_400_000 }],
  ])('%s gets 401, always with the same body', async (_name, options) => {
    const calls = stack.botpress.log.calls.length
    const logged = stack.log.length
    const answer = await send(stack.botpress.webhookUrl, event, options)
    expect(answer).toEqual({ status: 401, body: '{"error":"The signature is missing or wrong."}' })
    expect(stack.botpress.log.calls).toHaveLength(calls)
    expect(stack.log).toHaveLength(logged)
  })

  it.each(['', '{', 'null', '"text"'])('with a valid signature but the body %j gets 400', async (body) => {
    expect(await send(stack.botpress.webhookUrl, body)).toMatchObject({ status: 400 })
  })

  it('with a valid signature but of an unknown kind gets 200 and has no effect', async () => {
    const calls = stack.botpress.log.calls.length
    expect(
      await send(stack.botpress.webhookUrl, [{ subscriptionType: 'contact.creation', objectId: 1 }]),
    ).toMatchObject({ status: 200 })
    expect(await send(stack.botpress.webhookUrl, { type: 'CHANNEL_ACCOUNT_CREATED' })).toMatchObject({ status: 200 })
    expect(stack.botpress.log.calls).toHaveLength(calls)
  })

  it('for a thread that is not ours costs one look-up and creates nothing', async () => {
    const calls = stack.botpress.log.calls.length
    expect(await send(stack.botpress.webhookUrl, event)).toMatchObject({ status: 200 })
    expect(stack.botpress.log.calls).toHaveLength(calls + 1)
    expect(stack.botpress.conversations).toEqual([])
  })
})

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Call } from '../../sandbox/http/call-log'
import type { JsonObject } from '../../sandbox/hubspot/shapes/shape'
import { startStack, type Stack } from '../../sandbox/stack'
import { CAPABILITIES } from '../../src/hubspot/custom-channels'
import { asDocumented, documented } from '../support/documented'
import { allCalls, CONTACT, INBOXES, isCallOf, RECORD, status, type Target } from '../support/faults'
import { fillIn } from '../support/fill-in'
import { genuine, post, signedTheOldWay } from '../support/forgeries'
import { eventsOf, openSession } from '../support/session'
import { receiptOf } from '../support/thread'
import { storedTokens } from '../support/tokens'
import { closed, deliver, GRACE } from '../support/webhooks'

const UPDATE: Target = { method: 'PATCH', path: /\/custom-channels\/\d+$/ }

let stack: Stack
let logged: number
beforeEach(async () => {
  stack = await startStack()
  await stack.botpress.register()
  stack.hubspot.log.clear()
  logged = stack.log.length
})
afterEach(async () => stack.close())

const told = new Set<string>()
const warnings = () => {
  const lines = stack.log.slice(logged).filter((line) => line.startsWith('warn: '))
  for (const line of lines) told.add(asDocumented(line.slice('warn: '.length)))
  return lines
}

const updates = (): Call[] => stack.hubspot.log.calls.filter(isCallOf(UPDATE))

describe("a legacy app's events", () => {
  beforeEach(() => {
    stack.hubspot.switches.isLegacyApp = true
  })

  it('that do not reach the bot are named one by one at each save, and nothing is changed', async () => {
    stack.hubspot.setAppWebhook('https://old.example.com/hook')
    stack.hubspot.switches.eventsOff = {
      'conversation.propertyChange of assignedTo': 'missing',
      'conversation.deletion': 'inactive',
    }
    for (let save = 1; save <= 2; save++) {
      expect(await stack.botpress.register()).toMatchObject({ ok: true })
      expect(warnings()).toHaveLength(save)
    }
    expect(warnings()[0]).toContain(
      `: its target URL is https://old.example.com/hook instead of ${stack.botpress.webhookUrl}; conversation.propertyChange of assignedTo is missing; conversation.deletion is not active. Correct this on`,
    )
    const methods = stack.hubspot.log.calls
      .filter(({ path }) => path.startsWith('/webhooks/'))
      .map(({ method }) => method)
    expect(methods).toEqual(['GET', 'GET', 'GET', 'GET'])
  })

  it('are named before the first connection as well', async () => {
    stack.hubspot.switches.eventsOff = { 'conversation.propertyChange of status': 'inactive' }
    await stack.botpress.unregister()
    stack.botpress.configuration = stack.hubspot.app
    expect(await stack.botpress.register()).toMatchObject({ ok: true })
    expect(stack.log.slice(logged).join()).toContain(': conversation.propertyChange of status is not active. Correct')
  })

  it('are not mentioned if all of them arrive', async () => {
    await stack.botpress.register()
    expect(warnings()).toEqual([])
  })

  it.each([403, 404, 500])('are not mentioned if HubSpot answers %i', async (code) => {
    stack.hubspot.setAppWebhook(undefined)
    stack.hubspot.faults = allCalls({ method: 'GET', path: /^\/webhooks\// }, status(code))
    expect(await stack.botpress.register()).toMatchObject({ ok: true })
    expect(warnings()).toEqual([])
  })
})

it("a project app's events are not mentioned: HubSpot does not tell about them", async () => {
  stack.hubspot.setAppWebhook(undefined)
  await stack.botpress.register()
  expect(warnings()).toEqual([])
})

describe('capabilities that HubSpot refuses', () => {
  const former = { outgoingAttachmentTypes: [] }

  beforeEach(() => {
    stack.hubspot.switches.shownCapabilities = former
    stack.hubspot.switches.acceptsNewCapabilities = false
  })

  it('are a warning, and no later save asks for them again', async () => {
    expect(await stack.botpress.register()).toMatchObject({ ok: true })
    expect(warnings()).toEqual([
      expect.stringMatching(/^warn: HubSpot did not accept all settings of the channel "Botpress" \(status 400/),
    ])
    for (let save = 0; save < 2; save++) expect(await stack.botpress.register()).toMatchObject({ ok: true })
    await stack.restartIntegration()
    expect(await stack.botpress.register()).toMatchObject({ ok: true })
    // The second asked for fewer.
    expect(updates()).toHaveLength(2)
    expect(warnings()).toHaveLength(1)
  })

  it('are sent with all that the channel has shown, which the description requires', async () => {
    await stack.botpress.register()
    const [channel] = stack.hubspot.channels()
    expect(JSON.parse(updates()[0]?.requestBody ?? '')).toEqual({
      name: 'Botpress',
      webhookUrl: channel?.webhookUrl,
      channelDescription: 'As the owner describes it',
      capabilities: { ...channel?.capabilities },
    })
  })

  it('fail the save while HubSpot is out of order, because another try may succeed', async () => {
    stack.hubspot.faults = allCalls(UPDATE, status(503, { 'retry-after': '30' }))
    expect(await stack.botpress.register()).toMatchObject({ ok: false })
    stack.hubspot.faults = undefined
    stack.hubspot.switches.acceptsNewCapabilities = true
    expect(await stack.botpress.register()).toMatchObject({ ok: true })
  })
})

describe('formats that HubSpot does not accept', () => {
  const richText = () => stack.hubspot.channels().map(({ capabilities }) => capabilities['richText'])

  beforeEach(() => {
    stack.hubspot.switches.formats = 'documented'
  })

  it.each<[string, () => unknown]>([
    ['a new channel', () => stack.botpress.unregister()],
    ['an older channel', () => (stack.hubspot.switches.shownCapabilities = { richText: ['HYPERLINK'] })],
  ])('cost %s these formats, with one warning, and no later save asks for them again', async (_name, before) => {
    await before()
    logged = stack.log.length
    expect(await stack.botpress.register()).toMatchObject({ ok: true })
    expect(warnings()).toEqual([expect.stringContaining('may lack some formats and inline pictures')])
    expect(richText()).toEqual([['HYPERLINK', 'BLOCKQUOTE']])
    stack.hubspot.log.clear()
    expect(await stack.botpress.register()).toMatchObject({ ok: true })
    expect(updates()).toEqual([])
    expect(warnings()).toHaveLength(1)
  })
})

describe('capabilities that HubSpot shows in another form', () => {
  it.each<[string, JsonObject]>([
    ['in another order', { richText: ['BLOCKQUOTE', 'HYPERLINK', 'LISTS', 'ITALIC', 'BOLD'] }],
    ['with more of its own', { richText: [...CAPABILITIES.richText, 'TEXT_ALIGNMENT'], allowTyping: true }],
    ['with numbers as text', { maxFileAttachmentCount: '10' }],
  ])('%s are up to date', async (_name, shown) => {
    stack.hubspot.switches.shownCapabilities = shown
    expect(await stack.botpress.register()).toMatchObject({ ok: true })
    expect(updates()).toEqual([])
  })
})

it('an entry of a list that cannot be read is left out, and the log says which field', async () => {
  const results = [...stack.hubspot.inboxes, { id: null, name: 'Odd' }]
  stack.hubspot.faults = allCalls(INBOXES, status(200, {}, { total: 3, results }))
  expect(await stack.botpress.register()).toMatchObject({ ok: true })
  expect(warnings()).toEqual([
    'warn: HubSpot listed something that cannot be read, and it was left out. If anything is missing, send this line to the maintainer of the integration: results.2.id of GET /conversations/v3/conversations/inboxes',
  ])
})

describe('an inbox that is disconnected in HubSpot', () => {
  const account = () => {
    const [channel] = stack.hubspot.channels()
    const [first] = stack.hubspot.accounts(channel?.id ?? '')
    return { channelId: channel?.id ?? '', id: first?.id ?? '' }
  }
  const WARNING =
    'warn: The inbox "Sales inbox" (481939) was disconnected in HubSpot: no conversation can be opened there. Save the configuration of this integration again to reconnect it.'

  it('for good, is a warning with the remedy, which helps', async () => {
    stack.hubspot.purgeAccount(account().id)
    await stack.settled()
    expect(warnings()).toEqual([WARNING])
    expect(await stack.botpress.register()).toMatchObject({ ok: true })
    expect(stack.hubspot.accounts(account().channelId)).toMatchObject([{ inboxId: '481939', authorized: true }])
  })

  it('for the time being, is a warning with the remedy, which helps', async () => {
    const { channelId, id } = account()
    await setAuthorized(channelId, id, false)
    expect(warnings()).toEqual([WARNING])
    expect(await stack.botpress.register()).toMatchObject({ ok: true })
    await stack.settled()
    expect(warnings()).toHaveLength(1)
  })

  it('is none where HubSpot has it connected, whatever the webhook says', async () => {
    const { channelId, id } = account()
    const event = { type: 'CHANNEL_ACCOUNT_UPDATED', channelId, channelAccountId: id, authorized: false }
    expect(await deliver(stack, event)).toMatchObject({ status: 200 })
    expect(await deliver(stack, { ...event, channelAccountId: '1' })).toMatchObject({ status: 200 })
    expect(warnings()).toEqual([])
  })

  async function setAuthorized(channelId: string, id: string, authorized: boolean): Promise<void> {
    const token = String(storedTokens(stack)['accessToken'])
    await fetch(`${stack.hubspot.url}/conversations/v3/custom-channels/${channelId}/channel-accounts/${id}`, {
      method: 'PATCH',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ authorized }),
    })
    await stack.settled()
  }
})

describe('a signed webhook that cannot be read', () => {
  it('is one line in the log, and the agent is told if it is a message', async () => {
    const { threadId } = await openSession(stack)
    await stack.settled()
    stack.hubspot.switches.webhooks = 'unreadable'
    const { id } = stack.hubspot.agent.reply(threadId, { actorId: GRACE, text: 'Hello' })
    await stack.settled()
    expect(receiptOf(stack, threadId, id)).toBe(
      'FAILED: Not delivered: HubSpot passed this message on in a form that cannot be read. Please send it again.',
    )
    const tries = stack.hubspot.webhook.deliveries.filter(({ body }) => body.includes('OUTGOING'))
    expect(new Set(tries.map((delivery) => delivery.status))).toEqual(new Set([400]))
    expect(warnings()).toEqual(
      tries.map(
        () =>
          'warn: A webhook from HubSpot cannot be read: message.conversationsThreadId of OUTGOING_CHANNEL_MESSAGE_CREATED',
      ),
    )
  })

  it('is one line in the log, though it is no JSON', async () => {
    expect(await deliver(stack, '{')).toMatchObject({ status: 400 })
    expect(warnings()).toEqual(['warn: A webhook from HubSpot cannot be read: its body is not JSON of an event'])
  })

  it('is one line in the log, though all of a batch is odd', async () => {
    const event = { ...closed(stack, { threadId: '1' }), objectId: {} }
    expect(
      await deliver(
        stack,
        Array.from({ length: 100 }, () => event),
      ),
    ).toMatchObject({ status: 400 })
    expect(stack.log.slice(logged)).toEqual([
      'warn: A webhook from HubSpot cannot be read: objectId of conversation.propertyChange',
    ])
  })
})

it('a thread that cannot be read at its end is a warning, and the session ends', async () => {
  const { threadId, conversationId } = await openSession(stack)
  stack.hubspot.faults = allCalls(RECORD, status(403, {}, { category: 'MISSING_SCOPES' }))
  await deliver(stack, [closed(stack, { threadId })])
  await stack.settled()
  expect(eventsOf(stack, conversationId)).toEqual(['hitlStopped'])
  expect(warnings()).toEqual([
    `warn: HubSpot thread ${threadId} could not be read when it was closed (missingScope): a reply of an agent may be missing. Compare the thread in HubSpot`,
  ])
})

it('a webhook that HubSpot signed in the former way only is refused, and the log says so', async () => {
  const sent = genuine(stack, [closed(stack, { threadId: '1' })])
  expect(await post(signedTheOldWay(sent, stack.hubspot.app.clientSecret))).toMatchObject({ status: 401 })
  expect(warnings()).toHaveLength(1)
})

it('a customer for whom HubSpot refuses to look is handed over without a contact', async () => {
  fillIn(stack, { unknownContact: 'visitor' })
  stack.hubspot.faults = allCalls(CONTACT, status(403, {}, {}))
  expect(await stack.botpress.chat.open({ name: 'Ada' }).escalate({ userEmail: 'ada@example.com' })).toMatchObject({
    ok: true,
  })
  expect(warnings()).toHaveLength(1)
})

it('docs/wrong-settings.md knows these lines, and no others', () => {
  expect([...told].sort()).toEqual(documented('In the log').sort())
})

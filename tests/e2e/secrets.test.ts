import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Fault } from '../../sandbox/http/faults'
import { startStack, type Stack } from '../../sandbox/stack'
import { sees } from '../support/chat'
import * as faults from '../support/faults'
import { firstCalls, status, type Target } from '../support/faults'
import { leaks } from '../support/secrets'
import { sessionsAreLinked } from '../support/session'
import { latestThread } from '../support/thread'
import { storedTokens } from '../support/tokens'
import { assigned, deliver, GRACE } from '../support/webhooks'

let stack: Stack
let threadId: string

beforeAll(async () => {
  stack = await startStack()
  stack.hubspot.switches.rotateRefreshTokens = true
})
afterAll(async () => stack.close())

const failing = (what: 'hubspot' | 'botpress', plan: Stack['hubspot']['faults']) => {
  stack[what].faults = plan
}

/** HubSpot's error messages may repeat the request, so they must not be passed on. */
const talkative = {
  kind: 'status',
  status: 400,
  body: {
    status: 'error',
    category: 'VALIDATION_ERROR',
    correlationId: 'aeb5f871-7f07-4993-9211-075dc63e7cbf',
    message: 'marie.curie@customers.example.org wrote "The parcel never came": refused for +49 30 901820',
  },
} as const satisfies Fault

/** The tests run in order. Each one is the next step of the same handoff. */
describe('the log does not reveal', () => {
  it('credentials while connecting', async () => {
    await stack.botpress.register()
    stack.botpress.configuration = { ...stack.botpress.configuration, clientSecret: 'not-the-client-secret' }
    await stack.botpress.register()
    stack.botpress.configuration = { ...stack.botpress.configuration, ...stack.hubspot.app, developerApiKey: 'wrong' }
    await stack.botpress.register()
    stack.botpress.configuration = {
      ...stack.botpress.configuration,
      ...stack.hubspot.app,
      unknownContact: 'refuse',
    }
    await stack.botpress.register()
    expect(stack.log.length).toBeGreaterThan(2)
    expect(stack.log.filter((line) => line.includes('not-the-client-secret'))).toEqual([])
    expect(leaks(stack)).toEqual([])
  })

  it('the address of a customer whose escalation failed', async () => {
    const asks = (userEmail: string) => stack.botpress.chat.open({ name: 'Marie Curie' }).escalate({ userEmail })
    expect(await asks('nobody@customers.example.org')).toMatchObject({ ok: false })
    expect(await asks('+49 30 901820')).toMatchObject({ ok: false })
    expect(await asks('marie.curie@customers')).toMatchObject({ ok: false })
    expect(stack.log.filter((line) => /nobody@|901820|marie/i.test(line))).toEqual([])
    expect(leaks(stack)).toEqual([])
  })

  it('names, addresses and messages of a session', async () => {
    stack.hubspot.contacts.add({ email: 'marie.curie@customers.example.org', phone: '+49 30 901820' })
    const marie = stack.botpress.chat.open({ name: 'Marie Curie' })
    await marie.say('Where is the parcel?')
    failing('hubspot', firstCalls(faults.NOTE, talkative))
    await marie.escalate({ title: 'Parcel is missing', userEmail: 'marie.curie@customers.example.org' })
    threadId = latestThread(stack)
    await sessionsAreLinked(stack)
    stack.hubspot.agent.assign(threadId, GRACE)
    stack.hubspot.agent.reply(threadId, { actorId: GRACE, text: 'Let me have a look at it.' })
    await sees(marie, 'Let me have a look at it.')
    await stack.settled()
    expect(leaks(stack)).toEqual([])
  })

  it.each<[string, 'hubspot' | 'botpress', Target, Fault]>([
    ['HubSpot refuses the message', 'hubspot', faults.PUBLISH, talkative],
    ['HubSpot cuts the connection', 'hubspot', faults.PUBLISH, { kind: 'reset' }],
    ['HubSpot answers nonsense', 'hubspot', faults.PUBLISH, { ...talkative, status: 200 }],
    ['HubSpot refuses the receipt', 'hubspot', faults.RECEIPT, talkative],
    ['HubSpot refuses to say who writes', 'hubspot', faults.ACTOR, { ...talkative, status: 403 }],
    ['Botpress refuses the message', 'botpress', faults.INITIALIZE, talkative],
    ['Botpress fails', 'botpress', faults.INITIALIZE, status(500)],
    ['Botpress fails to look up', 'botpress', faults.LOOK_UP, status(400)],
    ['Botpress stores no tokens', 'botpress', faults.SET_TOKENS, status(500)],
    // Last, because it gives the session back to the bot.
    ['HubSpot grants too little', 'hubspot', faults.PUBLISH, { ...talkative, status: 403 }],
  ])('the message if %s', async (name, what, target, fault) => {
    await stack.restartIntegration()
    stack.hubspot.tokens.expireAccessTokens()
    failing(what, firstCalls(target, fault, fault))
    const [marie] = stack.botpress.chat.customers.slice(-1)
    await marie?.say(`The parcel never came, and ${name}`)
    stack.hubspot.agent.reply(threadId, { actorId: GRACE, text: `I am sorry that ${name}` })
    await deliver(stack, [assigned(stack, { threadId })])
    await stack.settled()
    failing('hubspot', undefined)
    failing('botpress', undefined)
    expect(leaks(stack)).toEqual([])
  })

  it('tokens when the connection is revoked', async () => {
    const [marie] = stack.botpress.chat.customers.slice(-1)
    await marie?.escalate({ title: 'Parcel is still missing', userEmail: 'marie.curie@customers.example.org' })
    threadId = latestThread(stack)
    await sessionsAreLinked(stack)
    stack.hubspot.switches.rotateRefreshTokens = false
    stack.hubspot.tokens.revokeRefreshToken(String(storedTokens(stack)['refreshToken']))
    stack.hubspot.tokens.expireAccessTokens()
    await marie?.say('Is anybody still there?')
    stack.hubspot.agent.reply(threadId, { actorId: GRACE, text: 'I am still there.' })
    stack.hubspot.agent.close(threadId)
    await stack.settled()
    expect(stack.botpress.plugin.failures.at(-1)?.message).toMatch(/no longer accepts the connection/)
    expect(leaks(stack)).toEqual([])
  })

  it('secrets in an encoding that this check would miss', () => {
    const { accessToken, refreshToken } = storedTokens(stack)
    const [delivery] = stack.hubspot.webhook.deliveries
    const planted = [
      stack.hubspot.app.developerApiKey,
      stack.hubspot.app.clientSecret,
      String(accessToken),
      `Bearer ${String(refreshToken)}`,
      delivery?.headers['x-hubspot-signature-v3'] ?? '',
      'GET /contacts/marie.curie%40customers.example.org',
      'grace.sample@agents.example.com',
      'call +49 30 901820',
      '{"text":"Where is the parcel?"}',
    ]
    const log = planted.map((secret) => `error: ${secret} failed`)
    expect(log.filter((line) => leaks({ ...stack, log: [line] }).length === 0)).toEqual([])
    expect(
      leaks({
        ...stack,
        log: ['info: Connected to the inbox "Sales inbox" (481939) of HubSpot account 243842089 (portal.example.com).'],
      }),
    ).toEqual([])
  })

  it('the content of forged requests', async () => {
    const logged = stack.log.length
    await stack.hubspot.webhook.send(stack.botpress.webhookUrl, '{"text":"psst"}', { signed: 'wrong-secret' })
    expect(stack.log).toHaveLength(logged)
    await stack.hubspot.webhook.send(stack.botpress.webhookUrl, '{"type":"OUTGOING_CHANNEL_MESSAGE_CREATED"')
    expect(leaks(stack)).toEqual([])
  })
})

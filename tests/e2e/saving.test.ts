import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startStack, type Stack } from '../../sandbox/stack'
import { latestThread } from '../support/thread'
import { REQUIRED_SCOPES } from '../../src/hubspot/scopes'
import {
  allCalls,
  callsOf,
  changed,
  CHANNELS,
  firstCalls,
  INTROSPECT,
  isCallOf,
  status,
  together,
  TOKEN,
  type Target,
} from '../support/faults'
import { outliveAccessToken, storedTokens } from '../support/tokens'
import { fillIn } from '../support/fill-in'

const NEW_ACCOUNT: Target = { method: 'POST', path: /\/channel-accounts$/ }
const CHANNEL = /\/custom-channels\/(v3\/)?\d+$/

let stack: Stack
beforeEach(async () => {
  stack = await startStack()
})
afterEach(async () => stack.close())

describe('saving', () => {
  it('accepts a value that was pasted with surrounding whitespace, or with marks that no one sees', async () => {
    const { appId, clientSecret } = stack.hubspot.app
    fillIn(stack, { appId: `\u200B${appId}`, clientSecret: `\u202A${clientSecret}\u202C` })
    fillIn(stack, { inboxId: ' 481939\n', additionalInboxIds: [' 481940 ', '', '481939'] })
    expect(await stack.botpress.register()).toMatchObject({ ok: true })
    const [channel] = stack.hubspot.channels()
    expect(stack.hubspot.accounts(channel?.id ?? '').map(({ inboxId }) => inboxId)).toEqual(['481939', '481940'])
  })

  it('finds out by itself whether an inbox is a help desk', async () => {
    fillIn(stack, { inboxId: '481940', additionalInboxIds: ['481939'] })
    await stack.botpress.register()
    expect(stack.log.at(-1)).toBe(
      'info: Connected to the help desk "Support help desk" (481940) and the inbox "Sales inbox" (481939) of HubSpot account 243842089 (portal.example.com).',
    )
  })

  it.each([400, 401, 403, 404, 409, 410, 418])(
    'names both fields that the list of channels depends on, when HubSpot answers %i',
    async (code) => {
      stack.hubspot.faults = allCalls(CHANNELS, status(code))
      expect((await stack.botpress.register()).message).toMatch(
        /"Developer API Key" (and|or) "App ID".*Copy the key from/,
      )
    },
  )

  it('connects with a refresh token of which HubSpot says no more than the access token', async () => {
    stack.hubspot.faults = changed(TOKEN, ({ access_token }) => ({ access_token }))
    expect(await stack.botpress.register()).toMatchObject({ ok: true })
    expect(storedTokens(stack)).toMatchObject({
      refreshToken: stack.botpress.configuration['refreshToken'],
      portalId: String(stack.hubspot.portalId),
      scopes: REQUIRED_SCOPES,
    })
    expect(stack.hubspot.log.calls.filter(isCallOf(INTROSPECT))).toHaveLength(1)
    await outliveAccessToken(stack)
    expect(await stack.botpress.register()).toMatchObject({ ok: true })
    expect(storedTokens(stack)).toMatchObject({ portalId: String(stack.hubspot.portalId), scopes: REQUIRED_SCOPES })
    expect(stack.hubspot.log.calls.filter(isCallOf(INTROSPECT))).toHaveLength(1)
  })

  it('names the scopes that are missing, though HubSpot tells them only when asked', async () => {
    fillIn(stack, { refreshToken: stack.hubspot.tokens.issueRefreshToken(['oauth', 'conversations.read']) })
    stack.hubspot.faults = changed(TOKEN, ({ access_token }) => ({ access_token }))
    expect((await stack.botpress.register()).message).toMatch(/^The HubSpot app lacks the scopes conversations\.write,/)
  })

  it('reports a refresh token that was revoked', async () => {
    expect(await stack.botpress.register()).toMatchObject({ ok: true })
    stack.hubspot.tokens.revokeRefreshToken(String(stack.botpress.configuration['refreshToken']))
    expect((await stack.botpress.register()).message).toMatch(/^"Refresh Token" is wrong, has been revoked/)
  })

  it('re-enables a channel account that was disabled in HubSpot', async () => {
    await stack.botpress.register()
    const [channel] = stack.hubspot.channels()
    const [account] = stack.hubspot.accounts(channel?.id ?? '')
    const token = String(storedTokens(stack)['accessToken'])
    await fetch(
      `${stack.hubspot.url}/conversations/v3/custom-channels/${channel?.id}/channel-accounts/${account?.id}`,
      {
        method: 'PATCH',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ authorized: false }),
      },
    )
    expect(stack.hubspot.accounts(channel?.id ?? '')).toMatchObject([{ id: account?.id, authorized: false }])
    expect(await stack.botpress.register()).toMatchObject({ ok: true })
    expect(stack.hubspot.accounts(channel?.id ?? '')).toMatchObject([{ id: account?.id, authorized: true }])
  })

  it('recreates a channel that was deleted in HubSpot', async () => {
    await stack.botpress.register()
    const [channel] = stack.hubspot.channels()
    const { developerApiKey, appId } = stack.hubspot.app
    const path = `/conversations/v3/custom-channels/${channel?.id}?hapikey=${developerApiKey}&appId=${appId}`
    await fetch(`${stack.hubspot.url}${path}`, { method: 'DELETE' })
    expect(stack.hubspot.channels()).toEqual([])
    expect(await stack.botpress.register()).toMatchObject({ ok: true })
    expect(stack.hubspot.channels()).toHaveLength(1)
  })
})

describe('saving before the first connection', () => {
  const links = () => {
    const start = (scopes = '') => `/oauth/wizard/start?state=${stack.botpress.webhookId}${scopes}`
    return [start(' '), start('&scopes=required '), start('&scopes=legacy ')].map((link) =>
      expect.stringContaining(link),
    )
  }
  const saved = async () => {
    stack.hubspot.log.clear()
    const logged = stack.log.length
    expect(await stack.botpress.register()).toMatchObject({ ok: true })
    expect([stack.hubspot.channels(), stack.botpress.states]).toEqual([[], []])
    const lines = stack.log.slice(logged)
    return lines.filter((line) =>
      line.startsWith('warn: The configuration is saved. This integration is not connected'),
    )
  }

  it('without an app costs no call, and the log says what is left to do, with all three links', async () => {
    fillIn(stack, { developerApiKey: '', appId: '', clientId: '', clientSecret: '', refreshToken: '' })
    const [line, ...others] = await saved()
    expect([others, stack.hubspot.log.calls]).toEqual([[], []])
    for (const link of links()) expect(line).toEqual(link)
  })

  it('asks HubSpot whether the app is right and creates nothing, and the log says what is left to do', async () => {
    fillIn(stack, { refreshToken: '' })
    const [line, ...others] = await saved()
    expect(others).toEqual([])
    for (const link of links()) expect(line).toEqual(link)
    expect(callsOf(stack.hubspot, CHANNELS)).toHaveLength(1)
    expect(callsOf(stack.hubspot, TOKEN)).toHaveLength(1)
  })

  it.each([
    ['succeeds', 400, { status: 'BAD_SOMETHING_NEW' }, undefined],
    ['succeeds', 400, { category: 'UNHEARD' }, undefined],
    ['fails', 400, { status: 'BAD_CLIENT_SECRET' }, '"Client Secret" does not match'],
    ['fails', 400, { category: 'CLIENT_UNHEARD' }, 'HubSpot refused the request'],
    ['fails', 429, { policyName: 'DAILY' }, "HubSpot's API limit was reached"],
  ])('%s when HubSpot refuses the token that it never issued with %i %j', async (_how, code, body, message) => {
    fillIn(stack, { refreshToken: '' })
    stack.hubspot.faults = allCalls(TOKEN, status(code, {}, body))
    const refused = { ok: false, message: expect.stringContaining(message ?? '') }
    expect(await stack.botpress.register()).toMatchObject(message === undefined ? { ok: true } : refused)
  })
})

describe('saving with "HubSpot Account ID"', () => {
  const saved = async (fields: Record<string, unknown> = {}) => {
    fillIn(stack, fields)
    const logged = stack.log.length
    const { ok, message } = await stack.botpress.register()
    return { ok, message, warnings: stack.log.slice(logged).filter((line) => line.startsWith('warn')) }
  }
  const isSaved = { ok: true, warnings: [] }
  const [home, other] = ['243842089', '62515']
  const mismatch = `"Refresh Token" belongs to HubSpot account ${home}, but "HubSpot Account ID" is ${other}. Clear one of the two fields`

  it('and a Refresh Token of another account fails before anything is stored, and later as well', async () => {
    const refused = { ok: false, message: expect.stringContaining(mismatch) }
    expect(await saved({ portalId: other })).toMatchObject(refused)
    expect(stack.botpress.states).toEqual([])
    expect(await saved({ portalId: home })).toMatchObject(isSaved)
    expect(await saved({ portalId: '' })).toMatchObject(isSaved)
    expect(await saved({ portalId: other })).toMatchObject(refused)
    expect(storedTokens(stack)).toMatchObject({ portalId: home })
  })

  it('of another account than the connected one works on with that, and says how to switch', async () => {
    await saved()
    expect(await saved({ refreshToken: '', portalId: home })).toMatchObject(isSaved)
    expect(await saved({ portalId: other })).toMatchObject({
      ok: true,
      warnings: [
        `warn: "HubSpot Account ID" is ${other}, but this integration is connected to HubSpot account ${home} and keeps using it for now. To switch, click Authorize and choose ${other}.`,
      ],
    })
    expect(storedTokens(stack)).toMatchObject({ portalId: home })
  })

  it('left empty lets a Refresh Token switch to another account, which the log says', async () => {
    await saved()
    const refreshToken = stack.hubspot.tokens.issueRefreshToken([...REQUIRED_SCOPES], Number(other))
    const { warnings } = await saved({ refreshToken, inboxId: '' })
    expect(warnings).toEqual([expect.stringContaining(`now connected to HubSpot account ${other} instead of ${home}.`)])
    expect(await saved()).toMatchObject({ warnings: [] })
  })
})

describe('saving with a connection that was authorized', () => {
  const refusal = async (body: Record<string, unknown>) => {
    await stack.botpress.register()
    fillIn(stack, { refreshToken: '' })
    await outliveAccessToken(stack)
    stack.hubspot.faults = allCalls(TOKEN, status(400, {}, body))
    return (await stack.botpress.register()).message
  }

  it.each([
    [{ status: 'BAD_REFRESH_TOKEN' }, /^The connection was revoked in HubSpot, or the app was removed/],
    [{ status: 'BAD_CLIENT_SECRET' }, /^"Client Secret" does not match "Client ID"/],
    [{ category: 'UNHEARD' }, /^This integration could not be connected to HubSpot: HubSpot refused the request/],
  ])('says whether HubSpot has revoked it: %j', async (body, sentence) => expect(await refusal(body)).toMatch(sentence))
})

describe('uninstalling', () => {
  const remove: Target = { method: 'DELETE', path: CHANNEL }
  const uninstalled = async () => {
    const logged = stack.log.length
    expect(await stack.botpress.unregister()).toMatchObject({ ok: true })
    expect(stack.botpress.states.filter(({ payload }) => Object.keys(payload).length > 0)).toEqual([])
    return stack.log.slice(logged)
  }
  const left = [expect.stringMatching(/^warn: HubSpot did not delete the channel \d+\. Delete it in HubSpot/)]

  it('removes the channel and all that was stored, and needs none of it', async () => {
    await stack.botpress.register()
    expect([await uninstalled(), stack.hubspot.channels()]).toEqual([[], []])
    stack.hubspot.log.clear()
    expect([await uninstalled(), stack.hubspot.log.calls]).toEqual([[], []])
  })

  it.each([
    ['says nothing of a channel that is gone', 404, []],
    ['names a channel that HubSpot does not delete', 403, left],
  ])('%s', async (_what, code, lines) => {
    await stack.botpress.register()
    stack.hubspot.faults = allCalls(remove, status(code))
    expect(await uninstalled()).toEqual(lines)
  })
})

describe('a save whose inbox HubSpot does not connect', () => {
  const refused = { ok: false, message: expect.stringContaining('HubSpot refused the request (status 400') }

  it('removes the channel that it has made, and says why though that fails as well', async () => {
    stack.hubspot.faults = allCalls(NEW_ACCOUNT, status(400))
    expect(await stack.botpress.register()).toMatchObject(refused)
    expect(stack.hubspot.channels()).toEqual([])
    const removal: Target = { method: 'DELETE', path: CHANNEL }
    stack.hubspot.faults = together(allCalls(NEW_ACCOUNT, status(400)), allCalls(removal, status(403)))
    expect(await stack.botpress.register()).toMatchObject(refused)
    expect(stack.hubspot.channels()).toHaveLength(1)
  })

  it('leaves an older channel alone, and what is stored of it', async () => {
    await stack.botpress.register()
    const stored = () => stack.botpress.states.find(({ name }) => name === 'channel')?.payload
    const before = stored()
    fillIn(stack, { additionalInboxIds: ['481940'] })
    stack.hubspot.faults = allCalls(NEW_ACCOUNT, status(400))
    expect(await stack.botpress.register()).toMatchObject(refused)
    expect(stack.hubspot.channels()).toHaveLength(1)
    expect(stored()).toEqual(before)
  })

  it('takes the account that another save has made in between', async () => {
    await stack.botpress.register()
    const accounts: Target = { method: 'GET', path: NEW_ACCOUNT.path }
    stack.hubspot.log.clear()
    stack.hubspot.faults = firstCalls(accounts, status(200, {}, { total: 0, results: [] }))
    expect(await stack.botpress.register()).toMatchObject({ ok: true })
    expect(callsOf(stack.hubspot, NEW_ACCOUNT).map((call) => call.status)).toEqual([409])
    expect(stack.hubspot.accounts(stack.hubspot.channels()[0]?.id ?? '')).toHaveLength(1)
  })
})

describe('saving twice at the same time', () => {
  it.each([0, 5, 15, 40])('makes one channel and one account, %i ms apart', async (apartMs) => {
    stack.hubspot.switches.latencyMs = 20
    fillIn(stack, { additionalInboxIds: ['481940'] })
    const first = stack.botpress.register()
    await new Promise((resolve) => setTimeout(resolve, apartMs))
    const saves = await Promise.all([first, stack.botpress.register()])
    expect(saves).toMatchObject([{ ok: true }, { ok: true }])
    const [channel, ...others] = stack.hubspot.channels()
    expect(others).toEqual([])
    expect(stack.hubspot.accounts(channel?.id ?? '')).toHaveLength(2)
    expect(stack.botpress.states.find(({ name }) => name === 'channel')?.payload).toMatchObject({
      channelId: channel?.id,
    })
  })
})

describe('saving again', () => {
  it('reuses the channel and its account', async () => {
    await stack.botpress.register()
    await stack.botpress.register()
    const [channel, ...others] = stack.hubspot.channels()
    expect(others).toEqual([])
    expect(stack.hubspot.accounts(channel?.id ?? '')).toHaveLength(1)
  })

  it('connects another inbox to the same channel, and escalates there', async () => {
    await stack.botpress.register()
    stack.botpress.configuration = { ...stack.botpress.configuration, inboxId: '481940' }
    expect(await stack.botpress.register()).toMatchObject({ ok: true })
    expect(stack.hubspot.channels()).toHaveLength(1)
    expect(stack.log.at(-1)).toMatch(/Connected to the help desk "Support help desk"/)
    stack.hubspot.contacts.add({ email: 'ada@example.com' })
    await stack.botpress.chat.open({ name: 'Ada' }).escalate({ userEmail: 'ada@example.com' })
    expect(stack.hubspot.thread(latestThread(stack)).inboxId).toBe('481940')
  })

  it('waits for a channel that HubSpot shows late', async () => {
    stack.hubspot.switches.channelVisibleAfterMs = 700
    expect(await stack.botpress.register()).toMatchObject({ ok: true })
    expect(stack.hubspot.channels()).toHaveLength(1)
  })

  it.each(['old', 'new'] as const)('finds the channels if HubSpot only has the %s path', async (channelPaths) => {
    stack.hubspot.switches.channelPaths = channelPaths
    expect(await stack.botpress.register()).toMatchObject({ ok: true })
    expect(await stack.botpress.register()).toMatchObject({ ok: true })
    expect(stack.hubspot.channels()).toHaveLength(1)
  })

  it('updates a channel that was registered with fewer capabilities', async () => {
    await stack.botpress.register()
    const [channel] = stack.hubspot.channels()
    const { developerApiKey, appId } = stack.hubspot.app
    const url = `${stack.hubspot.url}/conversations/v3/custom-channels/${channel?.id}?hapikey=${developerApiKey}&appId=${appId}`
    const capabilities = { ...channel?.capabilities, outgoingAttachmentTypes: [] }
    const headers = { 'content-type': 'application/json' }
    await fetch(url, { method: 'PATCH', headers, body: JSON.stringify({ capabilities }) })
    expect(stack.hubspot.channels()[0]?.capabilities).toEqual(capabilities)
    expect(await stack.botpress.register()).toMatchObject({ ok: true })
    expect(stack.hubspot.channels()).toMatchObject([{ id: channel?.id, capabilities: channel?.capabilities }])
  })

  it('continues with the refresh token that HubSpot has rotated', async () => {
    stack.hubspot.switches.rotateRefreshTokens = true
    expect(await stack.botpress.register()).toMatchObject({ ok: true })
    expect(await stack.botpress.register()).toMatchObject({ ok: true })
    await stack.restartIntegration()
    expect(await stack.botpress.register()).toMatchObject({ ok: true })
  })
})

import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { BotpressError } from '../../sandbox/botpress/errors'
import { installToy, type Toy } from '../../sandbox/botpress/testing/toy-integration'
import { allCalls, isCallOf, SET_TOKENS, status, type Target } from '../../tests/support/faults'
import { HubSpotError } from '../hubspot/errors'
import type { TokenReply } from '../hubspot/oauth'
import { accountLabel, hashOf, isFresh, portalOf, tokensFrom, type Tokens } from './issued-tokens'
import { keyOf, readState, writeState, type StateOwner } from './states'
import { createTokenStore, forgetTokens } from './tokens'

const GET_TOKENS: Target = { ...SET_TOKENS, method: 'GET' }
const MINUTE = 60_000
const NOW = Date.parse('2026-01-01T12:00:00Z')

const stored: Tokens = {
  accessToken: 'access-stored',
  refreshToken: 'refresh-stored',
  expiresAt: NOW + 30 * MINUTE,
  clientId: 'client',
  configuredTokenHash: hashOf('form'),
  portalId: '7',
  accountName: 'example.com',
  scopes: ['oauth'],
}

let toy: Toy
beforeAll(async () => {
  toy = await installToy()
})
afterEach(() => {
  vi.useRealTimers()
  toy.botpress.faults = undefined
  toy.botpress.log.clear()
})
afterAll(async () => toy.close())

let processes = 0

/** Each owner has a memory of its own, as if it lived in a process of its own. All share the state. */
const newProcess = (): StateOwner => ({
  key: keyOf({ webhookId: `process-${++processes}` }),
  client: toy.client,
  integrationId: toy.botpress.integrationId,
})

const issued = (change: Partial<TokenReply> = {}): TokenReply => ({
  access_token: 'access-new',
  refresh_token: 'refresh-new',
  expires_in: 1800,
  hub_id: '7',
  hub_domain: undefined,
  scopes: undefined,
  ...change,
})

/** Stands for HubSpot: what it was asked to refresh, and what it answers. */
function storeOf(owner: StateOwner, answer: () => TokenReply | Promise<TokenReply> = () => issued()) {
  const asked: string[] = []
  const refresh = async (refreshToken: string): Promise<TokenReply> => {
    asked.push(refreshToken)
    return answer()
  }
  return {
    asked,
    store: createTokenStore({ ...owner, clientId: 'client', refresh, identified: async (reply) => reply }),
  }
}

const begin = async (tokens: Tokens | undefined): Promise<void> => {
  vi.useFakeTimers({ toFake: ['Date'], now: NOW })
  await writeState(newProcess(), 'tokens', tokens)
  toy.botpress.log.clear()
}
const inState = () => readState(newProcess(), 'tokens')
const reads = () => toy.botpress.log.calls.filter(isCallOf(GET_TOKENS)).length
const pass = (ms: number) => vi.setSystemTime(Date.now() + ms)
const refusing = (target: Target) =>
  (toy.botpress.faults = allCalls(target, status(400, {}, new BotpressError('InvalidPayload', 'No.').toBody())))

describe('an access token', () => {
  it.each([
    [60, 60_000],
    [1800, 1_800_000],
    [undefined, 1_800_000],
  ])('that HubSpot issues for %s seconds ends after %i milliseconds', (seconds, ms) => {
    vi.useFakeTimers({ toFake: ['Date'], now: NOW })
    expect(tokensFrom(issued({ expires_in: seconds }), stored).expiresAt).toBe(NOW + ms)
  })

  it('is replaced five minutes before it ends', () => {
    vi.useFakeTimers({ toFake: ['Date'], now: NOW })
    const left = (ms: number) => isFresh({ ...stored, expiresAt: NOW + ms })
    expect([left(5 * MINUTE), left(5 * MINUTE + 1)]).toEqual([false, true])
  })

  it('that HubSpot issues keeps of the former ones what HubSpot does not say again', () => {
    const bare = { hub_id: undefined, hub_domain: undefined, refresh_token: undefined, scopes: undefined }
    const { refreshToken, portalId, accountName, scopes } = stored
    expect(tokensFrom(issued(bare), stored)).toMatchObject({ refreshToken, portalId, accountName, scopes })
    const said = { hub_id: '8', hub_domain: 'new.example', refresh_token: 'r', scopes: ['tickets'] }
    expect(tokensFrom(issued(said), stored)).toMatchObject({
      refreshToken: 'r',
      portalId: '8',
      accountName: 'new.example',
      scopes: ['tickets'],
    })
  })
})

it('an account is named as people know it, and tokens of an unknown one are refused', () => {
  expect(accountLabel(stored)).toBe('7 (example.com)')
  expect(accountLabel({ portalId: '7', accountName: undefined })).toBe('7')
  expect(portalOf(issued())).toBe('7')
  expect(() => portalOf(issued({ hub_id: undefined }))).toThrow('HubSpot did not say which account')
})

describe('a process', () => {
  it('that has nothing in memory finds account, scopes and token in the state, with one read', async () => {
    await begin(stored)
    const { store, asked } = storeOf(newProcess())
    expect(await store.portalId()).toBe('7')
    expect(await store.scopes()).toEqual(['oauth'])
    expect(await store.of('7').current()).toBe('access-stored')
    pass(MINUTE - 1)
    expect(await store.of('7').current()).toBe('access-stored')
    expect([reads(), asked]).toEqual([1, []])
  })

  it('without a connection has neither account nor scopes, refuses calls, and looks again each time', async () => {
    await begin(undefined)
    const { store } = storeOf(newProcess())
    const nothing = [await store.portalId(), await store.portalIdNow(), await store.scopes()]
    expect(nothing).toEqual([undefined, undefined, []])
    await expect(store.of('7').current()).rejects.toThrow('not connected to HubSpot yet')
    await writeState(newProcess(), 'tokens', stored)
    expect(await store.portalId()).toBe('7')
  })

  it('takes tokens of another app for no connection', async () => {
    await begin({ ...stored, clientId: 'another' })
    const { store } = storeOf(newProcess())
    expect(await store.portalId()).toBeUndefined()
    expect(await store.stored()).toMatchObject({ clientId: 'another' })
  })

  it('notices after a minute that another one has moved the connection, at once if it asks for it', async () => {
    await begin(stored)
    const { store } = storeOf(newProcess())
    expect(await store.portalId()).toBe('7')
    await writeState(newProcess(), 'tokens', { ...stored, portalId: '8' })
    pass(MINUTE - 1)
    expect(await store.portalId()).toBe('7')
    pass(1)
    expect(await store.portalId()).toBe('8')
    await writeState(newProcess(), 'tokens', { ...stored, portalId: '9' })
    expect(await store.portalIdNow()).toBe('9')
    expect(await store.portalId()).toBe('9')
  })

  it('goes on with what it knows while Botpress fails', async () => {
    await begin(stored)
    const { store } = storeOf(newProcess())
    await store.portalId()
    refusing(GET_TOKENS)
    pass(2 * MINUTE)
    expect(await store.portalId()).toBe('7')
    expect(await store.portalId()).toBe('7')
    pass(2 * MINUTE)
    expect(await store.portalId()).toBe('7')
    await expect(storeOf(newProcess()).store.portalId()).rejects.toThrow('No.')
  })

  it('uses the token of another one that has refreshed, and remembers it', async () => {
    await begin(stored)
    const { store, asked } = storeOf(newProcess())
    await store.of('7').current()
    await writeState(newProcess(), 'tokens', { ...stored, accessToken: 'other', expiresAt: NOW + 60 * MINUTE })
    pass(26 * MINUTE)
    toy.botpress.log.clear()
    expect([await store.of('7').current(), await store.of('7').current()]).toEqual(['other', 'other'])
    expect([reads(), asked]).toEqual([1, []])
  })

  it('refreshes an old token once for all who want it, and stores what it got before anyone has it', async () => {
    await begin({ ...stored, expiresAt: NOW + 5 * MINUTE })
    const { store, asked } = storeOf(newProcess())
    const both = await Promise.all([store.of('7').current(), store.of('7').current()])
    expect(both).toEqual(['access-new', 'access-new'])
    expect(asked).toEqual(['refresh-stored'])
    expect(await inState()).toMatchObject({ accessToken: 'access-new', refreshToken: 'refresh-new' })
    expect(await store.of('7').current()).toBe('access-new')
    expect(asked).toHaveLength(1)
  })

  it('replaces a fresh token that HubSpot has refused, unless another one has already', async () => {
    await begin(stored)
    const { store, asked } = storeOf(newProcess())
    expect(await store.of('7').renew('refused-before')).toBe('access-stored')
    expect(asked).toEqual([])
    expect(await store.of('7').renew('access-stored')).toBe('access-new')
    expect(asked).toEqual(['refresh-stored'])
  })

  it('uses the tokens that another one stores a moment after HubSpot has refused the rotated refresh token', async () => {
    await begin({ ...stored, expiresAt: NOW })
    const winner = { ...stored, accessToken: 'winner', refreshToken: 'rotated', expiresAt: NOW + 30 * MINUTE }
    const { store } = storeOf(newProcess(), async () => {
      setTimeout(() => void writeState(newProcess(), 'tokens', winner), 50)
      throw new HubSpotError('refused', { kind: 'auth' })
    })
    expect(await store.of('7').current()).toBe('winner')
  })

  it.each<[string, Partial<Tokens>]>([
    ['the refused refresh token with a fresh access token', { refreshToken: 'refresh-stored' }],
    ['another refresh token with an old access token', { expiresAt: NOW }],
  ])('has to be authorized again if another one only stores %s', async (_what, change) => {
    await begin({ ...stored, expiresAt: NOW })
    const other = { ...stored, accessToken: 'o', refreshToken: 'rotated', expiresAt: NOW + 30 * MINUTE, ...change }
    const { store } = storeOf(newProcess(), async () => {
      await writeState(newProcess(), 'tokens', other)
      setTimeout(() => pass(2_000), 100)
      throw new HubSpotError('refused', { kind: 'auth' })
    })
    await expect(store.of('7').current()).rejects.toMatchObject({ kind: 'auth' })
  })

  it('passes on any other failure at once, without looking for the tokens of another one', async () => {
    await begin({ ...stored, expiresAt: NOW })
    const { store } = storeOf(newProcess(), async () => {
      throw new HubSpotError('down', { kind: 'unavailable' })
    })
    await expect(store.of('7').current()).rejects.toMatchObject({ kind: 'unavailable' })
    expect(reads()).toBe(1)
  })

  it('does not overwrite what another one has stored while it was refreshing', async () => {
    await begin({ ...stored, expiresAt: NOW })
    const moved = { ...stored, accessToken: 'moved', refreshToken: 'moved', portalId: '8' }
    const { store } = storeOf(newProcess(), async () => {
      await writeState(newProcess(), 'tokens', moved)
      return issued()
    })
    await expect(store.of('7').current()).rejects.toThrow('connected to another HubSpot account')
    expect(await inState()).toEqual(moved)
    expect(await store.portalId()).toBe('8')
  })

  it('stays disconnected if the owner disconnects it while it is refreshing', async () => {
    await begin({ ...stored, expiresAt: NOW })
    const { store } = storeOf(newProcess(), async () => {
      await writeState(newProcess(), 'tokens', undefined)
      return issued()
    })
    await expect(store.of('7').current()).rejects.toThrow('not connected to HubSpot yet')
    expect(await inState()).toBeUndefined()
  })

  it('works for the account that is connected now, even if its memory is older', async () => {
    await begin(stored)
    const { store } = storeOf(newProcess())
    await store.portalId()
    await writeState(newProcess(), 'tokens', { ...stored, portalId: '8', accessToken: 'of-8' })
    expect(await store.of('8').current()).toBe('of-8')
    await expect(store.of('7').current()).rejects.toThrow('connected to another HubSpot account')
  })

  it('asks for no token once the webhook has been answered', async () => {
    await begin(stored)
    const late = new AbortController()
    const tokens = storeOf(newProcess()).store.of('7', late.signal)
    expect(await tokens.current()).toBe('access-stored')
    late.abort()
    await expect(tokens.current()).rejects.toMatchObject({ name: 'TooLate' })
  })
})

describe('tokens that could not be stored', () => {
  it('are stored at the next call, without another refresh, and then no longer pending', async () => {
    await begin({ ...stored, expiresAt: NOW })
    const { store, asked } = storeOf(newProcess())
    refusing(SET_TOKENS)
    await expect(store.of('7').current()).rejects.toThrow('No.')
    toy.botpress.faults = undefined
    expect(await store.of('7').current()).toBe('access-new')
    expect(asked).toEqual(['refresh-stored'])
    expect(await inState()).toMatchObject({ refreshToken: 'refresh-new' })
    // What another process stores from now on is not overwritten by what was pending.
    await writeState(newProcess(), 'tokens', { ...stored, refreshToken: 'refresh-stored', accessToken: 'later' })
    pass(2_000)
    expect(await store.of('7').renew('access-new')).toBe('later')
    expect(asked).toHaveLength(1)
  })

  it('give way to those that another process has stored', async () => {
    await begin({ ...stored, expiresAt: NOW })
    const { store, asked } = storeOf(newProcess())
    refusing(SET_TOKENS)
    await expect(store.of('7').current()).rejects.toThrow('No.')
    toy.botpress.faults = undefined
    await writeState(newProcess(), 'tokens', { ...stored, refreshToken: 'others', accessToken: 'others' })
    expect(await store.of('7').current()).toBe('others')
    await writeState(newProcess(), 'tokens', { ...stored, accessToken: 'latest' })
    pass(2_000)
    expect(await store.of('7').renew('others')).toBe('latest')
    expect(asked).toHaveLength(1)
  })

  it('are forgotten with the rest', async () => {
    await begin({ ...stored, expiresAt: NOW })
    const owner = newProcess()
    refusing(SET_TOKENS)
    await expect(storeOf(owner).store.of('7').current()).rejects.toThrow('No.')
    toy.botpress.faults = undefined
    await forgetTokens(owner)
    expect(await inState()).toBeUndefined()
    const { store } = storeOf(owner)
    expect(await store.portalId()).toBeUndefined()
    await expect(store.of('7').current()).rejects.toThrow('not connected to HubSpot yet')
    await writeState(owner, 'tokens', stored)
    expect(await store.of('7').current()).toBe('access-stored')
    expect(await inState()).toEqual(stored)
  })
})

describe('a save refreshes with', () => {
  const saving = async (before: Tokens | undefined, form: string | undefined) => {
    await begin(before)
    const { store, asked } = storeOf(newProcess(), () => issued({ hub_id: '8' }))
    const accepted: string[] = []
    const connected = await store.connect(form, (portalId) => void accepted.push(portalId))
    return { asked, accepted, connected, store }
  }

  it('the stored token, which may be rotated, if the form still holds the one that it comes from', async () => {
    const { asked, accepted, connected } = await saving(stored, 'form')
    expect([asked, accepted]).toEqual([['refresh-stored'], []])
    expect(connected).toMatchObject({
      formerPortalId: '7',
      tokens: { refreshToken: 'refresh-new', clientId: 'client' },
    })
    expect(await inState()).toMatchObject({ accessToken: 'access-new', configuredTokenHash: hashOf('form') })
  })

  it('the stored token if the form holds none', async () =>
    expect(await saving(stored, undefined)).toMatchObject({ asked: ['refresh-stored'], accepted: [] }))

  it("the form's token if that is new, and asks whether its account is welcome", async () => {
    const { asked, accepted, connected, store } = await saving(stored, 'new')
    expect([asked, accepted]).toEqual([['new'], ['8']])
    expect(connected).toMatchObject({ formerPortalId: '7', tokens: { portalId: '8', scopes: [] } })
    expect(await inState()).toMatchObject({ portalId: '8', configuredTokenHash: hashOf('new') })
    expect(await store.portalId()).toBe('8')
  })

  it("the form's token at the first save", async () => {
    const { asked, accepted, connected } = await saving(undefined, 'new')
    expect([asked, accepted, connected?.formerPortalId]).toEqual([['new'], ['8'], undefined])
  })

  it('nothing if there is no token at all', async () =>
    expect(await saving(undefined, undefined)).toMatchObject({ asked: [], connected: undefined }))

  it('a token whose account is refused, and stores nothing', async () => {
    await begin(stored)
    const refuse = () => {
      throw new Error('Not this account')
    }
    await expect(storeOf(newProcess()).store.connect('new', refuse)).rejects.toThrow('Not this account')
    expect(await inState()).toEqual(stored)
  })

  it('a token that was not stored before, rather than the one it has replaced', async () => {
    await begin({ ...stored, expiresAt: NOW })
    const { store, asked } = storeOf(newProcess())
    refusing(SET_TOKENS)
    await expect(store.of('7').current()).rejects.toThrow('No.')
    toy.botpress.faults = undefined
    await store.connect(undefined, () => undefined)
    expect(asked).toEqual(['refresh-stored', 'refresh-new'])
  })
})

describe('tokens of an owner who has authorized', () => {
  it('are stored and used at once, whatever the form holds', async () => {
    await begin(stored)
    const { store, asked } = storeOf(newProcess())
    await store.portalId()
    const granted = { ...issued({ hub_id: '8', scopes: ['oauth', 'tickets'] }), refresh_token: 'g', hub_id: '8' }
    await store.adopt(granted, 'form')
    const state = await inState()
    expect(state).toMatchObject({ portalId: '8', refreshToken: 'g', configuredTokenHash: hashOf('form') })
    expect(state).toMatchObject({ clientId: 'client', scopes: ['oauth', 'tickets'] })
    toy.botpress.log.clear()
    expect(await store.of('8').current()).toBe('access-new')
    expect([reads(), asked]).toEqual([0, []])
  })

  it('replace those that were not stored yet', async () => {
    await begin({ ...stored, expiresAt: NOW })
    const { store } = storeOf(newProcess())
    refusing(SET_TOKENS)
    await expect(store.of('7').current()).rejects.toThrow('No.')
    toy.botpress.faults = undefined
    await store.adopt({ ...issued({ access_token: 'a' }), refresh_token: 'refresh-stored', hub_id: '7' }, undefined)
    expect(await store.scopes()).toEqual([])
    await expect(store.of('7').renew('a')).resolves.toBe('access-new')
    expect(await inState()).toMatchObject({ refreshToken: 'refresh-new' })
  })
})

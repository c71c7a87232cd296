import { describe, expect, it } from 'vitest'
import { issued, MINUTE, NOW, pass, stored, usesTokenProcesses } from '../../tests/support/token-processes'
import { HubSpotError } from '../hubspot/errors'
import type { Tokens } from './issued-tokens'
import { writeState } from './states'
import { forgetTokens } from './tokens'

const { begin, clearCalls, inState, newProcess, reads, refuseReads, storeOf, withUnstoredTokens } = usesTokenProcesses()

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
    refuseReads()
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
    clearCalls()
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
    const { store, asked } = await withUnstoredTokens()
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
    const { store, asked } = await withUnstoredTokens()
    await writeState(newProcess(), 'tokens', { ...stored, refreshToken: 'others', accessToken: 'others' })
    expect(await store.of('7').current()).toBe('others')
    await writeState(newProcess(), 'tokens', { ...stored, accessToken: 'latest' })
    pass(2_000)
    expect(await store.of('7').renew('others')).toBe('latest')
    expect(asked).toHaveLength(1)
  })

  it('are forgotten with the rest', async () => {
    const { owner } = await withUnstoredTokens()
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

import { describe, expect, it } from 'vitest'
import { issued, stored, usesTokenProcesses } from '../../tests/support/token-processes'
import { hashOf, type Tokens } from './issued-tokens'

const { begin, clearCalls, inState, newProcess, reads, storeOf, withUnstoredTokens } = usesTokenProcesses()

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
    const { store, asked } = await withUnstoredTokens()
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
    await store.adopt(store.issued(granted, 'form'))
    const state = await inState()
    expect(state).toMatchObject({ portalId: '8', refreshToken: 'g', configuredTokenHash: hashOf('form') })
    expect(state).toMatchObject({ clientId: 'client', scopes: ['oauth', 'tickets'] })
    clearCalls()
    expect(await store.of('8').current()).toBe('access-new')
    expect([reads(), asked]).toEqual([0, []])
  })

  it('replace those that were not stored yet', async () => {
    const { store } = await withUnstoredTokens()
    const granted = { ...issued({ access_token: 'a' }), refresh_token: 'refresh-stored', hub_id: '7' }
    await store.adopt(store.issued(granted, undefined))
    expect(await store.scopes()).toEqual([])
    await expect(store.of('7').renew('a')).resolves.toBe('access-new')
    expect(await inState()).toMatchObject({ refreshToken: 'refresh-new' })
  })
})

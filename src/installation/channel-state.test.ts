import { describe, expect, it, vi } from 'vitest'
import { allCalls, isCallOf, status, type Target } from '../../tests/support/faults'
import { usesProcesses } from '../../tests/support/processes'
import { channelOf, connectedInboxIds, forgetChannel, inboxFor, saveChannel } from './channel-state'
import { readState, writeState, type StateOwner } from './states'
import { createTokenStore, type TokenStore } from './tokens'

const channel = {
  portalId: '243842089',
  channelId: '7',
  webhookUrl: 'https://webhook.example.com',
  defaultInboxId: '481939',
  accounts: {
    '481939': { channelAccountId: '1', name: 'Sales', type: 'INBOX' as const },
    '481940': { channelAccountId: '2', name: 'Support', type: 'HELP_DESK' as const },
  },
}

describe('a session opens in', () => {
  it.each([
    ['', '1'],
    [undefined, '1'],
    [' 481940 ', '2'],
  ])('the inbox that the card names, or the default one: %j', (named, channelAccountId) =>
    expect(inboxFor(channel, named)).toMatchObject({ portalId: '243842089', channelId: '7', channelAccountId }),
  )

  it.each(['481941', '__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
    'no inbox that is not connected, and the error lists those that are: %s',
    (named) =>
      expect(() => inboxFor(channel, named)).toThrow(
        `is not connected: ${named}. Connected: 481939 (inbox "Sales"), 481940 (help desk "Support").`,
      ),
  )
})

describe('a name in the card', () => {
  const twins = { ...channel.accounts, '481941': { channelAccountId: '3', name: 'Sales', type: 'INBOX' as const } }
  const idOf = (named: string, accounts = channel.accounts) => inboxFor({ ...channel, accounts }, named).inboxId

  it.each(['Support', ' support ', '"Support"', 'help desk "Support" (481940)', '481940 (help desk “Support”)'])(
    'is found whatever its case, blanks and quotes, also as our sentences write it: %s',
    (named) => expect(idOf(named)).toBe('481940'),
  )

  it('of several inboxes is refused, an ID is not, even if it is the name of another', () => {
    expect(() => idOf('sales', twins)).toThrow('is the name of several: sales.')
    expect(idOf('481939', { ...twins, '481940': { ...channel.accounts['481940'], name: '481939' } })).toBe('481939')
  })
})

describe('the channel', () => {
  const READ: Target = { method: 'GET', path: /\/states\/.+\/channel$/ }
  const WRITE: Target = { ...READ, method: 'POST' }
  const { botpress, newProcess } = usesProcesses()
  let owner: StateOwner

  const begin = async (stored = true): Promise<void> => {
    vi.useFakeTimers({ toFake: ['Date'] })
    owner = newProcess()
    await writeState(owner, 'channel', stored ? channel : undefined)
    tokens = await connectedTo(channel.portalId)
    botpress().log.clear()
  }
  /** What a process knows of the connected account, and which account is connected now. */
  async function connectedTo(portalId: string, now = portalId): Promise<TokenStore> {
    const refresh = () => Promise.reject(new Error('No token is needed'))
    const process = newProcess()
    const store = createTokenStore({ ...process, clientId: 'client', refresh, identified: async (reply) => reply })
    const tokens = { accessToken: 'a', refreshToken: 'r', expiresAt: 0, clientId: 'client', configuredTokenHash: '' }
    const connect = (id: string) =>
      writeState(process, 'tokens', id === '' ? undefined : { ...tokens, portalId: id, scopes: [] })
    await connect(portalId)
    await store.portalId()
    await connect(now)
    return store
  }
  const reads = () => botpress().log.calls.filter(isCallOf(READ)).length
  let tokens: TokenStore

  it('is read once a minute', async () => {
    await begin()
    expect(await channelOf(owner, tokens)).toEqual(channel)
    await writeState(owner, 'channel', { ...channel, channelId: '8' })
    vi.setSystemTime(Date.now() + 59_999)
    expect([(await channelOf(owner, tokens)).channelId, reads()]).toEqual(['7', 1])
    vi.setSystemTime(Date.now() + 1)
    expect([(await channelOf(owner, tokens)).channelId, reads()]).toEqual(['8', 2])
  })

  it('is stored before it is remembered', async () => {
    await begin()
    botpress().faults = allCalls(WRITE, status(400))
    await expect(saveChannel(owner, { ...channel, channelId: '8' })).rejects.toMatchObject({ code: expect.any(Number) })
    botpress().faults = undefined
    expect((await channelOf(owner, tokens)).channelId).toBe('7')
    await saveChannel(owner, { ...channel, channelId: '9' })
    botpress().log.clear()
    expect([(await channelOf(owner, tokens)).channelId, reads()]).toEqual(['9', 0])
    expect(await readState(owner, 'channel')).toMatchObject({ channelId: '9' })
  })

  it('is forgotten in memory and state', async () => {
    await begin()
    await channelOf(owner, tokens)
    await forgetChannel(owner)
    await expect(channelOf(owner, tokens)).rejects.toThrow('not connected to HubSpot yet')
    expect(await readState(owner, 'channel')).toBeUndefined()
  })

  it('of another account than the connected one is none, unless a second look at both shows that they agree', async () => {
    await begin()
    await expect(channelOf(owner, await connectedTo('4711'))).rejects.toThrow('not connected to HubSpot yet')
    expect(await channelOf(owner, await connectedTo('4711', channel.portalId))).toEqual(channel)
    await writeState(owner, 'channel', { ...channel, portalId: '4711' })
    expect((await channelOf(owner, await connectedTo('4711'))).portalId).toBe('4711')
    await begin(false)
    await expect(channelOf(owner, await connectedTo(''))).rejects.toThrow('not connected to HubSpot yet')
  })

  it('names its inboxes for its own account, the default first', async () => {
    await begin()
    await writeState(owner, 'channel', { ...channel, defaultInboxId: '481940' })
    expect(await connectedInboxIds(owner, channel.portalId)).toEqual(['481940', '481939'])
    expect(await connectedInboxIds(owner, '4711')).toEqual([])
    await begin(false)
    expect(await connectedInboxIds(owner, channel.portalId)).toEqual([])
  })
})

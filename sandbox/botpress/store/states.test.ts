import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { installToy, type Toy } from '../testing/toy-integration'

let toy: Toy
beforeEach(async () => void (toy = await installToy()))
afterEach(async () => toy.close())

const payload = { channelId: '1', portalId: '2', webhookUrl: 'https://x.test', defaultInboxId: '7', accounts: {} }
const key = () => ({ type: 'integration', id: toy.botpress.integrationId, name: 'channel' }) as const

describe('states', () => {
  it('are not found until they are set, and again once cleared', async () => {
    const missing = { type: 'ResourceNotFound', code: 404 }
    await expect(toy.client.getState(key())).rejects.toMatchObject(missing)
    await toy.client.setState({ ...key(), payload })
    expect(await toy.client.getState(key())).toMatchObject({ state: { name: 'channel', payload }, meta: {} })
    await toy.client.setState({ ...key(), payload: null })
    await expect(toy.client.getState(key())).rejects.toMatchObject(missing)
    expect(toy.botpress.states).toEqual([])
  })

  it('are set once by getOrSetState', async () => {
    await toy.client.getOrSetState({ ...key(), payload })
    const { state } = await toy.client.getOrSetState({ ...key(), payload: { ...payload, channelId: '2' } })
    expect(state.payload.channelId).toBe('1')
  })

  it('are changed in part by patchState', async () => {
    await expect(toy.client.patchState({ ...key(), payload: { channelId: '2' } })).rejects.toThrow('not set')
    await toy.client.setState({ ...key(), payload })
    const { state } = await toy.client.patchState({ ...key(), payload: { channelId: '2' } })
    expect(state.payload).toEqual({ ...payload, channelId: '2' })
  })

  it('end when they lie idle for longer than their expiry', async () => {
    await toy.untypedClient.setState({ ...key(), payload, expiry: 250 })
    await toy.client.getState(key())
    await new Promise((resolve) => setTimeout(resolve, 350))
    await expect(toy.client.getState(key())).rejects.toMatchObject({ type: 'ResourceNotFound' })
  })

  it('are refused under a name, type, id or shape that was not declared', async () => {
    const set = (change: object) => toy.untypedClient.setState({ ...key(), payload, ...change })
    await expect(set({ name: 'weather' })).rejects.toThrow('"weather" is not declared')
    await expect(set({ type: 'conversation' })).rejects.toThrow('declared for the type integration')
    await expect(set({ id: 'intver_other' })).rejects.toMatchObject({ type: 'ResourceNotFound' })
    await expect(set({ payload: { channelId: 1 } })).rejects.toThrow('channelId')
    await expect(set({ payload: { ...payload, extra: true } })).rejects.toThrow('extra')
    expect(toy.botpress.states).toEqual([])
  })
})

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { CONFIGURATION, installToy, type Toy } from './testing/toy-integration'

let toy: Toy
beforeEach(async () => void (toy = await installToy()))
afterEach(async () => toy.close())

describe('several stand-ins', () => {
  it('run side by side and share nothing', async () => {
    const other = await installToy()
    await toy.client.createUser({ tags: {} })
    expect([toy.botpress.users.length, other.botpress.users.length]).toEqual([1, 0])
    const foreign = { authorization: `Bearer ${other.botpress.token}` }
    expect((await fetch(`${toy.botpress.url}/v1/chat/users`, { headers: foreign })).status).toBe(401)
    await other.close()
  })
})

describe('faults', () => {
  it('hit the runtime API only', async () => {
    toy.botpress.faults = () => ({ kind: 'status', status: 503 })
    await expect(toy.client.createUser({ tags: {} })).rejects.toThrow('503')
    expect(await toy.botpress.register()).toMatchObject({ ok: true })
    toy.botpress.faults = undefined
    await toy.client.createUser({ tags: {} })
    expect(toy.botpress.users).toHaveLength(1)
  })
})

describe('saving', () => {
  it('is refused by Botpress itself when a field is not of its kind', async () => {
    toy.botpress.configuration = { ...CONFIGURATION, appId: 7 }
    const before = toy.botpress.operations.length
    expect(await toy.botpress.register()).toMatchObject({ ok: false, message: expect.stringContaining('appId') })
    expect(toy.botpress.operations).toHaveLength(before)
  })

  it('takes null for an optional field that was emptied', async () => {
    toy.botpress.configuration = { ...CONFIGURATION, refreshToken: null }
    expect(await toy.botpress.register()).toMatchObject({ ok: true })
  })
})

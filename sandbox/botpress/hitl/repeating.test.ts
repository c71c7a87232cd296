import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { OperationFault } from '../operation-faults'
import { bodies } from '../testing/session'
import { installToy, type Toy } from '../testing/toy-integration'

let toy: Toy
beforeEach(async () => void (toy = await installToy()))
afterEach(async () => toy.close())

const lost: OperationFault = { kind: 'answerLost' }

async function escalateWith(...faults: OperationFault[]) {
  toy.botpress.operationFaults = ({ type }) => (type === 'startHitl' ? faults.shift() : undefined)
  const result = await toy.botpress.chat.open({ name: 'Ada' }).escalate()
  return { result, calls: bodies(toy.botpress, 'startHitl') }
}

describe('an action', () => {
  it.each<[string, OperationFault, number]>([
    ['is answered 502', { kind: 'status', status: 502 }, 1],
    ['loses its connection', { kind: 'reset' }, 1],
    ['loses its answer, although it has taken effect', lost, 2],
  ])('is repeated, word by word, when it %s', async (_, fault, conversations) => {
    const { result, calls } = await escalateWith(fault)
    expect(result).toMatchObject({ ok: true })
    expect(calls).toHaveLength(2)
    expect(calls[1]).toEqual(calls[0])
    expect(toy.botpress.conversations).toHaveLength(conversations)
  })

  it('is repeated three times at most', async () => {
    const { result, calls } = await escalateWith(lost, lost, lost, lost, lost)
    expect(result).toMatchObject({ ok: false, message: expect.stringContaining('lost') })
    expect(calls).toHaveLength(4)
  })

  it('is not repeated when the integration refuses it', async () => {
    const { result, calls } = await escalateWith({ kind: 'status', status: 400, body: { message: 'No such inbox' } })
    expect(result).toEqual({ ok: false, message: 'No such inbox' })
    expect(calls).toHaveLength(1)
  })
})

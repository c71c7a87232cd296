import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { HubSpotError } from './errors'
import { callsOf, type Priority } from './limit'

const clock = { now: () => Date.now(), sleep: (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms)) }
const refusal = new HubSpotError('Too many calls', { kind: 'rateLimit', status: 429 })

/** What happened to the calls, in this order. */
let told: string[]
/** Every test has a portal of its own. */
let portal: symbol
let calls: ReturnType<typeof callsOf>

beforeEach(() => {
  vi.useFakeTimers()
  told = []
  portal = Symbol('portal')
  calls = callsOf(portal, clock)
})
afterEach(() => vi.useRealTimers())

function wants(name: string, priority: Priority = 'message', withinMs = 20_000, of = calls): void {
  of.turn(priority, withinMs).then(
    () => told.push(name),
    (thrown: unknown) => told.push(thrown === refusal ? `${name} dropped` : String(thrown)),
  )
}
const after = async (ms: number): Promise<string[]> => {
  await vi.advanceTimersByTimeAsync(ms)
  return told.splice(0)
}

describe('calls of a portal', () => {
  it('do not wait until HubSpot refuses one', async () => {
    for (let n = 0; n < 200; n++) wants(`${n}`)
    expect(await after(0)).toHaveLength(200)
    expect(vi.getTimerCount()).toBe(0)
  })

  it('wait after a refusal until the pause is over and one of them has passed', async () => {
    calls.refused(refusal, 1000)
    for (const name of ['a', 'b', 'c', 'd', 'e', 'f', 'g']) wants(name)
    expect(await after(999)).toEqual([])
    expect(await after(1)).toEqual(['a'])
    expect(await after(5000)).toEqual([])
    calls.passed()
    expect(await after(0)).toEqual(['b', 'c'])
    calls.passed()
    expect(await after(0)).toEqual(['d'])
    calls.passed()
    expect(await after(0)).toEqual(['e'])
    calls.passed()
    expect(await after(0)).toEqual(['f', 'g'])
  })

  it('wait for the next pause when the probe is refused as well', async () => {
    calls.refused(refusal, 1000)
    wants('a')
    wants('b')
    expect(await after(1000)).toEqual(['a'])
    calls.refused(refusal, 2000)
    wants('a again')
    expect(await after(1999)).toEqual([])
    expect(await after(1)).toEqual(['b'])
  })

  it('that are refused go before younger ones of their kind, so that none is overtaken until its time is over', async () => {
    calls.refused(refusal, 1000)
    wants('younger', 'message', 20_000)
    wants('older, again', 'message', 12_000)
    wants('oldest note', 'note', 5_000)
    expect(await after(1000)).toEqual(['older, again'])
    calls.passed()
    expect(await after(0)).toEqual(['younger', 'oldest note'])
  })

  it('that are refused at the same time cause one pause, which the later refusals do not prolong', async () => {
    calls.refused(refusal, 1000)
    wants('a')
    await after(900)
    calls.refused(refusal, 1000)
    wants('short', 'message', 150)
    expect(await after(100)).toEqual(['short'])
    expect(await after(900)).toEqual([])
    calls.passed()
    expect(await after(0)).toEqual(['a'])
  })

  it('which ended well do not cut a pause short', async () => {
    calls.refused(refusal, 1000)
    wants('a')
    calls.passed()
    expect(await after(999)).toEqual([])
    expect(await after(1)).toEqual(['a'])
  })

  it('no longer wait once all that waited have passed', async () => {
    calls.refused(refusal, 1000)
    wants('a')
    await after(1000)
    calls.passed()
    for (const name of ['b', 'c', 'd']) wants(name)
    expect(await after(0)).toEqual(['b', 'c', 'd'])
  })

  it('no longer wait after a pause in which none waited', async () => {
    calls.refused(refusal, 1000)
    await after(1000)
    for (const name of ['a', 'b', 'c']) wants(name)
    expect(await after(0)).toEqual(['a', 'b', 'c'])
  })

  it('wait for calls of the same portal that another object has made', async () => {
    calls.refused(refusal, 1000)
    wants('a', 'message', 20_000, callsOf(portal, clock))
    expect(await after(999)).toEqual([])
    expect(await after(1)).toEqual(['a'])
  })

  it('do not wait for those of another portal', async () => {
    calls.refused(refusal, 1000)
    wants('a', 'message', 20_000, callsOf(Symbol('another'), clock))
    expect(await after(0)).toEqual(['a'])
  })

  it('go in the order of their worth, and those of the same worth in their own', async () => {
    calls.refused(refusal, 1000)
    wants('note', 'note')
    wants('other', 'other')
    wants('first')
    wants('second')
    const went = await after(1000)
    for (let n = 0; n < 3; n++) {
      calls.passed()
      went.push(...(await after(0)))
    }
    expect(went).toEqual(['first', 'second', 'other', 'note'])
  })

  it.each<[string, [string, Priority][]]>([
    [
      'before',
      [
        ['receipt', 'receipt'],
        ['message', 'message'],
      ],
    ],
    [
      'after',
      [
        ['message', 'message'],
        ['receipt', 'receipt'],
      ],
    ],
  ])('lose a receipt that came %s a message which waits', async (_when, wanted) => {
    calls.refused(refusal, 1000)
    for (const [name, priority] of wanted) wants(name, priority)
    expect(await after(0)).toEqual(['receipt dropped'])
    expect(await after(1000)).toEqual(['message'])
  })

  it('keep a receipt while no message waits', async () => {
    calls.refused(refusal, 1000)
    wants('note', 'note')
    wants('receipt', 'receipt')
    expect(await after(1000)).toEqual(['note'])
    calls.passed()
    expect(await after(0)).toEqual(['receipt'])
  })

  it('are given up at once where the pause is longer than their time', async () => {
    calls.refused(refusal, 1000)
    wants('short', 'message', 1000)
    wants('long', 'message', 1001)
    expect(await after(0)).toEqual(['short dropped'])
    expect(await after(1000)).toEqual(['long'])
  })

  it('are given up when their time is over, and leave their place to the next', async () => {
    calls.refused(refusal, 1000)
    wants('probe')
    wants('short', 'other', 3000)
    wants('long', 'other')
    expect(await after(1000)).toEqual(['probe'])
    expect(await after(2000)).toEqual(['short dropped'])
    calls.passed()
    expect(await after(0)).toEqual(['long'])
    expect(vi.getTimerCount()).toBe(0)
  })
})

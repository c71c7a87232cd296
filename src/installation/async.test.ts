import { describe, expect, it } from 'vitest'
import { inTurn, sideBySide } from './async'

const soon = () => new Promise((resolve) => setTimeout(resolve, 1))

describe('side by side', () => {
  it('runs no more than the limit at once, and all of them', async () => {
    let running = 0
    let most = 0
    const outcomes = await sideBySide(3, [1, 2, 3, 4, 5, 6, 7], async (n) => {
      most = Math.max(most, ++running)
      await soon()
      running -= 1
      if (n === 2) throw new Error('two')
      return n * 10
    })
    expect(most).toBe(3)
    expect(outcomes.map((outcome) => (outcome.status === 'fulfilled' ? outcome.value : 'failed'))).toEqual([
      10,
      'failed',
      30,
      40,
      50,
      60,
      70,
    ])
  })

  it('does nothing with nothing', async () => expect(await sideBySide(3, [], soon)).toEqual([]))
})

describe('in turn', () => {
  it('runs the same key one after the other, even after a failure, and other keys meanwhile', async () => {
    const log: string[] = []
    const work =
      (name: string, fails = false) =>
      async () => {
        log.push(`${name} begins`)
        await soon()
        log.push(`${name} ends`)
        if (fails) throw new Error(name)
      }
    await Promise.allSettled([
      inTurn('a', work('first', true)),
      inTurn('a', work('second')),
      inTurn('b', work('other')),
    ])
    const ofA = log.filter((line) => !line.startsWith('other'))
    expect(ofA).toEqual(['first begins', 'first ends', 'second begins', 'second ends'])
    expect(log.indexOf('other begins')).toBeLessThan(log.indexOf('first ends'))
  })

  it('keeps later work waiting for the last one with the key, though earlier ones have ended', async () => {
    const ends: (() => void)[] = []
    const begun: string[] = []
    const work = (name: string) => () =>
      new Promise<void>((end) => {
        begun.push(name)
        ends.push(end)
      })
    const first = inTurn('c', work('first'))
    const second = inTurn('c', work('second'))
    await soon()
    ends[0]?.()
    await first
    const third = inTurn('c', work('third'))
    await soon()
    expect(begun).toEqual(['first', 'second'])
    ends[1]?.()
    await second
    await soon()
    expect(begun).toEqual(['first', 'second', 'third'])
    ends[2]?.()
    await third
  })
})

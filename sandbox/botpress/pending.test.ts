import { describe, expect, it } from 'vitest'
import { Pending } from './pending'

describe('what goes on in the background', () => {
  it('is waited for, together with what it starts', async () => {
    const pending = new Pending()
    const done: string[] = []
    pending.inBackground(() => {
      done.push('first')
      pending.inBackground(() => void done.push('second'), 10)
    })
    await pending.settled()
    expect(done).toEqual(['first', 'second'])
  })

  it('does not hide what it threw', async () => {
    const pending = new Pending()
    pending.inBackground(() => Promise.reject(new Error('broken')))
    await expect(pending.settled()).rejects.toMatchObject({ errors: [new Error('broken')] })
    await pending.settled()
  })

  it('never runs once everything is closed', async () => {
    const pending = new Pending()
    let runs = 0
    pending.inBackground(() => void (runs += 1), 60_000)
    pending.close()
    await pending.settled()
    expect(runs).toBe(0)
  })
})

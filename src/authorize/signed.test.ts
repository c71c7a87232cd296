import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as z from 'zod/mini'
import { sign, unsign, type Seal } from './signed'

const seal: Seal = { clientSecret: 'secret', webhookId: 'webhook-1' }
const schema = z.object({ id: z.string(), until: z.number() })
const open = (text: string, by: Partial<Seal> = {}, now = 0) => unsign({ ...seal, ...by }, schema, { text, now })

describe('what was signed', () => {
  it('comes back as it was, and fits into a URL as it is', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 1 }), (id, until) => {
        const text = sign(seal, { id, until })
        expect(encodeURIComponent(text)).toBe(text)
        expect(open(text)).toEqual({ id, until })
      }),
    )
  })

  it('is worth nothing with one character changed, added or taken away', () => {
    const text = sign(seal, { id: 'a', until: 1 })
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.constantFrom('', 'A', 'AA', '.', '-'), (at, instead) => {
        const changed = text.slice(0, at) + instead + text.slice(at + 1)
        // The last character of base64 holds bits that say nothing.
        fc.pre(changed !== text && at < text.length - 1)
        expect(open(changed)).toBeUndefined()
      }),
    )
  })

  it('is worth nothing to another app or installation', () => {
    const text = sign(seal, { id: 'a', until: 1 })
    expect(open(text, { clientSecret: 'another' })).toBeUndefined()
    expect(open(text, { clientSecret: '' })).toBeUndefined()
    expect(open(text, { webhookId: 'webhook-2' })).toBeUndefined()
  })

  it('ends when its time is over', () => {
    const text = sign(seal, { id: 'a', until: 1000 })
    expect(open(text, {}, 999)).toEqual({ id: 'a', until: 1000 })
    expect(open(text, {}, 1000)).toBeUndefined()
  })

  it('is nothing where the content is not what was asked for', () => {
    expect(open(sign(seal, { until: 1 }))).toBeUndefined()
  })
})

it('nothing that somebody else has made is ever taken', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(open(text)).toBeUndefined()
    }),
  )
})

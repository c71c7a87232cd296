import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as z from 'zod/mini'
import { sign, unsign, type Seal } from './owner-session'

const seal: Seal = { clientSecret: 'secret', webhookId: 'webhook-1' }
const schema = z.object({ id: z.string(), until: z.number() })
const open = (text: string, by: Partial<Seal> = {}, now = 0) => unsign({ ...seal, ...by }, schema, { text, now })

describe('a signed text', () => {
  it('returns its content unchanged and needs no encoding in a URL', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 1 }), (id, until) => {
        const text = sign(seal, { id, until })
        expect(encodeURIComponent(text)).toBe(text)
        expect(open(text)).toEqual({ id, until })
      }),
    )
  })

  it('is invalid with one character changed, added or removed', () => {
    const text = sign(seal, { id: 'a', until: 1 })
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.constantFrom('', 'A', 'AA', '.', '-'), (at, instead) => {
        const changed = text.slice(0, at) + instead + text.slice(at + 1)
        // The last character of base64 has unused bits.
        fc.pre(changed !== text && at < text.length - 1)
        expect(open(changed)).toBeUndefined()
      }),
    )
  })

  it('is invalid for another app or installation', () => {
    const text = sign(seal, { id: 'a', until: 1 })
    expect(open(text, { clientSecret: 'another' })).toBeUndefined()
    expect(open(text, { clientSecret: '' })).toBeUndefined()
    expect(open(text, { webhookId: 'webhook-2' })).toBeUndefined()
  })

  it('expires', () => {
    const text = sign(seal, { id: 'a', until: 1000 })
    expect(open(text, {}, 999)).toEqual({ id: 'a', until: 1000 })
    expect(open(text, {}, 1000)).toBeUndefined()
  })

  it('is invalid if its content does not match the schema', () => {
    expect(open(sign(seal, { until: 1 }))).toBeUndefined()
  })
})

it('a text that was not signed here is invalid', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(open(text)).toBeUndefined()
    }),
  )
})

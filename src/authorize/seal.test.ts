import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { seal, unseal } from './owner-session'

const ours = { clientSecret: 'secret', webhookId: 'webhook-1' }

describe('a sealed text', () => {
  it('returns its content unchanged and needs no encoding in a URL', () => {
    fc.assert(
      fc.property(fc.string(), (id) => {
        const text = seal(ours, { id })
        expect(encodeURIComponent(text)).toBe(text)
        expect(unseal(ours, text)).toEqual({ id })
      }),
    )
  })

  it('shows nothing of its content, and differs each time', () => {
    const [text, again] = [seal(ours, { id: 'a token' }), seal(ours, { id: 'a token' })]
    expect(Buffer.from(text, 'base64url').toString('latin1')).not.toContain('token')
    expect(again).not.toBe(text)
  })

  it('is invalid with one byte changed, added or removed', () => {
    const bytes = Buffer.from(seal(ours, { id: 'a' }), 'base64url')
    fc.assert(
      fc.property(
        fc.nat(bytes.length - 1),
        fc.integer({ min: 1, max: 255 }),
        fc.constantFrom(0, 1, 2),
        (at, by, added) => {
          const changed = Buffer.concat([
            bytes.subarray(0, at),
            Buffer.alloc(added, (bytes[at] ?? 0) ^ by),
            bytes.subarray(at + 1),
          ])
          expect(unseal(ours, changed.toString('base64url'))).toBeUndefined()
        },
      ),
    )
  })

  it('is invalid for another app or installation', () => {
    const text = seal(ours, { id: 'a' })
    for (const other of [{ clientSecret: 'another' }, { clientSecret: '' }, { webhookId: 'webhook-2' }]) {
      expect(unseal({ ...ours, ...other }, text)).toBeUndefined()
    }
  })
})

it('a text that was not sealed here is invalid', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(unseal(ours, text)).toBeUndefined()
    }),
  )
})

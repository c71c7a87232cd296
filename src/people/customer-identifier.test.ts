import { RuntimeError } from '@botpress/sdk'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseCustomerIdentifier } from './customer-identifier'

/** 254 characters. */
const longest = `ada@${'b'.repeat(247)}.de`

describe('"User Email" of the card', () => {
  it.each([
    ['ada@example.com', 'ada@example.com'],
    ['  Ada.Lovelace+bot@Example.COM ', 'ada.lovelace+bot@example.com'],
    ["o'neill@sub.example.co.uk", "o'neill@sub.example.co.uk"],
    ['jörg@exämple.de', 'jörg@exämple.de'],
    ['\u200Bada\u200D@example\u00AD.com\uFEFF', 'ada@example.com'],
    ['\u00A0ada@example.com\u202C', 'ada@example.com'],
    ['<ada@example.com>', 'ada@example.com'],
    ['Ada Lovelace <Ada@example.com>', 'ada@example.com'],
    ['"Ada, (IT)" <ada@example.com>;', 'ada@example.com'],
    ['<mailto:ada@example.com|ada@example.com>', 'ada@example.com'],
    ['mailto:ada@example.com?subject=Hi', 'ada@example.com'],
    ['"ada@example.com".', 'ada@example.com'],
    ['ada@example.com.', 'ada@example.com'],
    ['ａｄａ＠example．com', 'ada@example.com'],
    ['ada@no-reply.bot-7.botpress.com.example', 'ada@no-reply.bot-7.botpress.com.example'],
    [longest, longest],
  ])('reads %j as an e-mail address', async (given, email) => {
    expect(await parseCustomerIdentifier(given)).toEqual({ type: 'email', email })
  })

  it.each([
    ['+1 415 555 0101', '+14155550101'],
    ['0044 20 7946 0018', '+442079460018'],
    ['+49 (0)30 901820', '+4930901820'],
    ['tel:+41-44-668-18-00', '+41446681800'],
    ['14155550101', '+14155550101'],
    ['+5215512345678', '+525512345678'],
    ['\u202A+44 20 7946 0018\u202C', '+442079460018'],
    ['<tel:+442079460018|+44 20 7946 0018>', '+442079460018'],
  ])('reads %j as a phone number', async (given, e164) => {
    expect(await parseCustomerIdentifier(given)).toEqual({ type: 'phone', e164 })
  })

  it.each([
    [undefined, undefined],
    ['', undefined],
    ['   ', undefined],
    ['@no-reply.bot-7.botpress.com', undefined],
    ['user_01@no-reply.bot-7.botpress.com', 'user_01'],
    ['USER_01@NO-REPLY.b.BOTPRESS.com', 'USER_01'],
  ])('takes %j for no identifier, and reads the user of the bot from it', async (given, upstreamUserId) => {
    expect(await parseCustomerIdentifier(given)).toEqual({ type: 'none', upstreamUserId })
  })

  it.each([
    '@',
    'a@',
    '@b.c',
    'a@b',
    'a b@c.de',
    'a@b@c.de',
    'a@b.de <c@d.ef>, g@h.ij',
    '<a@b.de> <c@d.ef>',
    '<>@',
    'a@b.de, c@d.ef',
    'a b@no-reply.c.botpress.com',
    `${'a'.repeat(65)}@b.de`,
    `${longest}e`,
  ])('turns %j away with an example of an e-mail address', async (given) =>
    expect(parseCustomerIdentifier(given)).rejects.toThrow(/is not an e-mail address.*name@example\.com/),
  )

  it.each(['12345', '415 555 0101', 'Ada Lovelace', '+999 1', '+', '++1 415 555 0101', '{{user.email}}'])(
    'turns %j away with an example of a phone number',
    async (given) => expect(parseCustomerIdentifier(given)).rejects.toThrow(/neither.*\+1 212 555 0123/),
  )

  it.each([' ', '.', '"', "'", '<', '>', '|', '@', 'a.', 'mailto:', '\u200b', '\u3000'])(
    'reads a megabyte of %j between other characters in no time',
    async (piece) => {
      const before = process.cpuUsage().user
      await read(`a${piece.repeat(1_000_000 / piece.length)}b`)
      expect((process.cpuUsage().user - before) / 1_000).toBeLessThan(2_000)
    },
  )

  it('never fails otherwise, and keeps what was typed out of the message', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string({ minLength: 8 }), fc.emailAddress()), async (given) => {
        const outcome = await read(given)
        const isRead = ['email', 'phone', 'none'].includes(outcome)
        expect(isRead || (outcome.startsWith('"User Email" of the') && !outcome.includes(given))).toBe(true)
      }),
    )
  })
})

async function read(given: string): Promise<string> {
  try {
    return (await parseCustomerIdentifier(given)).type
  } catch (thrown) {
    if (thrown instanceof RuntimeError) return thrown.message
    throw thrown
  }
}

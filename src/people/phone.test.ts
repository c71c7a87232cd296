import { beforeAll, describe, expect, it } from 'vitest'
import { phoneReader, type ReadPhone } from './phone'

let read: ReadPhone
beforeAll(async () => {
  read = await phoneReader()
})

describe('a phone number', () => {
  it.each([
    ['+525512345678', ['+5215512345678', '+52 1 55 1234 5678', '5215512345678', '0052 55 1234 5678']],
    ['+5491123456789', ['+54 11 2345-6789', '+54 9 11 2345-6789', '5491123456789']],
    ['+5511987654321', ['+551187654321', '+55 11 98765-4321', '551187654321']],
    [
      '+14155550101',
      [
        '14155550101',
        '001 (415) 555-0101',
        '1 (415) 555-0101',
        '1.415.555.0101',
        '＋１４１５５５５０１０１',
        '+1 415\u200B 555\u00AD 0101',
      ],
    ],
    ['+61412345678', ['0061412345678', '61412345678', '+61 0412 345 678']],
    ['+390612345678', ['+39612345678', '0039 06 1234 5678']],
    ['+4520123456', ['4520123456']],
  ])('%s has a key and a search in common with %j', (number, others) => {
    const phone = read(number)
    for (const other of others) {
      expect([other, read(other)?.key]).toEqual([other, phone?.key])
      expect(read(other)?.forms).toContain(phone?.e164)
      expect(phone?.forms).toContain(read(other)?.e164)
    }
  })

  it.each([
    ['+5215512345678', '+525512345678'],
    ['+551187654321', '+5511987654321'],
    ['+39612345678', '+390612345678'],
    // Both can be dialled, and only the owner of the number knows which it is.
    ['+5491123456789', '+5491123456789'],
    ['+54 11 2345-6789', '+541123456789'],
    // Landlines of Brazil have eight digits.
    ['+55 11 3765-4321', '+551137654321'],
    // Italian mobile numbers have no 0 to be cut, and two zeros are no prefix but at the start.
    ['+39 333 123 4567', '+393331234567'],
    ['+1 800 555 0101', '+18005550101'],
    // With its plus, a number that is not in use may still be right.
    ['+1 415 111 0101', '+14151110101'],
  ])('%s is dialled as %s', (given, e164) => expect(read(given)?.e164).toBe(e164))

  it('is searched in every form in which HubSpot may hold it', () => {
    expect(read('+61412345678')?.forms).toEqual([
      '+61412345678',
      '0061412345678',
      '61412345678',
      '412345678',
      '0412345678',
    ])
    expect(read('+14155550101')?.forms).toEqual([
      '+14155550101',
      '0014155550101',
      '14155550101',
      '4155550101',
      '04155550101',
    ])
    expect(read('+525512345678')?.forms).toContain('5215512345678')
    expect(read('+5511987654321')?.forms).toEqual(
      expect.arrayContaining(['11987654321', '1187654321', '+551187654321', '00551187654321', '551187654321']),
    )
    expect(read('+390612345678')?.forms).toEqual(expect.arrayContaining(['0612345678', '612345678', '39612345678']))
  })

  it.each(['4155550101', '415 555 0101', '030901820', '12345', '07911123456', '', '+', 'Ada', '99999999999'])(
    'is not guessed from %j',
    (given) => expect(read(given)).toBeUndefined(),
  )

  it.each([
    ['6592345678', 'Singapore and the United States'],
    ['452 234 5678', 'Denmark and the United States'],
    ['376312345', 'Andorra and any country whose code is missing'],
    ['14151110101', 'the United States, where it is not in use'],
  ])('is not guessed from %s, which may belong to %s', (given) => expect(read(given)).toBeUndefined())

  it.each([`+39${'1'.repeat(15)}`, `+39${'3'.repeat(17)}`])('is not one of more digits than any has: %s', (given) =>
    expect(read(given)).toBeUndefined(),
  )

  it.each([
    ['0412 345 678', 'AU', '+61412345678'],
    ['(415) 555-0101', 'US', '+14155550101'],
    ['11 8765-4321', 'BR', '+5511987654321'],
  ] as const)('%s is read as one of %s', (given, country, e164) => expect(read(given, country)?.e164).toBe(e164))
})

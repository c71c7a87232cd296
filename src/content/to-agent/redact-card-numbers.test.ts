import fc from 'fast-check'
import { getExampleNumber, getCountries } from 'libphonenumber-js'
import examples from 'libphonenumber-js/mobile/examples'
import { describe, expect, it } from 'vitest'
import { redactCardNumbers } from './redact-card-numbers'

/** The numbers that payment providers publish for tests. */
const CARDS = [
  '4111111111111111',
  '4012888888881881',
  '4222222222222',
  '4000000000000000006',
  '5555555555554444',
  '5105105105105100',
  '2223003122003222',
  '2720992222222229',
  '378282246310005',
  '371449635398431',
  '30569309025904',
  '38520000023237',
  '36227206271667',
  '6011111111111117',
  '6011000990139424',
  '6445644564456445',
  '3530111333300000',
  '3566002020360505',
  '6200000000000005',
  '6205500000000000004',
  '6759649826438453',
  '5000550000000029',
  '2200000000000004',
  '6521111111111110',
]

/** The digits with the last one replaced by the one that Luhn's algorithm demands. */
function withCheckDigit(digits: string): string {
  const stem = digits.slice(0, -1)
  let sum = 0
  for (let at = stem.length - 1, weight = 2; at >= 0; at--, weight = 3 - weight) {
    const weighted = Number(stem[at]) * weight
    sum += weighted > 9 ? weighted - 9 : weighted
  }
  return `${stem}${(10 - (sum % 10)) % 10}`
}

const digitsOf = (length: number) => fc.stringMatching(new RegExp(`^\\d{${length}}$`))
const card = fc
  .constantFrom(
    ['4', 16],
    ['4', 19],
    ['51', 16],
    ['55', 16],
    ['2221', 16],
    ['34', 15],
    ['37', 15],
    ['36', 14],
    ['6011', 16],
    ['62', 19],
    ['3528', 16],
  )
  .chain(([first, length]) => digitsOf(length).map((digits) => withCheckDigit(`${first}${digits.slice(first.length)}`)))

const inFours = (digits: string, gap: string): string => digits.match(/\d{1,4}/g)?.join(gap) ?? ''
const mask = (digits: string): string => `•••• ${digits.slice(-4)}`

describe('the number of a payment card', () => {
  it.each(CARDS)('is shortened: %s', (digits) => {
    expect(redactCardNumbers(digits)).toBe(mask(digits))
    expect(redactCardNumbers(`My card is ${digits}, it expires 12/27.`)).toBe(
      `My card is ${mask(digits)}, it expires 12/27.`,
    )
  })

  it.each([
    ['4111 1111 1111 1111', '•••• 1111'],
    ['4111-1111-1111-1111', '•••• 1111'],
    ['4111 – 1111 – 1111 – 1111', '•••• 1111'],
    ['4111\u00A01111\u202F1111\u20111111', '•••• 1111'],
    ['4111\u200B1111\u00AD1111 1111', '•••• 1111'],
    ['3782 822463 10005', '•••• 0005'],
    ['4111.1111.1111.1111', '•••• 1111'],
    ['3782.822463.10005, 4111·1111·1111·1111.', '•••• 0005, •••• 1111.'],
    ['/?card=4111+1111+1111+1111&q=card+4111111111111111', '/?card=•••• 1111&q=card+•••• 1111'],
    ['Visa4111111111111111exp 12/27', 'Visa•••• 1111exp 12/27'],
    ['order AB12, 4111 1111 1111 1111', 'order AB12, •••• 1111'],
    ['order AB12 card 4111 1111 1111 1111', 'order AB12 card •••• 1111'],
    ['Nº4111 1111 1111 1111', 'Nº•••• 1111'],
    ['3056 930902 5904', '•••• 5904'],
    ['4111 111111111111', '•••• 1111'],
    ['37828 22463 10005', '•••• 0005'],
    ['4111 1111 1111\n1111', '•••• 1111'],
    ['1234\n4111\n1111-1111-1111\n5', '1234\n•••• 1111\n5'],
    ['<p>4111 1111 1111<br>1111</p>', '<p>••••<br> 1111</p>'],
    [String.raw`4111\-1111\-1111\-1111`, '•••• 1111'],
    ['by12 card 4111 1111 1111 1111', 'by12 card •••• 1111'],
    ['6205 5000 0000 0000 004', '•••• 0004'],
    ['4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1', '•••• 1111'],
    ['４１１１　１１１１　１１１１　１１１１', '•••• 1111'],
    ['٤١١١ ١١١١ ١١١١ ١١١١', '•••• 1111'],
    ['卡号4111111111111111。', '卡号•••• 1111。'],
    ['4111 1111 1111 1111 12/27 123', '•••• 1111 12/27 123'],
    ['4111 1111 1111 1111 1227 123', '•••• 1111 1227 123'],
    ['4111 1111 1111 1111 123', '•••• 1111 123'],
    ['4111111111111111 1227 123', '•••• 1111 1227 123'],
    ['No. 12 4111111111111111', 'No. 12 •••• 1111'],
    ['4111111111111111 5555555555554444', '•••• 1111 •••• 4444'],
    ['4111 1111 1111 1111\n5555 5555 5555 4444', '•••• 1111\n•••• 4444'],
    ['4111111111111111,5555555555554444;', '•••• 1111,•••• 4444;'],
    ['card_4111111111111111.png', 'card_•••• 1111.png'],
    ['https://files.example/4111111111111111.jpg', 'https://files.example/•••• 1111.jpg'],
    ['/4111%201111%201111%201111.jpg', '/•••• 1111.jpg'],
    ['**4111 1111** 1111 1111', '**••••** 1111'],
    ['`4111111111111111`', '`•••• 1111`'],
    ['<p>4111 <b>1111</b> 1111&nbsp;1111</p>', '<p>••••<b></b> 1111</p>'],
    ['5 <a href="/4111111111111111">6</a>', '5 <a href="/•••• 1111">6</a>'],
    ['<p>Card<br>4111 1111 1111 1111<br>1234</p>', '<p>Card<br>•••• 1111<br>1234</p>'],
  ])('is found in %j', (text, redacted) => expect(redactCardNumbers(text)).toBe(redacted))

  it('is shortened wherever it is, in groups or not, and only once', () => {
    const around = fc.constantFrom('', ' ', ' (', ': ', '\n', '. ', '“', '/')
    fc.assert(
      fc.property(card, fc.constantFrom('', ' ', '-'), around, around, (digits, gap, before, after) => {
        const redacted = redactCardNumbers(`card${before || ' '}${inFours(digits, gap)}${after}\nplease`)
        expect(redacted).toBe(`card${before || ' '}${mask(digits)}${after}\nplease`)
        expect(redactCardNumbers(redacted)).toBe(redacted)
      }),
      { numRuns: 1000 },
    )
  })
})

describe('what is not the number of a card stays:', () => {
  it.each([
    '4111111111111112',
    '1234567812345670',
    '9111111111111111',
    '41111111111111111',
    '4111111111111111111111',
    '41111111111111110000',
    '9400 1118 9922 3818 2281 07',
    '9400 4111 1111 1111 1111 07',
    '1Z 4111111111111111A',
    '1Z4111111111111111',
    'JD4111111111111111',
    '302-1234567-1234567',
    '35-209900-176148-1',
    '490154203237518',
    '353879234252633',
    'GB82 WEST 1234 5698 7654 32',
    '3.4111111111111111',
    '4111.1111.1111.1111.1111',
    '4111.1111+1111.1111',
    '4111,1111,1111,1111',
    'no4111111111111111',
    '4111111111111111a',
    '+4111111111111111',
    '+49 1512 3456789',
    '4111\n1111\n1111\n1111',
    '4111 1111\n1111 1111',
    '41111111 11111111',
    '2024-11-28 14:52:41',
    '550e8400-e29b-41d4-a716-446655440000',
    'bp-1732800000000-3f1c',
    '•••• 1111',
    '',
  ])('%j', (text) => expect(redactCardNumbers(text)).toBe(text))

  const changed = (...texts: string[]) => texts.filter((text) => redactCardNumbers(text) !== text)

  it('numbers without the check digit of a card', () => {
    fc.assert(
      fc.property(card, fc.integer({ min: 1, max: 9 }), (digits, error) => {
        expect(changed(`${digits.slice(0, -1)}${(Number(digits.slice(-1)) + error) % 10}`)).toEqual([])
      }),
    )
  })

  it('longer numbers that contain one of a card', () => {
    const more = fc.integer({ min: 1, max: 9 }).chain(digitsOf)
    fc.assert(
      fc.property(card, more, (digits, extra) => {
        expect(changed(`${extra}${digits}${'0'.repeat(7)}`)).toEqual([])
      }),
    )
    const four = digitsOf(4).filter((group) => !/^(0[1-9]|1[0-2])[23]/.test(group))
    fc.assert(
      fc.property(
        card.filter((digits) => digits.length === 16 && !/(0[1-9]|1[0-2])[23]\d$/.test(digits)),
        four,
        fc.constantFrom(' ', '-'),
        (digits, group, gap) => {
          expect(changed(`${group}${gap}${inFours(digits, gap)}`)).toEqual([])
          expect(changed(`9${group.slice(1)}${gap}${inFours(digits, gap)}${gap}${group}`)).toEqual([])
        },
      ),
    )
  })

  it('order numbers of letters and digits, and those with less than 13 digits', () => {
    const order = fc.tuple(fc.stringMatching(/^[A-Z]{1,3}$/), fc.integer({ min: 1, max: 22 }).chain(digitsOf))
    fc.assert(
      fc.property(order, ([letters, digits]) => {
        expect(changed(`${letters}${digits}`)).toEqual([])
      }),
    )
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }).chain(digitsOf), (digits) => {
        expect(changed(`#${digits}`)).toEqual([])
      }),
    )
    fc.assert(
      fc.property(digitsOf(17), (d) => {
        expect(changed(`${d.slice(0, 3)}-${d.slice(3, 10)}-${d.slice(10)}`)).toEqual([])
      }),
    )
  })

  it('tracking numbers of 20 digits and more, in groups or not', () => {
    fc.assert(
      fc.property(fc.integer({ min: 20, max: 34 }).chain(digitsOf), (digits) => {
        expect(changed(digits)).toEqual([])
        expect(changed(`9${inFours(digits, ' ').slice(1)}`)).toEqual([])
      }),
      { numRuns: 1000 },
    )
  })

  it('IBANs, in groups or not', () => {
    const bank = fc.constantFrom('DE', 'AT', 'ES', 'GB', 'it', 'ch').map((country) => `${country}44`)
    const code = fc.constantFrom('', '5001', '6005', '4111', 'LOYD')
    fc.assert(
      fc.property(bank, code, fc.integer({ min: 12, max: 20 }).chain(digitsOf), (start, bankCode, digits) => {
        const iban = `${start}${bankCode}${digits}`
        const written = iban.match(/.{1,4}/g)?.join(' ') ?? ''
        expect(changed(iban, written, `IBAN: ${written}.`)).toEqual([])
      }),
      { numRuns: 3000 },
    )
  })

  it('IBANs in lower case, and with dashes', () => {
    const start = fc.constantFrom('gb29nwbk', 'ie12bofi', 'it60x054', 'nl91abna', 'DE44', 'fr76')
    fc.assert(
      fc.property(start, fc.integer({ min: 12, max: 20 }).chain(digitsOf), (bank, digits) => {
        const groups = `${bank}${digits}`.match(/.{1,4}/g) ?? []
        expect(changed(groups.join(' '), groups.join(bank === 'DE44' ? '-' : ' '))).toEqual([])
      }),
      { numRuns: 3000 },
    )
  })

  it('IMEIs, which have a check digit too', () => {
    const imei = fc
      .tuple(fc.constantFrom('01', '35', '86', '99', '45', '52'), digitsOf(13))
      .map(([first, digits]) => withCheckDigit(`${first}${digits}`))
    fc.assert(
      fc.property(imei, (d) => {
        expect(changed(d)).toEqual([])
        expect(changed(`${d.slice(0, 2)}-${d.slice(2, 8)}-${d.slice(8, 14)}-${d.slice(14)}`)).toEqual([])
        expect(changed(`${d.slice(0, 6)} ${d.slice(6, 8)} ${d.slice(8, 14)} ${d.slice(14)}`)).toEqual([])
      }),
      { numRuns: 1000 },
    )
  })

  it('phone numbers of all countries, however they are written', () => {
    for (const country of getCountries()) {
      const phone = getExampleNumber(country, examples)
      for (const text of [
        phone?.number,
        phone?.number.slice(1),
        phone?.number.replace('+', '00'),
        phone?.formatInternational(),
        phone?.formatInternational().slice(1),
        phone?.formatNational(),
        phone?.format('RFC3966'),
        phone?.formatInternational().replaceAll(' ', '-'),
      ])
        expect(changed(text ?? '')).toEqual([])
    }
    fc.assert(
      fc.property(fc.integer({ min: 6, max: 15 }).chain(digitsOf), (digits) => {
        expect(changed(`+${digits}`)).toEqual([])
      }),
    )
    fc.assert(
      fc.property(digitsOf(11), (digits) => {
        expect(changed(`491${digits.slice(1)}`)).toEqual([])
      }),
    )
  })
})

it('card numbers are looked for in linear time', () => {
  const pieces = [
    '4',
    '4111 ',
    '4 ',
    '4111-',
    '4111111111111111',
    '4111 1111 1111 1111 ',
    '4<b>',
    '4</b> ',
    '4&nbsp;',
    '-',
  ]
  for (const piece of [...pieces, '4'.repeat(20) + ' ', '4<b ', '4_', '+4', '４', '4 12 ']) {
    const text = piece.repeat(300_000 / piece.length)
    const started = performance.now()
    redactCardNumbers(text)
    expect(`${piece} ${performance.now() - started > 3000 ? 'slow' : 'fast'}`).toBe(`${piece} fast`)
  }
})

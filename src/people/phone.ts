import { parsePhoneNumberFromString, type CountryCode, type PhoneNumber } from 'libphonenumber-js/core'

export type Phone = {
  e164: string
  /** The same for all equivalent numbers. */
  key: string
  /** All the forms in which HubSpot may hold it, in digits, with and without the country. */
  forms: readonly string[]
  country: CountryCode | undefined
}

/**
 * Reads a number in international form, or one of that country. Undefined when it is not a number, or when it is
 * not clear which country it belongs to.
 */
export type ReadPhone = (text: string, country?: CountryCode) => Phone | undefined

/** The table of all countries is loaded with the first number: most customers are known by e-mail. */
export async function phoneReader(): Promise<ReadPhone> {
  const { default: metadata } = await import('libphonenumber-js/min/metadata')
  const parse = (text: string, country?: CountryCode) =>
    country === undefined
      ? parsePhoneNumberFromString(text, metadata)
      : parsePhoneNumberFromString(text, country, metadata)
  return (given, country) => {
    const text = withoutFormatCharacters(given.normalize('NFKC'))
    if (country !== undefined) return phoneOf(parse(text, country), parse)
    // "0044…" is "+44…" on phones without a plus key. WhatsApp leaves the plus out.
    const withPlus = (/^[\d\s().-]+$/.test(text) ? text.replaceAll(/\D/g, '') : text).replace(/^00/, '+')
    if (!/^\d+$/.test(withPlus)) return phoneOf(parse(withPlus), parse)
    return isGuess(withPlus) ? undefined : phoneOf(parse(`+${withPlus}`), parse, 'valid')
  }
}

/** Without what is invisible, such as the marks that come along when an address is copied from a web page. */
export const withoutFormatCharacters = (text: string): string => text.replaceAll(/\p{Cf}/gu, '').trim()

type Parse = (text: string, country?: CountryCode) => PhoneNumber | undefined

/** Ten digits that could be a North American number without its 1; with less, the country is missing altogether. */
const isGuess = (digits: string): boolean => digits.length < 10 || /^[2-9]\d{2}[2-9]\d{6}$/.test(digits)

/** Two ways to write one national number, each made from the other. */
type Equivalence = { callingCode: string; variant: [RegExp, string]; usual: [RegExp, string]; isVariantInUse?: true }

const EQUIVALENCES: readonly Equivalence[] = [
  // Mexico no longer puts a 1 before mobile numbers; WhatsApp still does.
  { callingCode: '52', variant: [/^1(\d{10})$/, '$1'], usual: [/^(\d{10})$/, '1$1'] },
  // Brazil has put a 9 before mobile numbers; WhatsApp leaves it out for older ones.
  { callingCode: '55', variant: [/^(\d\d)([6-9]\d{7})$/, '$19$2'], usual: [/^(\d\d)9([6-9]\d{7})$/, '$1$2'] },
  // Argentina puts a 9 before mobile numbers when they are called from abroad: both can be dialled.
  { callingCode: '54', variant: [/^9(\d{10})$/, '$1'], usual: [/^(\d{10})$/, '9$1'], isVariantInUse: true },
]

/** The form that can be dialled today: `+5215512345678` is +525512345678. */
function usualForm(number: PhoneNumber, parse: Parse): PhoneNumber {
  const { countryCallingCode: code, nationalNumber } = number
  const known = EQUIVALENCES.find(({ callingCode }) => callingCode === code)
  if (known && !known.isVariantInUse) return parse(`+${code}${nationalNumber.replace(...known.variant)}`) ?? number
  if (number.isValid()) return number
  // Where a national number begins with 0, as in Italy, some channels cut that.
  const withZero = parse(`+${code}0${nationalNumber}`)
  return withZero?.isValid() ? withZero : number
}

/** Undefined for a number that cannot be, or is not certain to be, one of its country. */
function phoneOf(
  parsed: PhoneNumber | undefined,
  parse: Parse,
  demand: 'possible' | 'valid' = 'possible',
): Phone | undefined {
  const number = parsed && usualForm(parsed, parse)
  if (!number || !(demand === 'valid' ? number.isValid() : number.isPossible())) return undefined
  const { countryCallingCode: code, nationalNumber, country } = number
  const known = EQUIVALENCES.find(({ callingCode }) => callingCode === code)
  const usual = known ? nationalNumber.replace(...known.variant) : nationalNumber
  const nationals = [nationalNumber, usual, known ? usual.replace(...known.usual) : usual, usual.replace(/^0+/, '')]
  const forms = nationals.flatMap((national) => [
    `+${code}${national}`,
    `00${code}${national}`,
    `${code}${national}`,
    national,
    `0${national}`,
  ])
  return { e164: number.number, key: `+${code}${usual}`, forms: [...new Set(forms)], country }
}

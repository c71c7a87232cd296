import { parsePhoneNumberFromString, type CountryCode, type PhoneNumber } from 'libphonenumber-js/core'

/** Reads a number in international form, or one of that country; undefined for what is no number. */
export type ParsePhoneNumber = (text: string, country?: CountryCode) => PhoneNumber | undefined

/** The table of all countries is loaded with the first number: most customers are known by e-mail. */
export async function phoneNumbers(): Promise<ParsePhoneNumber> {
  const { default: metadata } = await import('libphonenumber-js/min/metadata')
  return (text, country) =>
    country === undefined
      ? parsePhoneNumberFromString(text, metadata)
      : parsePhoneNumberFromString(text, country, metadata)
}

import type { Customer } from '../../sandbox/botpress'

/** What a customer sees, one line each. */
export const chatLines = (customer: Customer): string[] =>
  customer.messages().map(({ who, name, text, type }) => `${name ?? who}: ${text ?? type}`)

/** Resolves when the customer sees a line like this. */
export const sees = (customer: Customer, wanted: string | RegExp): Promise<unknown> =>
  customer.waitFor(({ text = '' }) => (typeof wanted === 'string' ? text === wanted : wanted.test(text)))

import { visible } from '../text'
import { oneLine, shortened } from './split'
import { plain, render, type Words } from './write-markdown'

type Detail = { name: string; value: string }

export type Opening = {
  name: string
  /** E-mail address or phone number, where HubSpot does not show it beside the thread. */
  address?: string | undefined
  /** Markdown, as the description is: a language model often writes both. */
  title?: string | undefined
  description?: string | undefined
  details?: readonly Detail[]
}

/** In UTF-16 units. The opening is one message, whatever the card or a customer's profile contains. */
const LONGEST_TITLE = 200
const LONGEST_DESCRIPTION = 10_000
const LONGEST_DETAIL = 1_000
const LONGEST_DETAILS = 5_000

/** The first message of a thread: what it is about, which HubSpot's list of threads shows, then who asks. */
export function openingOf({ name, address, title = '', description = '', details = [] }: Opening): Words {
  const matter = [...matterOf(title, description), detailsText(details)].map(render)
  const who = (oneLine(name) || 'A customer') + (address ? ` (${address}, not found in HubSpot)` : '')
  const asks = plain(`${who} asked the bot for a person.`)
  return {
    text: [...matter, asks].flatMap(({ text }) => text || []).join('\n\n'),
    richText: `${matter.map(({ richText }) => richText).join('')}<p>${asks.richText}</p>`,
  }
}

/** What a session is about: title and description in Markdown, of limited length. */
export const matterOf = (title: string, description: string): [string, string] => [
  oneLine(title, LONGEST_TITLE),
  shortened(visible(description), LONGEST_DESCRIPTION),
]

/** What the card says in pairs, one line each: "Order: 1042". Pairs without a value are left out. */
export function detailsText(details: readonly Detail[]): string {
  const lines = details
    .map(({ name, value }) => [oneLine(name).replace(/:$/, ''), oneLine(value, LONGEST_DETAIL)] as const)
    .filter(([, value]) => value !== '')
    .map((pair) => pair.filter(Boolean).join(': '))
  return shortened(lines.join('\n'), LONGEST_DETAILS)
}

import { escapeHtml, visible } from '../text'
import { detailsText, type Detail } from './details'
import { oneLine, shortened } from './split'
import { render, type Words } from './write-markdown'

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

/** The first message of a thread: what it is about, which HubSpot's list of threads shows, then who asks. */
export function openingOf({ name, address, title = '', description = '', details = [] }: Opening): Words {
  const matter = [...matterOf(title, description), detailsText(details)].map(render)
  const who = [oneLine(name) || 'A customer', address && `(${address}, not found in HubSpot)`].filter(Boolean).join(' ')
  const asks = `${who} asked the bot for a person.`
  return {
    text: [...matter.map(({ text }) => text), asks].filter(Boolean).join('\n\n'),
    richText: [...matter.map(({ richText }) => richText), `<p>${escapeHtml(asks)}</p>`].join(''),
  }
}

/** What a session is about: title and description in Markdown, of limited length. */
export const matterOf = (title: string, description: string): [string, string] => [
  oneLine(title, LONGEST_TITLE),
  shortened(visible(description), LONGEST_DESCRIPTION),
]

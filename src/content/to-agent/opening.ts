import { splitText } from './split'

export type Opening = {
  name: string
  /** E-mail address or phone number, where HubSpot does not show it beside the thread. */
  address?: string | undefined
  title?: string | undefined
  description?: string | undefined
}

/** In UTF-16 units. The opening is one message, whatever the card or a customer's profile contains. */
const LONGEST_NAME = 100
const LONGEST_TITLE = 200
const LONGEST_DESCRIPTION = 10_000

/** The first message of a thread: who it is and what it is about. */
export function openingText({ name, address, title, description }: Opening): string {
  const who = [oneLine(name) || 'A customer', address && `(${address}, not found in HubSpot)`].filter(Boolean).join(' ')
  return [
    `${who} asked the bot for a person.`,
    shortened(title, LONGEST_TITLE),
    shortened(description, LONGEST_DESCRIPTION),
  ]
    .filter(Boolean)
    .join('\n\n')
}

export const oneLine = (name: string): string => shortened(name.replaceAll(/\s+/g, ' '), LONGEST_NAME)

function shortened(text = '', longest: number): string {
  const trimmed = text.trim()
  if (trimmed.length <= longest) return trimmed
  const [kept = ''] = splitText(trimmed.slice(0, longest), longest)
  return `${kept} (shortened)`
}

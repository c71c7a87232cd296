export type Opening = {
  name: string
  /** E-mail address or phone number, where HubSpot does not show it beside the thread. */
  address?: string | undefined
  title?: string | undefined
  description?: string | undefined
}

/** The first message of a thread: who it is and what it is about. */
export function openingText({ name, address, title, description }: Opening): string {
  const who = [name || 'A customer', address && `(${address})`].filter(Boolean).join(' ')
  return [`${who} asked the bot for a person.`, title?.trim(), description?.trim()].filter(Boolean).join('\n\n')
}

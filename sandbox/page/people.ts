import type { Customer } from '../botpress'
import { shopBot } from '../botpress/chat/shop-bot'
import { ADA, nameOf, type Person } from '../people'
import type { Stack } from '../stack'

/** Customers whom HubSpot knows, in the order in which they come to the chat. */
export const PEOPLE: readonly (Person & { email: string })[] = [
  ADA,
  { firstname: 'Lin', lastname: 'Sample', email: 'lin@example.com', phone: '+1 212 555 0123' },
  { firstname: 'Kim', lastname: 'Specimen', email: 'kim@example.com' },
]

/** Nobody in HubSpot has it, so that an escalation with it is refused. */
export const UNKNOWN_ADDRESS = 'nobody@example.com'

/** The next customer opens the chat: somebody whom HubSpot knows as long as there are such, then strangers. */
export function openChat({ hubspot, botpress }: Stack): Customer {
  const { chat } = botpress
  const taken = new Set(chat.customers.map(({ name }) => name))
  const person = PEOPLE.find((each) => !taken.has(nameOf(each)))
  const known = person ? [person.email, person.phone].filter((address) => address !== undefined) : []
  return chat.open({
    name: person ? nameOf(person) : `Guest ${chat.customers.length + 1}`,
    bot: shopBot({
      teams: hubspot.inboxes.map(({ id, name }) => ({ label: name.replace(/ (inbox|help desk)$/, ''), inboxId: id })),
      addresses: [...known, UNKNOWN_ADDRESS],
    }),
  })
}

/** The address by which HubSpot knows a customer of that name, if it does. */
export const addressOf = (name: string): string | undefined => PEOPLE.find((each) => nameOf(each) === name)?.email

import { isPlayedHere, type Sandbox } from '../assemble'
import type { Customer } from '../botpress'
import { shopBot, type Team } from '../botpress/chat/shop-bot'
import { ADA, KIM, LIN, nameOf, type KnownCustomer } from '../known-customers'
import { connectedInboxes } from './look/connected-inboxes'
import type { InboxView } from './view'

/** Customers with a contact in HubSpot, in the order in which they open the chat. */
export const CHAT_CUSTOMERS: readonly (KnownCustomer & { email: string })[] = [ADA, LIN, KIM]

/** No contact in HubSpot has it: the setting Unknown Customers decides. */
export const UNKNOWN_ADDRESS = 'nobody@example.com'

/** Opens the chat for the next customer: first those with a contact in HubSpot, then guests. */
export function openChat(sandbox: Sandbox): Customer {
  const { botpress } = sandbox
  const { chat } = botpress
  const taken = new Set(chat.customers.map(({ name }) => name))
  // The contacts of a real account are unknown here.
  const customer = isPlayedHere(sandbox) ? CHAT_CUSTOMERS.find((each) => !taken.has(nameOf(each))) : undefined
  const known = customer ? [customer.email, customer.phone].filter((address) => address !== undefined) : []
  return chat.open({
    name: customer ? nameOf(customer) : `Guest ${chat.customers.length + 1}`,
    bot: shopBot({
      teams: () => teamsAt(connectedInboxes(botpress)),
      addresses: isPlayedHere(sandbox) ? [...known, UNKNOWN_ADDRESS] : [],
    }),
  })
}

/** Short labels for customers, if they are unambiguous. */
function teamsAt(inboxes: InboxView[]): Team[] {
  const shortened = ({ name }: InboxView) => name.replace(/ (inbox|help desk)$/i, '')
  const isClear = new Set(inboxes.map(shortened)).size === inboxes.length
  return inboxes.map((inbox) => ({ label: isClear ? shortened(inbox) : inbox.name, inboxId: inbox.id }))
}

/** The e-mail address of the customer with that name, if HubSpot has a contact. */
export const addressOf = (name: string): string | undefined =>
  CHAT_CUSTOMERS.find((each) => nameOf(each) === name)?.email

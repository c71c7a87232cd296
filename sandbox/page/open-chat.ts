import { isPlayedHere, type Sandbox } from '../assemble'
import type { Customer } from '../botpress'
import { shopBot, type Team } from '../botpress/chat/shop-bot'
import { ADA, KIM, LIN, nameOf, type KnownCustomer } from '../known-customers'
import { connectedInboxes } from './look/connected-inboxes'
import type { InboxView } from './view'

/** Customers whom HubSpot knows, in the order in which they come to the chat. */
export const CHAT_CUSTOMERS: readonly (KnownCustomer & { email: string })[] = [ADA, LIN, KIM]

/** Nobody in HubSpot has it, so that an escalation with it is refused. */
export const UNKNOWN_ADDRESS = 'nobody@example.com'

/** The next customer opens the chat: somebody whom HubSpot knows as long as there are such, then strangers. */
export function openChat(sandbox: Sandbox): Customer {
  const { botpress } = sandbox
  const { chat } = botpress
  const taken = new Set(chat.customers.map(({ name }) => name))
  // Whom a real account knows is not known here.
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

/** As customers would call them, as long as that tells one from another. */
function teamsAt(inboxes: InboxView[]): Team[] {
  const shortened = ({ name }: InboxView) => name.replace(/ (inbox|help desk)$/i, '')
  const isClear = new Set(inboxes.map(shortened)).size === inboxes.length
  return inboxes.map((inbox) => ({ label: isClear ? shortened(inbox) : inbox.name, inboxId: inbox.id }))
}

/** The address by which HubSpot knows a customer of that name, if it does. */
export const addressOf = (name: string): string | undefined =>
  CHAT_CUSTOMERS.find((each) => nameOf(each) === name)?.email

import { isPlayedHere, type Sandbox } from '../assemble'
import type { Customer } from '../botpress'
import type { BotAnswer } from '../botpress/chat/bot'
import { shopBot, type Team } from '../botpress/chat/shop-bot'
import { textLine } from '../botpress/hitl/upstream'
import { ADA, BEN, KIM, LIN, nameOf, type KnownCustomer } from '../known-customers'
import { connectedInboxes } from './look/chats'
import type { InboxView } from './view'

/** Customers with a contact in HubSpot, in the order in which they open the chat. */
export const CHAT_CUSTOMERS: readonly KnownCustomer[] = [ADA, LIN, KIM, BEN]

/** No contact in HubSpot has it: the setting Unknown Customers decides. */
export const UNKNOWN_ADDRESS = 'nobody@example.com'

/** Opens the chat for a customer; if none is given, for the next one with a contact in HubSpot, and then for guests. */
export function openChat(sandbox: Sandbox, given?: KnownCustomer): Customer {
  const { botpress } = sandbox
  const taken = new Set(botpress.chat.customers.map(({ name }) => name))
  // The contacts of a real account are unknown here.
  const next = isPlayedHere(sandbox) ? CHAT_CUSTOMERS.find((each) => !taken.has(nameOf(each))) : undefined
  const customer = given ?? next
  const known = [customer?.email, customer?.phone].filter((address) => address !== undefined)
  const bot = shopBot({
    teams: () => teamsAt(connectedInboxes(botpress)),
    addresses: isPlayedHere(sandbox) ? [...known, UNKNOWN_ADDRESS] : [],
  })
  return botpress.chat.open({
    name: customer ? nameOf(customer) : `Guest ${taken.size + 1}`,
    bot: { ...bot, answers: (message) => honestly(botpress, bot.answers(message)) },
  })
}

/** Before it escalates, the bot asks whether an agent is available, and does not promise one if none is. */
async function honestly(botpress: Sandbox['botpress'], answer: BotAnswer): Promise<BotAnswer> {
  if (!answer.escalation) return answer
  const { output } = await botpress.action('getAvailability', {})
  return Object(output).status === 'away' ? { ...answer, says: [textLine('bot', NO_ONE_THERE)] } : answer
}

const NO_ONE_THERE = 'No one is available right now. Our team will see your question and reply when they are back.'

/** Short labels for customers, if they are unambiguous. */
function teamsAt(inboxes: InboxView[]): Team[] {
  const shortened = ({ name }: InboxView) => name.replace(/ (inbox|help desk)$/i, '')
  const isClear = new Set(inboxes.map(shortened)).size === inboxes.length
  return inboxes.map((inbox) => ({ label: isClear ? shortened(inbox) : inbox.name, inboxId: inbox.id }))
}

/** The address that HubSpot has of the customer with that name; for others, one that it does not know. */
export function addressOf(name: string): string {
  const known = CHAT_CUSTOMERS.find((each) => nameOf(each) === name)
  return known?.email ?? known?.phone ?? UNKNOWN_ADDRESS
}

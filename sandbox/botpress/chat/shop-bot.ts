import type { Escalation } from '../hitl-plugin'
import { textLine, type ChatLine, type ChatMessage } from '../hitl/upstream'
import { botSays, type BotAnswer, type Bot } from './bot'

/** Whom a customer can ask for, and the inbox or help desk where these people work. */
export type Team = { label: string; inboxId: string }

export type ShopBotOptions = {
  /** Asked for whenever a customer wants a person. With one there is nothing to choose; without any, the default. */
  teams: () => Team[]
  /** E-mail addresses and phone numbers that the customer is offered to choose from. */
  addresses: string[]
}

const HUMAN = 'Talk to a human'
const NEVER_MIND = 'Never mind'
const TOPICS = ['Delivery', 'Returns', 'Opening hours', HUMAN]

const KNOWN: [RegExp, string][] = [
  [/deliver|parcel|ship/i, 'Parcels take two to three working days. Shipping is free from 50 euros.'],
  [/return|refund|broken|damaged/i, 'You can send anything back within 30 days. If it came broken, a person decides.'],
  [/hour|open|when/i, 'Our people answer from Monday to Friday, nine to six. I am always here.'],
  [/thank/i, 'You are welcome!'],
]

const WANTS_A_PERSON = /human|person|agent|somebody|someone/i
const LOOKS_LIKE_AN_ADDRESS = /\S@\S|(?:\d\D*){5}/

/** Where the talk about a handover has got to. */
type Step = { asks: 'nothing' } | { asks: 'team'; teams: Team[] } | { asks: 'address'; team: Team | undefined }

/** A shop's bot with three answers, which asks for what an escalation needs. Each conversation has one of its own. */
export function shopBot({
  teams,
  addresses,
}: ShopBotOptions): Omit<Bot, 'answers'> & { answers: (message: ChatMessage) => BotAnswer } {
  let step: Step = { asks: 'nothing' }
  let matter: string | undefined

  const answerTo = (text: string): BotAnswer => {
    if (text === NEVER_MIND) {
      step = { asks: 'nothing' }
      return says(choice('Then I am still here. What would you like to know?', TOPICS))
    }
    switch (step.asks) {
      case 'team':
        return toTeam(text, step.teams)
      case 'address':
        return toAddress(text, step.team)
      case 'nothing':
        return toQuestion(text)
    }
  }
  const toQuestion = (text: string): BotAnswer => {
    if (WANTS_A_PERSON.test(text)) return toPerson(teams())
    matter ??= text
    const known = KNOWN.find(([pattern]) => pattern.test(text))
    return says(known ? textLine('bot', known[1]) : choice('I am only a small bot. I know about these things:', TOPICS))
  }
  const toPerson = (offered: Team[]): BotAnswer => {
    const [first, second] = offered
    if (!second) return askAddress(first)
    step = { asks: 'team', teams: offered }
    return says(
      choice('Sure. Which team would you like to talk to?', [...offered.map(({ label }) => label), NEVER_MIND]),
    )
  }
  const toTeam = (text: string, offered: Team[]): BotAnswer => {
    const team = offered.find(({ label }) => label.toLowerCase() === text.toLowerCase())
    return team ? askAddress(team) : toPerson(offered)
  }
  const askAddress = (team: Team | undefined): BotAnswer => {
    step = { asks: 'address', team }
    return says(
      choice('What is your e-mail address or phone number? Our team uses it to find you.', [...addresses, NEVER_MIND]),
    )
  }
  const toAddress = (text: string, team: Team | undefined): BotAnswer => {
    if (!LOOKS_LIKE_AN_ADDRESS.test(text)) {
      return says(choice('That is neither an e-mail address nor a phone number.', [...addresses, NEVER_MIND]))
    }
    step = { asks: 'nothing' }
    const escalation: Escalation = {
      title: matter ?? 'A question',
      userEmail: text,
      ...(team && { description: `For: ${team.label}`, hitlSession: { inboxId: team.inboxId } }),
    }
    return { ...says(textLine('bot', 'One moment, I am asking for a person.')), escalation }
  }
  return {
    greets: () => [choice('Hello! I am the bot of this shop. What would you like to know?', TOPICS)],
    answers: ({ text }: ChatMessage) =>
      text === undefined ? says(choice('I cannot look into files, but a person can.', [HUMAN])) : answerTo(text.trim()),
    isRefused: () => [choice(botSays.refused, [HUMAN])],
  }
}

const says = (...lines: ChatLine[]): BotAnswer => ({ says: lines })

/** A question with buttons; what is on the button is what it says. */
function choice(text: string, labels: string[]): ChatLine {
  return { who: 'bot', type: 'choice', payload: { text, options: labels.map((label) => ({ label, value: label })) } }
}

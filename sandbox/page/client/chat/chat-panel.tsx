import type { ChatView, View } from '../../view'
import { Avatar } from '../parts/avatar'
import { Icon } from '../parts/icons'
import { StickyList } from '../parts/sticky-list'
import { act } from '../state/act'
import { ChatLine } from './chat-line'
import { Composer } from './composer'

type Props = { chats: ChatView[]; hubspot: View['hubspot']; chosen: ChatView; choose: (id: number) => void }

/** The customers' side: one chat at a time, as they see it on a website. */
export const ChatPanel = ({ chats, hubspot, chosen, choose }: Props) => (
  <section class="chat" aria-label="The customer's chat">
    <Customers chats={chats} chosen={chosen} choose={choose} />
    <div class="widget">
      <WidgetHeader chat={chosen} />
      <Lines key={chosen.id} chat={chosen} />
      <Composer key={`composer-${chosen.id}`} chat={chosen} />
    </div>
    <p class="hint">{addressHint(hubspot)} Botpress keeps the first address that a customer gives.</p>
  </section>
)

function addressHint(hubspot: View['hubspot']): string {
  if (hubspot.kind === 'real') return 'Give the e-mail address or phone number of a contact in your HubSpot account.'
  const addresses = hubspot.contacts.flatMap(({ email, phone }) => [email, phone])
  const known = addresses.filter((address) => address !== undefined).join(', ')
  return `HubSpot knows ${known}. With another address, the customer is a visitor, unless the setting Unknown Customers says otherwise.`
}

const Customers = ({ chats, chosen, choose }: Omit<Props, 'hubspot'>) => (
  <nav class="customers" aria-label="Customers">
    {chats.map(({ id, name, isWithPerson }) => (
      <button key={id} type="button" class="customer" aria-current={id === chosen.id} onClick={() => choose(id)}>
        <Avatar name={name} kind="customer" />
        <span>{name}</span>
        <span class="unseen"> {isWithPerson ? 'with a person' : 'with the bot'}</span>
      </button>
    ))}
    <button
      type="button"
      class="customer customer-new"
      onClick={() => void act('openChat').then((isOpen) => isOpen && choose(chats.length))}
    >
      <Icon name="plus" />
      <span>New customer</span>
    </button>
  </nav>
)

function WidgetHeader({ chat: { agent, isWithPerson, name } }: { chat: ChatView }) {
  const state = isWithPerson ? (agent ?? 'Waiting for a person') : 'The shop’s bot'
  return (
    <header class={`widget-header ${isWithPerson ? 'is-with-person' : ''}`}>
      <Avatar name={agent ?? 'Bot'} kind={agent === undefined ? 'bot' : 'agent'} />
      <div>
        <h2>{state}</h2>
        <p>chatting with {name}</p>
      </div>
    </header>
  )
}

/** The options are those of the last line, so they disappear with the next line. */
const Lines = ({ chat }: { chat: ChatView }) => (
  <StickyList label={`Chat with ${chat.name}`} class="lines" isLive>
    {chat.lines.map((line) => (
      <ChatLine key={line.id} line={line} />
    ))}
    <Choices chat={chat} />
  </StickyList>
)

function Choices({ chat }: { chat: ChatView }) {
  const choices = chat.lines.at(-1)?.choices ?? []
  if (choices.length === 0) return null
  return (
    <div class="choices" role="group" aria-label="Answers to choose from">
      {choices.map((text) => (
        <button key={text} type="button" class="choice" onClick={() => void act('say', { chat: chat.id, text })}>
          {text}
        </button>
      ))}
    </div>
  )
}

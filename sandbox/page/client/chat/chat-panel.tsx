import { useEffect, useRef } from 'preact/hooks'
import type { ChatView } from '../../view'
import { Avatar, Button, IconButton, Latest } from '../parts/basics'
import { colourOf, stateOf } from '../parts/people'
import { Item } from '../parts/message'
import { act } from '../state/server'
import { Composer } from './composer'

type Props = { chats: ChatView[]; chosen: ChatView; choose: (id: number) => void }

/** The customers' side: one chat at a time, as they see it on a website. */
export const ChatPanel = ({ chats, chosen, choose }: Props) => (
  <section class="chat" id="chat" aria-label="The customer's chat">
    <div class="customers">
      <nav class="row wrap scroll" aria-label="Customers">
        {chats.map((chat) => (
          <Chip key={chat.id} chat={chat} isChosen={chat.id === chosen.id} choose={choose} />
        ))}
      </nav>
      <IconButton
        icon="plus"
        label="New customer"
        onClick={() => void act('openChat').then(async (opened) => opened && choose(Number(await opened.json())))}
      />
    </div>
    <div class="panel box widget" key={chosen.id}>
      <WidgetHeader chat={chosen} />
      <Latest label={`Chat with ${chosen.name}`} class="lines" isLive>
        {chosen.lines.map((line) => (
          <Item key={line.id} item={line} />
        ))}
        {chosen.choices.length > 0 && (
          <div class="row wrap choices live" role="group" aria-label="Answers to choose from">
            {chosen.choices.map((text) => (
              <Button key={text} onClick={() => void act('say', { chat: chosen.id, text })}>
                {text}
              </Button>
            ))}
          </div>
        )}
      </Latest>
      <Composer chat={chosen} />
    </div>
  </section>
)

type ChipProps = { chat: ChatView; isChosen: boolean; choose: (id: number) => void }

function Chip({ chat, isChosen, choose }: ChipProps) {
  const { id, name } = chat
  const { state, words } = stateOf(chat)
  const chip = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    const { offsetTop = 0, offsetParent } = chip.current ?? {}
    if (isChosen) offsetParent?.scrollTo({ top: offsetTop })
  }, [isChosen])
  return (
    <button ref={chip} class="chip row" style={colourOf(id)} aria-current={isChosen} onClick={() => choose(id)}>
      <Avatar name={name} kind="customer" />
      <span>{name}</span> <small class={`badge is-${state}`}>{words}</small>
    </button>
  )
}

/** What a webchat can tell: the agent's name comes with the first message. */
function WidgetHeader({ chat }: { chat: ChatView }) {
  const { state } = stateOf(chat)
  const asked = chat.sessions.at(-1)?.at ?? 0
  const agent = chat.lines.findLast(({ kind, at }) => kind === 'agent' && at >= asked)?.name
  const title = { bot: 'The shop’s bot', waiting: 'Waiting for a person', agent: agent ?? 'A human agent' }[state]
  return (
    <header class="row pad">
      <Avatar name={state === 'agent' ? title : 'Bot'} kind={state === 'agent' ? 'agent' : 'bot'} />
      <div>
        <h2>{title}</h2>
        <p class="small">{chat.name}’s chat on the shop’s website</p>
      </div>
    </header>
  )
}

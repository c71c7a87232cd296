import type { AgentView, ChatView, DeskView, ThreadView } from '../../view'
import { firstName, stateOf } from '../parts/people'
import { act } from '../state/server'
import { Thread } from './thread'
import { ThreadList } from './thread-list'

type Props = {
  view: DeskView
  chats: ChatView[]
  chat: ChatView | undefined
  thread: ThreadView | undefined
  /** The agent that this window acts as. */
  agent: { agentId: string; setAgentId: (id: string) => void }
  /** Undefined leaves the thread. */
  choose: (threadId: string | undefined) => void
  isPast: boolean
}

/** The agents' side, as in HubSpot. Each window can act as a different agent. */
export function Desk({ view, chats, chat, thread, agent, choose, isPast }: Props) {
  const { agentId, setAgentId } = agent
  return (
    <section class={`panel box desk ${thread ? 'has-thread' : ''}`} id="desk" aria-label="The agents' desk in HubSpot">
      <header class="row wrap">
        <h2>The agents’ desk in HubSpot</h2>
        <Me agents={view.agents} agentId={agentId} onChange={setAgentId} />
      </header>
      <ThreadList view={view} chats={chats} chosen={thread} choose={choose} />
      {thread ? (
        <Thread
          key={thread.id}
          thread={thread}
          view={view}
          agentId={agentId}
          leave={() => choose(undefined)}
          isPast={isPast}
        />
      ) : (
        <NothingChosen threads={view.threads} chat={isPast ? undefined : chat} />
      )}
    </section>
  )
}

type MeProps = { agents: AgentView[]; agentId: string; onChange: (id: string) => void }

const Me = ({ agents, agentId, onChange }: MeProps) => (
  <label class="row">
    <span class="soft">You are</span>
    <select value={agentId} onChange={({ currentTarget }) => onChange(currentTarget.value)}>
      {agents.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </select>
  </label>
)

/** One button suffices for a first handoff. */
function NothingChosen({ threads, chat }: { threads: ThreadView[]; chat: ChatView | undefined }) {
  const waiting = threads.filter(({ state, assignedTo }) => state === 'open' && !assignedTo).length
  return (
    <div class="alone">
      <h3>{threads.length === 0 ? 'No conversation yet' : 'Choose a conversation'}</h3>
      {waiting > 0 && <p>{waiting === 1 ? 'A customer is waiting.' : `${waiting} customers are waiting.`}</p>}
      {chat && stateOf(chat).state === 'bot' && (
        <button type="button" class="is-primary" onClick={() => void act('ask', { chat: chat.id })}>
          Ask for a person as {firstName(chat.name)}
        </button>
      )}
    </div>
  )
}

import type { AgentView, ThreadView, DeskView } from '../../view'
import { act } from '../state/act'
import { useRemembered } from '../state/remembered'
import { ContactCard } from './contact-card'
import { Thread } from './thread'
import { ThreadList } from './thread-list'

type Props = { view: DeskView; chosen: string; choose: (threadId: string) => void }

/** The agents' side, as in HubSpot. Each window can act as a different agent. */
export function Desk({ view, chosen, choose }: Props) {
  const [agentId, setAgentId] = useRemembered('agent', view.agents[0]?.id ?? '')
  const thread = view.threads.find(({ id }) => id === chosen)
  const open = (id: string) => {
    choose(id)
    if (id !== '') void act('look', { thread: id })
  }
  return (
    <section class={`desk ${thread ? 'has-thread' : ''}`} aria-label="The agents' desk in HubSpot">
      <header class="desk-header">
        <h2>HubSpot conversations</h2>
        <Me agents={view.agents} agentId={agentId} onChange={setAgentId} />
      </header>
      <ThreadList view={view} chosen={chosen} choose={open} />
      {thread ? (
        <>
          <Thread key={thread.id} thread={thread} view={view} agentId={agentId} leave={() => open('')} />
          <ContactCard thread={thread} inboxes={view.inboxes} />
        </>
      ) : (
        <NothingChosen threads={view.threads} />
      )}
    </section>
  )
}

type MeProps = { agents: AgentView[]; agentId: string; onChange: (id: string) => void }

const Me = ({ agents, agentId, onChange }: MeProps) => (
  <label class="me">
    <span>You are</span>
    <select value={agentId} onChange={({ currentTarget }) => onChange(currentTarget.value)}>
      {agents.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </select>
  </label>
)

const NothingChosen = ({ threads }: { threads: ThreadView[] }) => (
  <div class="nothing-chosen">
    {threads.length === 0 ? (
      <>
        <h3>No conversation yet</h3>
        <p>In the chat, choose “Talk to a human”. The conversation appears here.</p>
      </>
    ) : (
      <>
        <h3>Choose a conversation</h3>
        <p>A customer is waiting for an answer.</p>
      </>
    )}
  </div>
)

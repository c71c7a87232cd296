import { useState } from 'preact/hooks'
import type { AccountView, ChatView, DeskView, ThreadView } from '../../view'
import { Button } from '../parts/basics'
import { firstName, stateOf } from '../parts/people'
import { act } from '../state/server'
import { AgentSelect, Thread } from './thread'
import { ThreadList } from './thread-list'

type Props = {
  view: DeskView
  chat: ChatView
  thread: ThreadView | undefined
  /** The agent that this window acts as. */
  agent: { agentId: string; setAgentId: (id: string) => void }
  /** Undefined leaves the thread. */
  choose: (threadId: string | undefined) => void
}

/** The agents' side, as in HubSpot. Each window can act as a different agent. */
export function Desk({ view, chat, thread, agent, choose }: Props) {
  const { agentId, setAgentId } = agent
  const [picked, setPicked] = useState<Record<string, File[]>>({})
  return (
    <section class={`panel box desk ${thread ? 'has-thread' : ''}`} id="desk" aria-label="The agents' desk in HubSpot">
      <header class="row wrap">
        <h2>The agents’ desk in HubSpot</h2>
        <AgentSelect label="You are" agents={view.agents} value={agentId} onChange={setAgentId} />
      </header>
      <ThreadList view={view} chosen={thread} choose={choose} />
      {thread ? (
        <Thread
          key={thread.id}
          thread={thread}
          agents={view.agents}
          agentId={agentId}
          leave={() => choose(undefined)}
          picked={{
            files: picked[thread.id] ?? [],
            setFiles: (change) => setPicked((all) => ({ ...all, [thread.id]: change(all[thread.id] ?? []) })),
          }}
        />
      ) : (
        <NothingChosen threads={view.threads} chat={chat} />
      )}
    </section>
  )
}

/** One button suffices for a first handoff. */
function NothingChosen({ threads, chat }: { threads: ThreadView[]; chat: ChatView }) {
  const waiting = threads.filter(({ state, assignedTo }) => state === 'open' && !assignedTo).length
  return (
    <div class="alone">
      <h3>{threads.length === 0 ? 'No conversation yet' : 'Choose a conversation'}</h3>
      {waiting > 0 && <p>{waiting === 1 ? 'A customer is waiting.' : `${waiting} customers are waiting.`}</p>}
      {stateOf(chat).state === 'bot' && (
        <Button class="is-primary live" onClick={() => void act('ask', { chat: chat.id })}>
          Ask for a person as {firstName(chat.name)}
        </Button>
      )}
    </div>
  )
}

/** Replaces the desk for a real account, whose agents use HubSpot. */
export const Account = ({ account: { appUrl, inboxes } }: { account: AccountView }) => (
  <section class="panel box desk" id="desk" aria-label="The agents' desk in HubSpot">
    <header class="row">
      <h2>The agents’ desk in HubSpot</h2>
    </header>
    <div class="alone" role="status">
      {inboxes.length === 0 ? (
        <>
          <h3>No HubSpot account is connected yet</h3>
          <p>“Set up” shows the reason and lets you authorize.</p>
          <a href="/settings">Set up the connection</a>
        </>
      ) : (
        <>
          <h3>The agents use HubSpot</h3>
          <p>Conversations from the chat appear there, in:</p>
          <p>{inboxes.map(({ name, isHelpDesk }) => `${name} (${isHelpDesk ? 'help desk' : 'inbox'})`).join(', ')}</p>
          <a href={appUrl} target="_blank" rel="noreferrer">
            Reply in HubSpot
          </a>
        </>
      )}
    </div>
  </section>
)

import type { ThreadView, DeskView } from '../../view'
import { Avatar } from '../parts/avatar'
import { Ago } from '../parts/time'
import { Unread } from '../parts/unread'
import { useRemembered } from '../state/remembered'

type Props = { view: DeskView; chosen: string; choose: (threadId: string) => void }

const STATES: { state: ThreadView['state']; title: string }[] = [
  { state: 'open', title: 'Open' },
  { state: 'closed', title: 'Closed' },
  { state: 'trash', title: 'Trash' },
]

/** The inboxes with their threads, unread ones marked. */
export function ThreadList({ view: { inboxes, threads, agents }, chosen, choose }: Props) {
  const [inboxId, setInboxId] = useRemembered('inbox', '')
  const [state, setState] = useRemembered('state', 'open')
  const inInbox = threads.filter((thread) => inboxId === '' || thread.inboxId === inboxId)
  const shown = inInbox.filter((thread) => thread.state === state)
  const agentName = (id: string | undefined) => agents.find((agent) => agent.id === id)?.name
  return (
    <nav class="thread-list" aria-label="Inboxes and threads">
      <div class="inboxes" role="group" aria-label="Inbox">
        <InboxButton name="All" kind="" threads={threads} isChosen={inboxId === ''} choose={() => setInboxId('')} />
        {inboxes.map(({ id, name, isHelpDesk }) => (
          <InboxButton
            key={id}
            name={name}
            kind={isHelpDesk ? 'help desk' : 'inbox'}
            threads={threads.filter((thread) => thread.inboxId === id)}
            isChosen={inboxId === id}
            choose={() => setInboxId(id)}
          />
        ))}
      </div>
      <div class="states" role="group" aria-label="Which threads">
        {STATES.map(({ state: each, title }) => (
          <button key={each} type="button" aria-pressed={each === state} onClick={() => setState(each)}>
            {title} {inInbox.filter((thread) => thread.state === each).length}
          </button>
        ))}
      </div>
      <ul class="threads">
        {shown.map((thread) => (
          <li key={thread.id}>
            <ThreadButton
              thread={thread}
              assignee={agentName(thread.assignedTo)}
              isChosen={thread.id === chosen}
              choose={() => choose(thread.id)}
            />
          </li>
        ))}
        {shown.length === 0 && <li class="no-threads">Nothing here.</li>}
      </ul>
    </nav>
  )
}

type InboxProps = { name: string; kind: string; threads: ThreadView[]; isChosen: boolean; choose: () => void }

const InboxButton = ({ name, kind, threads, isChosen, choose }: InboxProps) => (
  <button type="button" aria-pressed={isChosen} onClick={choose}>
    <span>
      {name} {kind !== '' && <small>{kind}</small>}
    </span>
    <Unread threads={threads} />
  </button>
)

type ThreadProps = { thread: ThreadView; assignee: string | undefined; isChosen: boolean; choose: () => void }

function ThreadButton({ thread, assignee, isChosen, choose }: ThreadProps) {
  const { customer, items, unread } = thread
  const last = items.findLast(({ kind }) => kind === 'customer' || kind === 'agent')
  return (
    <button type="button" class={unread > 0 ? 'is-unread' : ''} aria-current={isChosen} onClick={choose}>
      <Avatar name={customer.name} kind="customer" />
      <span class="thread-name">{customer.name}</span>
      <span class="thread-time">{last && <Ago at={last.at} />}</span>
      <span class="thread-last">{last?.text || 'A file'}</span>
      <span class="thread-assignee">{assignee ?? 'Unassigned'}</span>
      <Unread threads={[thread]} />
    </button>
  )
}

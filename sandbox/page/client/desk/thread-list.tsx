import type { AgentView, DeskView, ThreadView } from '../../view'
import { Unread } from '../header'
import { Avatar, Button, Time } from '../parts/basics'
import { colourOf } from '../parts/people'
import { act } from '../state/server'

type Props = {
  view: DeskView
  chosen: ThreadView | undefined
  choose: (threadId: string) => void
}

/** Each inbox with all its threads, unread ones marked. */
export const ThreadList = ({ view, chosen, choose }: Props) => (
  <nav class="thread-list scroll" aria-label="Inboxes and threads">
    {view.inboxes.map(({ id, name, isHelpDesk }) => {
      const own = view.threads.filter(({ inboxId }) => inboxId === id)
      return (
        <section key={id} aria-label={name}>
          <h3>
            {name} {!/inbox|help desk/i.test(name) && <small>{isHelpDesk ? 'help desk' : 'inbox'}</small>}{' '}
            <Unread threads={own} />
          </h3>
          <ul>
            {own.map((thread) => (
              <li key={thread.id}>
                <ThreadButton thread={thread} view={view} chosen={chosen} choose={choose} />
              </li>
            ))}
          </ul>
          {own.length === 0 && <p class="soft">No conversation yet.</p>}
        </section>
      )
    })}
    <Availability agents={view.agents} />
  </nav>
)

function ThreadButton({ thread, view: { agents }, chosen, choose }: Props & { thread: ThreadView }) {
  const { id, customer, items } = thread
  const last = items.findLast(({ kind }) => kind === 'customer' || kind === 'agent')
  const { state, words } = badgeOf(thread, agents)
  return (
    <Button style={colourOf(thread.chat)} aria-current={id === chosen?.id} onClick={() => choose(id)}>
      <Avatar name={customer.name} kind="customer" />
      <span class="cut">{customer.name}</span>
      {last && <Time at={last.at} />}
      <span class="last cut soft" dir="auto">
        {last?.text || 'A file'}
      </span>
      <small class={`badge is-${state}`}>{words}</small>
      <Unread threads={[thread]} />
    </Button>
  )
}

/** The state of a thread in one or two words. */
export function badgeOf({ state, assignedTo }: ThreadView, agents: AgentView[]) {
  if (state === 'closed') return { state: 'bot', words: 'closed' }
  if (state === 'trash') return { state: 'bot', words: 'in the trash' }
  const agent = agents.find(({ id }) => id === assignedTo)?.name
  return agent === undefined ? { state: 'waiting', words: 'waiting' } : { state: 'agent', words: agent }
}

/** What HubSpot tells the bot when it asks who is there. */
const Availability = ({ agents }: { agents: AgentView[] }) => (
  <section aria-label="Availability">
    <h3>Who is available</h3>
    {agents.map(({ id, name, isAvailable }) => (
      <label key={id} class="row">
        <input
          type="checkbox"
          role="switch"
          checked={isAvailable}
          onChange={() => void act('setAvailability', { agent: id, isAvailable: !isAvailable })}
        />
        {name} <small class={`badge ${isAvailable ? 'is-agent' : ''}`}>{isAvailable ? 'available' : 'away'}</small>
      </label>
    ))}
    <p>The bot notices a change within 30 seconds.</p>
  </section>
)

import { Fragment } from 'preact'
import { useEffect } from 'preact/hooks'
import type { AgentView, ThreadView, TicketView } from '../../view'
import { Button, IconButton, Latest } from '../parts/basics'
import { Item } from '../parts/message'
import { act } from '../state/server'
import { ReplyEditor, type Picked } from './reply-editor'
import { badgeOf } from './thread-list'

type Props = { thread: ThreadView; agents: AgentView[]; agentId: string; leave: () => void; picked: Picked }

/** The open thread and the agent's actions. */
export function Thread({ thread, agents, agentId, leave, picked }: Props) {
  const { id, customer, items, state, unread, ticket } = thread
  useEffect(() => {
    // Messages in a thread that the agent sees are read at once.
    if (unread > 0 && document.visibilityState === 'visible') void act('look', { thread: id })
  })
  const badge = badgeOf(thread, agents)
  return (
    <div class="thread">
      <header class="row wrap pad">
        <IconButton icon="back" label="Back to the threads" class="icon-button back" onClick={leave} />
        <h3>{customer.name}</h3>
        <span class="soft">
          {customer.address ?? 'no address'} ({customer.isKnown ? 'contact' : 'visitor'})
        </span>
        <small class={`badge is-${badge.state}`}>{badge.words}</small>
        <ThreadActions thread={thread} agents={agents} agentId={agentId} />
      </header>
      {ticket && <Ticket ticket={ticket} />}
      <Latest label={`Thread with ${customer.name}`} class="lines items" isLive>
        {items.map((item) => (
          <Item key={item.id} item={item} />
        ))}
      </Latest>
      {state === 'trash' ? (
        <p class="pad soft">This thread is in the trash. Restore it to reply.</p>
      ) : (
        <ReplyEditor threadId={id} agentId={agentId} customerName={customer.name} picked={picked} />
      )}
    </div>
  )
}

/** Folded where it would leave no place for the thread. */
const Ticket = ({ ticket: { number, subject, properties } }: { ticket: TicketView }) => (
  <details class="ticket pad scroll small" aria-label="Ticket" open={matchMedia('(min-width: 60rem)').matches}>
    <summary>Ticket {number}</summary>
    <h3 dir="auto">{subject}</h3>
    <dl>
      {properties.map(({ name, value }) => (
        <Fragment key={name}>
          <dt class="soft">{name}</dt>
          <dd class="as-written" dir="auto">
            {value}
          </dd>
        </Fragment>
      ))}
    </dl>
  </details>
)

/** What an agent can do with a thread, by its state: the name of the action and what its button says. */
const ACTIONS: Record<ThreadView['state'], Record<string, string>> = {
  open: { close: 'Close', delete: 'Delete' },
  closed: { reopen: 'Reopen', delete: 'Delete' },
  // A second press of "Delete" restores the thread.
  trash: { deleteForGood: 'Delete permanently', restore: 'Restore' },
}

type ActionsProps = { thread: ThreadView; agents: AgentView[]; agentId: string }

const ThreadActions = ({ thread: { id, state, assignedTo = '' }, agents, agentId }: ActionsProps) => (
  <div class="row end live">
    {state !== 'trash' && (
      <AgentSelect
        label="Assigned to"
        agents={agents}
        value={assignedTo}
        none="no one"
        onChange={(agent) => void act('assign', { thread: id, agent })}
      />
    )}
    {Object.entries(ACTIONS[state]).map(([name, words], place) => (
      <Button
        key={place}
        class={name.startsWith('delete') ? 'is-bad' : ''}
        onClick={() => void act(name, { thread: id, agent: agentId })}
      >
        {words}
      </Button>
    ))}
  </div>
)

type SelectProps = {
  label: string
  agents: AgentView[]
  value: string
  none?: string
  onChange: (id: string) => unknown
}

/** A choice of one agent, or of `none` if it is given. */
export const AgentSelect = ({ label, agents, value, none, onChange }: SelectProps) => (
  <label class="row">
    <span class="soft">{label}</span>
    <select aria-label={label} value={value} onChange={({ currentTarget }) => onChange(currentTarget.value)}>
      {none !== undefined && <option value="">{none}</option>}
      {agents.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </select>
  </label>
)

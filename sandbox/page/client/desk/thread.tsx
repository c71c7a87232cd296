import { Fragment } from 'preact'
import { useEffect } from 'preact/hooks'
import type { DeskView, ThreadView, TicketView } from '../../view'
import { Button, Icon, IconButton } from '../parts/icons'
import { Latest } from '../parts/latest'
import { ThreadItem } from '../parts/message'
import { act } from '../state/server'
import { AgentSelect } from './agents'
import { ReplyEditor, type Picked } from './reply-editor'
import { badgeOf } from './thread-list'

type Props = { thread: ThreadView; view: DeskView; agentId: string; leave: () => void; picked: Picked }

/** The open thread and the agent's actions. */
export function Thread({ thread, view, agentId, leave, picked }: Props) {
  const { id, customer, items, state, unread, ticket } = thread
  useEffect(() => {
    // Messages in a thread that the agent sees are read at once.
    if (unread > 0 && document.visibilityState === 'visible') void act('look', { thread: id })
  })
  const badge = badgeOf(thread, view.agents.find((agent) => agent.id === thread.assignedTo)?.name)
  return (
    <div class="thread">
      <header class="row wrap pad">
        <IconButton icon="back" label="Back to the threads" class="icon-button back" onClick={leave} />
        <h3>{customer.name}</h3>
        <span class="soft">
          {customer.address ?? 'no address'} ({customer.isKnown ? 'contact' : 'visitor'})
        </span>
        <small class={`badge is-${badge.state}`}>{badge.words}</small>
        <ThreadActions thread={thread} view={view} agentId={agentId} />
      </header>
      {ticket && <Ticket ticket={ticket} />}
      <Latest label={`Thread with ${customer.name}`} class="lines items" isLive>
        {items.map((item) => (
          <ThreadItem key={item.id} item={item} />
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
    <summary>
      <Icon name="fold" /> Ticket {number}
    </summary>
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

function ThreadActions({
  thread: { id, state, assignedTo = '' },
  view,
  agentId,
}: Pick<Props, 'thread' | 'view' | 'agentId'>) {
  const action = (title: string, name: string, kind = '') => (
    <Button class={kind} onClick={() => void act(name, { thread: id, agent: agentId })}>
      {title}
    </Button>
  )
  if (state === 'trash') {
    return (
      <div class="row end live">
        {action('Restore', 'restore')}
        {action('Delete permanently', 'deleteForGood', 'is-bad')}
      </div>
    )
  }
  return (
    <div class="row end live">
      <AgentSelect
        label="Assigned to"
        agents={view.agents}
        value={assignedTo}
        none="no one"
        onChange={(agent) => void act('assign', { thread: id, agent })}
      />
      {state === 'open' ? action('Close', 'close') : action('Reopen', 'reopen')}
      {action('Delete', 'delete', 'is-bad')}
    </div>
  )
}

import { useEffect } from 'preact/hooks'
import type { ThreadView, DeskView } from '../../view'
import { Icon } from '../parts/icons'
import { StickyList } from '../parts/sticky-list'
import { act } from '../state/act'
import { ReplyEditor } from './reply-editor'
import { ThreadItem } from './thread-item'

type Props = { thread: ThreadView; view: DeskView; agentId: string; leave: () => void }

/** The open thread and the agent's actions. */
export function Thread({ thread, view, agentId, leave }: Props) {
  const { id, customer, items, state, unread } = thread
  useEffect(() => {
    // New messages in a visible thread are read at once.
    if (unread > 0 && document.visibilityState === 'visible') void act('look', { thread: id })
  }, [id, unread])
  return (
    <div class="thread">
      <header class="thread-header">
        <button type="button" class="icon-button back" aria-label="Back to the threads" onClick={leave}>
          <Icon name="back" />
        </button>
        <h3>{customer.name}</h3>
        <span class={`state state-${state}`}>{state === 'trash' ? 'in the trash' : state}</span>
        <ThreadActions thread={thread} view={view} agentId={agentId} />
      </header>
      <StickyList label={`Thread with ${customer.name}`} class="items" isLive>
        {items.map((item) => (
          <ThreadItem key={item.id} item={item} />
        ))}
      </StickyList>
      {state === 'trash' ? (
        <p class="no-reply">This thread is in the trash. Restore it to reply.</p>
      ) : (
        <ReplyEditor threadId={id} agentId={agentId} customerName={customer.name} />
      )}
    </div>
  )
}

function ThreadActions({ thread: { id, state, assignedTo = '' }, view, agentId }: Omit<Props, 'leave'>) {
  if (state === 'trash') {
    return (
      <div class="thread-actions">
        <button type="button" onClick={() => void act('restore', { thread: id })}>
          Restore
        </button>
        <button type="button" class="is-danger" onClick={() => void act('deleteForGood', { thread: id })}>
          Delete permanently
        </button>
      </div>
    )
  }
  return (
    <div class="thread-actions">
      <label>
        <span>Assigned to</span>
        <select
          value={assignedTo}
          onChange={({ currentTarget }) => void act('assign', { thread: id, agent: currentTarget.value })}
        >
          <option value="">no one</option>
          {view.agents.map((agent) => (
            <option key={agent.id} value={agent.id}>
              {agent.name}
            </option>
          ))}
        </select>
      </label>
      {state === 'open' ? (
        <button type="button" onClick={() => void act('close', { thread: id, agent: agentId })}>
          Close
        </button>
      ) : (
        <button type="button" onClick={() => void act('reopen', { thread: id })}>
          Reopen
        </button>
      )}
      <button type="button" class="is-danger" onClick={() => void act('delete', { thread: id })}>
        Delete
      </button>
    </div>
  )
}

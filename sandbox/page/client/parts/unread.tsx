import type { ThreadView } from '../../view'

/** How many messages of these threads nobody has looked at; nothing when there are none. */
export function Unread({ threads }: { threads: ThreadView[] }) {
  const count = threads.reduce((sum, { unread }) => sum + unread, 0)
  if (count === 0) return null
  return (
    <span class="unread">
      {count}
      <span class="unseen"> unread</span>
    </span>
  )
}

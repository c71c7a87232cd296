import type { ThreadView } from '../../view'

/** The number of unread messages in these threads; renders nothing for zero. */
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

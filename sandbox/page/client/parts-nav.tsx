import type { ThreadView } from '../view'
import { Unread } from './parts/unread'

const PARTS = [
  { part: 'chat', title: 'Customer' },
  { part: 'desk', title: 'Agents' },
  { part: 'calls', title: 'Calls' },
  { part: 'trouble', title: 'Trouble' },
]

type Props = { chosen: string; choose: (part: string) => void; threads: ThreadView[] }

/** A narrow screen shows one part at a time. */
export const Parts = ({ chosen, choose, threads }: Props) => (
  <nav class="parts" aria-label="Parts of the page">
    {PARTS.map(({ part, title }) => (
      <button key={part} type="button" aria-current={part === chosen} onClick={() => choose(part)}>
        {title} {part === 'desk' && <Unread threads={threads} />}
      </button>
    ))}
  </nav>
)

import type { View } from '../view'
import { Unread } from './parts/unread'

const PARTS = [
  { part: 'chat', title: 'Customer' },
  { part: 'desk', title: 'Agents' },
  { part: 'calls', title: 'Calls' },
  { part: 'trouble', title: 'Trouble' },
]

type Props = { chosen: string; choose: (part: string) => void; hubspot: View['hubspot'] }

/** A narrow screen shows one part at a time. */
export const Parts = ({ chosen, choose, hubspot }: Props) => (
  <nav class="parts" aria-label="Parts of the page">
    {PARTS.filter(({ part }) => part !== 'trouble' || hubspot.kind === 'stand-in').map(({ part, title }) => (
      <button key={part} type="button" aria-current={part === chosen} onClick={() => choose(part)}>
        {title} {part === 'desk' && hubspot.kind === 'stand-in' && <Unread threads={hubspot.threads} />}
      </button>
    ))}
  </nav>
)

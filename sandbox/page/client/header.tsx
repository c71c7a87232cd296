import type { ThreadView, View } from '../view'
import { Button } from './parts/basics'
import { act } from './state/server'

/** With a real account, there is no agent's window and no starting over. */
export const Header = ({ kind }: { kind: View['hubspot']['kind'] }) => (
  <header class="row page-header">
    <img src="/icon.svg" alt="" width="30" height="30" />
    <div>
      <h1>Human handoff</h1>
      <p class="soft">
        A bot hands a customer over to an agent in HubSpot, and back.{' '}
        {kind === 'real' ? 'Botpress is simulated; the HubSpot account is real.' : 'Both sides are simulated here.'}
      </p>
    </div>
    <nav class="row end" aria-label="Page">
      <a href="/?only=chat" target="_blank">
        Customer's window
      </a>
      {kind === 'stand-in' && (
        <a href="/?only=desk" target="_blank">
          Agent's window
        </a>
      )}
      <a href="/settings">Set up</a>
      {kind === 'stand-in' && <Button onClick={() => void act('startOver')}>Start over</Button>}
    </nav>
  </header>
)

/** A narrow screen shows the parts below each other. */
export const Parts = ({ hubspot }: { hubspot: View['hubspot'] }) => (
  <nav class="parts row" aria-label="Parts of the page">
    <a href="#chat">Customer</a>
    <a href="#desk">Agents {hubspot.kind === 'stand-in' && <Unread threads={hubspot.threads} />}</a>
    <a href="#calls">Calls</a>
    {hubspot.kind === 'stand-in' && <a href="#trouble">Trouble</a>}
  </nav>
)

/** The number of unread messages in these threads; renders nothing for zero. */
export function Unread({ threads }: { threads: ThreadView[] }) {
  const count = threads.reduce((sum, { unread }) => sum + unread, 0)
  if (count === 0) return null
  return (
    <span class="badge is-waiting">
      {count}
      <span class="unseen"> unread</span>
    </span>
  )
}

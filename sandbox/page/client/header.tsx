import type { View } from '../view'
import { Icon } from './parts/icons'
import { act } from './state/act'
import { useIsConnected } from './state/view'

/** With a real account, there is no agent's window and no starting over. */
export function Header({ kind }: { kind: View['hubspot']['kind'] }) {
  const isConnected = useIsConnected()
  return (
    <header class="page-header">
      <img src="/icon.svg" alt="" width="28" height="28" />
      <div class="titles">
        <h1>Human handoff</h1>
        <p>
          {kind === 'real'
            ? 'A simulated Botpress and a real HubSpot account'
            : 'Botpress and HubSpot, simulated on this machine'}
        </p>
      </div>
      <p role="status" class="connection">
        {!isConnected && 'The sandbox does not respond. Retrying …'}
      </p>
      <nav aria-label="Page">
        <a href="/?only=chat" target="_blank">
          <Icon name="window" /> Customer's window
        </a>
        {kind === 'stand-in' && (
          <a href="/?only=desk" target="_blank">
            <Icon name="window" /> Agent's window
          </a>
        )}
        <a href="/settings">
          <Icon name="gear" /> Set up
        </a>
        {kind === 'stand-in' && (
          <button type="button" onClick={() => void act('startOver')}>
            <Icon name="again" /> Start over
          </button>
        )}
      </nav>
    </header>
  )
}

import { Icon } from './parts/icons'
import { act } from './state/act'
import { useIsConnected } from './state/view'

export function Header() {
  const isConnected = useIsConnected()
  return (
    <header class="page-header">
      <img src="/icon.svg" alt="" width="28" height="28" />
      <div class="titles">
        <h1>Human handoff</h1>
        <p>Botpress and HubSpot, played on this machine</p>
      </div>
      <p role="status" class="connection">
        {!isConnected && 'The sandbox does not answer; trying again …'}
      </p>
      <nav aria-label="Page">
        <a href="/?only=chat" target="_blank">
          <Icon name="window" /> Customer's window
        </a>
        <a href="/?only=desk" target="_blank">
          <Icon name="window" /> Agent's window
        </a>
        <a href="/settings">
          <Icon name="gear" /> Set up
        </a>
        <button type="button" onClick={() => void startOver()}>
          <Icon name="again" /> Start over
        </button>
      </nav>
    </header>
  )
}

/** What this window had chosen is gone as well. */
async function startOver(): Promise<void> {
  if (!(await act('startOver'))) return
  sessionStorage.clear()
  location.reload()
}

import type { AccountView } from '../../view'
import { Icon } from '../parts/icons'

/** Replaces the desk for a real account, whose agents use HubSpot. */
export const Account = ({ account: { appUrl, inboxes } }: { account: AccountView }) => (
  <section class="panel desk" id="desk" aria-label="The agents' desk in HubSpot">
    <header class="row">
      <h2>The agents’ desk in HubSpot</h2>
    </header>
    <div class="alone" role="status">
      {inboxes.length === 0 ? <NotConnected /> : <Connected appUrl={appUrl} inboxes={inboxes} />}
    </div>
  </section>
)

const NotConnected = () => (
  <>
    <h3>No HubSpot account is connected yet</h3>
    <p>“Set up” shows the reason and lets you authorize.</p>
    <a href="/settings">
      <Icon name="gear" /> Set up the connection
    </a>
  </>
)

const Connected = ({ appUrl, inboxes }: Omit<AccountView, 'kind'>) => (
  <>
    <h3>The agents use HubSpot</h3>
    <p>Conversations from the chat appear there, in:</p>
    <ul>
      {inboxes.map(({ id, name, isHelpDesk }) => (
        <li key={id}>
          {name} ({isHelpDesk ? 'help desk' : 'inbox'})
        </li>
      ))}
    </ul>
    <a href={appUrl} target="_blank" rel="noreferrer">
      <Icon name="window" /> Reply in HubSpot
    </a>
  </>
)

import type { AccountView } from '../../view'
import { Icon } from '../parts/icons'

/** In place of the desk: agents of a real account have their own. */
export const Account = ({ account: { appUrl, inboxes } }: { account: AccountView }) => (
  <section class="account" aria-label="The agents' desk in HubSpot">
    <header class="desk-header">
      <h2>HubSpot conversations</h2>
    </header>
    <div class="answer-there" role="status">
      {inboxes.length === 0 ? <NotConnected /> : <Connected appUrl={appUrl} inboxes={inboxes} />}
    </div>
  </section>
)

const NotConnected = () => (
  <>
    <h3>No HubSpot account is connected yet</h3>
    <p>“Set up” says why, and lets you authorize with a click.</p>
    <a href="/settings">
      <Icon name="gear" /> Set up the connection
    </a>
  </>
)

const Connected = ({ appUrl, inboxes }: Omit<AccountView, 'kind'>) => (
  <>
    <h3>The agents are in HubSpot itself</h3>
    <p>Whoever is handed over in the chat appears there, in:</p>
    <ul>
      {inboxes.map(({ id, name, isHelpDesk }) => (
        <li key={id}>
          {name} ({isHelpDesk ? 'help desk' : 'inbox'})
        </li>
      ))}
    </ul>
    <a href={appUrl} target="_blank" rel="noreferrer">
      <Icon name="window" /> Answer in HubSpot
    </a>
  </>
)

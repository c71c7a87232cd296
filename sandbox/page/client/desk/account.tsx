import type { AccountView } from '../../view'

/** In place of the desk: agents of a real account have their own. */
export const Account = ({ account: { appUrl, inboxes } }: { account: AccountView }) => (
  <section class="desk is-account" aria-label="The agents' desk in HubSpot">
    <header class="desk-header">
      <h2>HubSpot conversations</h2>
    </header>
    <div class="nothing-chosen">
      {inboxes.length === 0 ? <NotConnected /> : <Connected appUrl={appUrl} inboxes={inboxes} />}
    </div>
  </section>
)

const NotConnected = () => (
  <>
    <h3>No HubSpot account is connected yet</h3>
    <p>
      <a href="/settings">Set up</a> says why, and lets you authorize with a click.
    </p>
  </>
)

const Connected = ({ appUrl, inboxes }: Omit<AccountView, 'kind'>) => (
  <>
    <h3>
      Answer in{' '}
      <a href={appUrl} target="_blank" rel="noreferrer">
        HubSpot
      </a>
    </h3>
    <p>What is handed over in the chat appears there, in:</p>
    <ul>
      {inboxes.map(({ id, name, isHelpDesk }) => (
        <li key={id}>
          {name} ({isHelpDesk ? 'help desk' : 'inbox'})
        </li>
      ))}
    </ul>
  </>
)

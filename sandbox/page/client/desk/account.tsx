import type { AccountView } from '../../view'

/** Replaces the desk for a real account, whose agents use HubSpot. */
export const Account = ({ account: { appUrl, inboxes } }: { account: AccountView }) => (
  <section class="panel box desk" id="desk" aria-label="The agents' desk in HubSpot">
    <header class="row">
      <h2>The agents’ desk in HubSpot</h2>
    </header>
    <div class="alone" role="status">
      {inboxes.length === 0 ? (
        <>
          <h3>No HubSpot account is connected yet</h3>
          <p>“Set up” shows the reason and lets you authorize.</p>
          <a href="/settings">Set up the connection</a>
        </>
      ) : (
        <>
          <h3>The agents use HubSpot</h3>
          <p>Conversations from the chat appear there, in:</p>
          <p>{inboxes.map(({ name, isHelpDesk }) => `${name} (${isHelpDesk ? 'help desk' : 'inbox'})`).join(', ')}</p>
          <a href={appUrl} target="_blank" rel="noreferrer">
            Reply in HubSpot
          </a>
        </>
      )}
    </div>
  </section>
)

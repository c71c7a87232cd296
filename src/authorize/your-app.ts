import type * as bp from '../bp'
import { authorizeLink, redirectUrl, webhookUrl } from '../installation/addresses'
import { fieldTitle } from '../installation/configuration'
import { html } from './html'
import { renderPage } from './page'
import type { Visit } from './visit'

/** What to do before clicking Authorize, for an owner whose configuration names no app. */
export function yourApp({ props: { ctx } }: Visit): bp.WebhookAnswer {
  const { webhookId } = ctx
  return renderPage({
    title: 'Your HubSpot app',
    content: html`
      <p>
        Your own HubSpot app connects this bot to your account. The integration's page in Botpress describes how to
        create the app with one file and two commands. The app needs these addresses:
      </p>
      <dl>
        <dt>Redirect URL</dt>
        <dd>${redirectUrl()}</dd>
        <dt>Target URL of its webhooks</dt>
        <dd>${webhookUrl(webhookId)}</dd>
      </dl>
      <p>Then fill in these four fields of the configuration in Botpress and save:</p>
      <dl>
        ${WHERE.map(
          ({ field, place }) => html`<dt>${fieldTitle(field)}</dt>
            <dd>${place}</dd>`,
        )}
      </dl>
      <p>After that, click Authorize again. HubSpot then asks you to approve the app.</p>
      <p class="hint">
        If HubSpot says that the scopes do not match, use the link for
        <a href="${authorizeLink(webhookId, 'required')}" rel="noopener noreferrer">an app without optional scopes</a>
        or for
        <a href="${authorizeLink(webhookId, 'legacy')}" rel="noopener noreferrer"
          >an app made for an older integration</a
        >. The Authorize button opens <a href="${authorizeLink(webhookId)}" rel="noopener noreferrer">this link</a>.
      </p>
    `,
  })
}

const WHERE = [
  { field: 'developerApiKey', place: 'In HubSpot: Development > Keys > Developer API key' },
  { field: 'appId', place: 'Printed by the script that uploads the app; not the Project ID' },
  { field: 'clientId', place: 'In HubSpot: Development > Projects > your project > the app > Auth' },
  { field: 'clientSecret', place: 'On the same tab' },
]

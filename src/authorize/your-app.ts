import { appScript, SCRIPT_NAME } from '../../hubspot-app/script'
import type * as bp from '../bp'
import { env } from '../env'
import { authorizeLink } from '../installation/addresses'
import { fieldTitle } from '../installation/configuration'
import { html, renderPage } from './page'

/** How an owner without an app gets one: a script to download, one command and four values to copy. */
export function yourApp({ webhookId }: Pick<bp.Context, 'webhookId'>): bp.WebhookAnswer {
  const script = appScript({ gateway: env.botpressWebhookUrl(), webhookId })
  return renderPage({
    title: 'Your HubSpot app',
    content: html`
      <p>
        This bot connects to HubSpot through an app of your own. You need a HubSpot user who may create apps, such as a
        super admin, and <a href="https://nodejs.org" rel="noreferrer">Node</a> 20 or later on this computer.
      </p>
      <ol>
        <li>
          <p>
            <a
              class="button"
              download="${SCRIPT_NAME}"
              href="data:text/javascript;charset=utf-8,${encodeURIComponent(script)}"
              >Download ${SCRIPT_NAME}</a
            >
          </p>
          <details>
            <summary>Or copy it</summary>
            <p>
              <label
                >Save this text as ${SCRIPT_NAME}:<textarea readonly rows="6" spellcheck="false">${script}</textarea>
              </label>
            </p>
          </details>
        </li>
        <li>
          <p>
            Open a terminal (Terminal on a Mac, PowerShell on Windows), go to the folder of your downloads (<code
              >cd Downloads</code
            >) and run this command. If node is not found, install it first.
          </p>
          <pre><code>node ${SCRIPT_NAME}</code></pre>
          <p>It signs you in to HubSpot, creates the app, and prints a link to each page below.</p>
        </li>
        <li>
          <p>
            On the app's <strong>Distribution</strong> page in HubSpot, add your account's number to the list. Do not
            install the app there: that does not connect Botpress.
          </p>
        </li>
        <li>
          <p>Copy four values to the configuration of this integration in Botpress, never to another page:</p>
          <dl>
            ${WHERE.map(
              ({ field, place }) =>
                html`<dt>${fieldTitle(field)}</dt>
                  <dd>${place}</dd>`,
            )}
          </dl>
        </li>
        <li><p>Save there and click Authorize again. HubSpot then asks you to approve the app.</p></li>
      </ol>
      <p class="hint">
        An app made for an older integration can stay: the integration's page in Botpress says what it needs. If HubSpot
        says that the scopes do not match, use the link for
        <a href="${authorizeLink(webhookId, 'required')}" rel="noreferrer">an app without optional scopes</a>
        or for
        <a href="${authorizeLink(webhookId, 'legacy')}" rel="noreferrer">an app made for an older integration</a>. The
        Authorize button opens <a href="${authorizeLink(webhookId)}" rel="noreferrer">this link</a>.
      </p>
    `,
  })
}

const WHERE = [
  { field: 'appId', place: 'Printed by the script. Not the Project ID' },
  { field: 'clientId', place: "On the app's Auth page" },
  { field: 'clientSecret', place: 'On the same page' },
  { field: 'developerApiKey', place: 'In HubSpot: Development > Keys > Developer API key' },
]

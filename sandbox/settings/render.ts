import { html } from 'hono/html'
import type { Markup } from '../http/document'
import type { Condition } from './conditions'
import type { Field } from './fields'
import { removalOf, type Configuration } from './form'

export const SETTINGS_PATH = '/settings'

export type Outcome = { kind: 'saved' } | { kind: 'refused'; sentence: string } | { kind: 'uninstalled' }

export type Settings = {
  fields: readonly Field[]
  configuration: Configuration
  outcome: Outcome | undefined
  /** The identifier that the integration has set. */
  identifier: string | undefined
  /** Whether the last save has not failed and conversations have an inbox. */
  isConnected: boolean
  webhookUrl: string
  authorizeLink: string
  log: readonly string[]
  /** Pages of HubSpot that an owner needs; undefined for a real account. */
  hubspotPages: readonly { name: string; address: string }[] | undefined
  /** The stand-in's switchable problems; undefined for a real account. */
  conditions: readonly (Condition & { isSo: boolean })[] | undefined
}

export const settings = (shown: Settings): Markup => html`
  <header>
    <p>Botpress <small>simulated by the sandbox</small></p>
    <nav><a href="/">Chat and inbox</a></nav>
  </header>
  <main>
    <h1>HubSpot Inbox &amp; Help Desk HITL</h1>
    ${outcomeOf(shown)} ${configurationOf(shown)} ${connectionOf(shown)} ${logOf(shown)} ${accountOf(shown)}
  </main>
`

function outcomeOf({ outcome }: Settings): Markup | '' {
  switch (outcome?.kind) {
    case undefined:
      return ''
    case 'saved':
      return html`<p role="status" class="outcome">Saved.</p>`
    case 'refused':
      return html`<p role="alert" class="outcome refused">${outcome.sentence}</p>`
    case 'uninstalled':
      return html`<p role="status" class="outcome">Uninstalled. This is the form of a new installation.</p>`
  }
}

const configurationOf = ({ fields, configuration, webhookUrl }: Settings): Markup => html`
  <section aria-labelledby="configuration">
    <h2 id="configuration">Configuration</h2>
    <p class="field">
      <label for="webhook-url">Webhook URL</label>
      <input id="webhook-url" readonly value="${webhookUrl}" />
    </p>
    <form method="post" action="${SETTINGS_PATH}/save" autocomplete="off">
      ${fields.map((field) => fieldOf(field, configuration[field.name]))}
      <button>Save</button>
    </form>
  </section>
`

/** Opens a new window, like Botpress does. */
const connectionOf = ({ authorizeLink, ...shown }: Settings): Markup => html`
  <section aria-labelledby="connection">
    <h2 id="connection">Connection</h2>
    <p>${statusOf(shown)}</p>
    <p><a class="button" href="${authorizeLink}" target="_blank" rel="noopener">Authorize</a></p>
  </section>
`

function statusOf({ identifier, isConnected }: Pick<Settings, 'identifier' | 'isConnected'>): Markup | string {
  if (!isConnected) return identifier ? 'Authorized, but not connected.' : 'Not authorized yet.'
  return identifier ? html`Authorized as <code>${identifier}</code>.` : 'Connected with the refresh token.'
}

const logOf = ({ log }: Settings): Markup => html`
  <section aria-labelledby="log">
    <h2 id="log">Log</h2>
    ${
      log.length > 0
        ? html`<ol>
            ${log.map((line) => html`<li>${line}</li>`)}
          </ol>`
        : html`<p>Nothing has been logged since the last save.</p>`
    }
    <p><a href="${SETTINGS_PATH}">Refresh</a></p>
  </section>
`

const accountOf = ({ conditions, hubspotPages = [] }: Settings): Markup => html`
  <section aria-labelledby="account" class="aside">
    <h2 id="account">For testing</h2>
    ${
      hubspotPages.length > 0
        ? html`<p>
            HubSpot's pages: ${hubspotPages.map(({ name, address }) => html`<a href="${address}">${name}</a> `)}
          </p>`
        : ''
    }
    ${conditions ? simulatedAccount(conditions) : html`<p>These settings are read from .env at each start and not written back.</p>`}
    <form method="post" action="${SETTINGS_PATH}/uninstall">
      <button class="quiet">Uninstall the integration</button>
    </form>
  </section>
`

const simulatedAccount = (conditions: NonNullable<Settings['conditions']>): Markup => html`
  <form method="post" action="${SETTINGS_PATH}/fill-in">
    <button class="quiet">Fill in the HubSpot app's values</button>
  </form>
  <form method="post" action="${SETTINGS_PATH}/conditions">
    <fieldset>
      <legend>The HubSpot account</legend>
      ${conditions.map(
        ({ name, label, isSo }) => html`
          <label class="check"><input type="checkbox" name="${name}" ${isSo ? 'checked' : ''} /> ${label}</label>
        `,
      )}
    </fieldset>
    <button class="quiet">Apply</button>
  </form>
  <form method="post" action="${SETTINGS_PATH}/revoke">
    <button class="quiet">Revoke the connection in HubSpot</button>
  </form>
`

function fieldOf(field: Field, value: unknown): Markup {
  const { name, title, description } = field
  const hint = html`<small id="${name}-hint">${description}</small>`
  if (field.kind === 'yesNo') {
    return html`
      <div class="field">
        <label class="check">
          <input type="checkbox" name="${name}" aria-describedby="${name}-hint" ${value === true ? 'checked' : ''} />
          ${title}
        </label>
        ${hint}
      </div>
    `
  }
  return html`
    <div class="field">
      <label for="${name}">${title}</label>
      ${hint} ${controlOf(field, value)}
    </div>
  `
}

/** Secrets are never shown. An empty field keeps the current one. */
function controlOf(field: Field, value: unknown): Markup {
  const { name, title, kind, placeholder, choices } = field
  const describedBy = `${name}-hint`
  const text = typeof value === 'string' ? value : ''
  switch (kind) {
    case 'yesNo':
    case 'text':
      return html`<input
        id="${name}"
        name="${name}"
        value="${text}"
        placeholder="${placeholder}"
        aria-describedby="${describedBy}"
      />`
    case 'secret':
      return html`
        <input
          type="password"
          id="${name}"
          name="${name}"
          placeholder="${text ? 'Set. Leave empty to keep it.' : placeholder}"
          aria-describedby="${describedBy}"
          autocomplete="new-password"
        />
        ${text ? html`<label class="check"><input type="checkbox" name="${removalOf(field)}" /> Remove ${title}</label>` : ''}
      `
    case 'choice':
      return html`<select id="${name}" name="${name}" aria-describedby="${describedBy}">
        <option value="">Not selected</option>
        ${choices.map((choice) => html`<option ${choice === text ? 'selected' : ''}>${choice}</option>`)}
      </select>`
    case 'list': {
      const lines = Array.isArray(value) ? value.map(String).join('\n') : ''
      return html`<textarea
        id="${name}"
        name="${name}"
        rows="3"
        placeholder="One per line"
        aria-describedby="${describedBy}"
      >
${lines}</textarea>`
    }
  }
}

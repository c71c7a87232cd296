import type { Context } from 'hono'
import { html } from 'hono/html'
import project from '../../../hubspot-app/src/app/app-hsmeta.json'
import { answerDocument, type Markup } from '../../http/document'
import type { Question, Refusal } from './consent-question'
import { CONSENT_STYLE } from './consent-style'

const APP = project.config.name

/** A person may have several accounts; the app is installed in one of them. */
export const accountChoice = (c: Context, { portals }: Question): Promise<Response> =>
  answerHubSpotPage(c, {
    title: 'Choose an account',
    content: html`
      <p>In which of your accounts should <strong>${APP}</strong> be installed?</p>
      <ul class="accounts">
        ${portals.map(
          ({ portalId, name }) =>
            html`<li>
              <a href="/oauth/${portalId}/authorize${new URL(c.req.url).search}">${name} <small>${portalId}</small></a>
            </li>`,
        )}
      </ul>
    `,
  })

/** The form posts to the address of the page itself, so the same question is read again. */
export const consentQuestion = (c: Context, { portals, redirectUri, scopes, optionalScopes }: Question) =>
  answerHubSpotPage(c, {
    title: `Connect ${APP} to HubSpot`,
    formsLeadTo: new URL(redirectUri).origin,
    content: html`
      <p>
        Account: <strong>${portals[0]?.name}</strong> <small>${portals[0]?.portalId}</small><br />
        <a href="/oauth/authorize${new URL(c.req.url).search}">Choose another account</a>
      </p>
      <h2>${APP} will be able to</h2>
      <ul>
        ${scopes.map(asItem)}
      </ul>
      ${
        optionalScopes.length > 0
          ? html`<h2>And, if your account has it</h2>
              <ul>
                ${optionalScopes.map(asItem)}
              </ul>`
          : ''
      }
      <form method="post">
        <button name="answer" value="grant">Connect app</button>
        <button name="answer" value="deny" class="quiet">Deny</button>
      </form>
      <p class="hint">You will be redirected to ${new URL(redirectUri).host}.</p>
    `,
  })

export const refusalPage = (c: Context, { refused }: Refusal): Promise<Response> =>
  answerHubSpotPage(c, {
    title: 'The app could not be connected',
    status: 400,
    content: html`<p role="alert">${refused}</p>`,
  })

type Page = Pick<Parameters<typeof answerDocument>[1], 'title' | 'status' | 'formsLeadTo' | 'content'>

/** In HubSpot's look. */
export const answerHubSpotPage = (c: Context, page: Page): Promise<Response> =>
  answerDocument(c, {
    ...page,
    title: `${page.title} – HubSpot`,
    style: CONSENT_STYLE,
    content: html`
      <header>HubSpot <small>played by the sandbox</small></header>
      <main>
        <h1>${page.title}</h1>
        ${page.content}
      </main>
    `,
  })

const asItem = (scope: string): Markup => html`<li>${WORDS[scope] ?? scope}</li>`

const WORDS: Record<string, string> = {
  oauth: 'Know which account it is connected to',
  'conversations.read': 'Read conversations, inboxes and help desks',
  'conversations.write': 'Write notes in conversations, and close them',
  'conversations.custom_channels.read': 'See its own channel in your inboxes',
  'conversations.custom_channels.write': 'Connect its own channel to your inboxes, and send messages through it',
  'crm.objects.contacts.read': 'See contacts',
  'crm.objects.contacts.write': 'Create and change contacts',
  'crm.objects.users.read': 'See users and their availability',
  'crm.objects.owners.read': 'See who owns a contact',
  'crm.objects.tickets.read': 'See tickets',
  'crm.objects.tickets.write': 'Create and change tickets',
  'files.read': 'See files in the file manager',
  'files.write': 'Upload files',
  files: 'Upload files, and see those in the file manager',
}

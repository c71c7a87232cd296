import { Hono } from 'hono'
import { csrf } from 'hono/csrf'
import { html } from 'hono/html'
import type { World } from '../state/world'
import { tellAccountChange } from '../webhooks/channel-events'
import { answerHubSpotPage } from './consent-pages'

/** What people can open, with its address. */
export function pagesOf({ url, options: { portalId } }: World): { name: string; address: string }[] {
  const app = `${url}/developer-projects/${portalId}/project/botpress-inbox/component/botpress_inbox_app`
  return [
    { name: 'Distribution', address: `${app}/distribution` },
    { name: 'Auth', address: `${app}/auth` },
    { name: 'Keys', address: `${url}/developer-overview/${portalId}` },
    { name: 'Inbox settings', address: `${url}/inbox-settings` },
  ]
}

/** The app's pages and an inbox's settings, as far as an owner comes past them. */
export function appPages(world: World): Hono {
  const { app, portalId } = world.options
  const component = `/developer-projects/${portalId}/project/:project/component/:app`
  const listed = (): readonly (string | number)[] => {
    const { distribution } = world.switches
    return distribution === 'everyone' ? ['All accounts of this sandbox'] : distribution
  }
  return new Hono()
    .get(`${component}/distribution`, (c) =>
      answerHubSpotPage(c, {
        title: 'Distribution',
        content: html`
          <p>Accounts that may install this app:</p>
          <ul>
            ${listed().map((account) => html`<li>${account}</li>`)}
          </ul>
          <form method="post">
            <label>Account number <input name="account" inputmode="numeric" /></label>
            <button>Add account</button>
          </form>
        `,
      }),
    )
    .post(`${component}/distribution`, csrf(), async (c) => {
      const { account } = await c.req.parseBody()
      const { distribution } = world.switches
      if (distribution !== 'everyone') world.switches.distribution = [...distribution, Number(account)]
      return c.redirect(c.req.path, 303)
    })
    .get(`${component}/auth`, (c) =>
      answerHubSpotPage(c, {
        title: 'Auth',
        content: html`
          <p>
            <label>Client ID <input readonly value="${app.clientId}" /></label>
          </p>
          <p>
            <label>Client secret <input readonly value="${app.clientSecret}" /></label>
          </p>
        `,
      }),
    )
    .get(`/developer-overview/${portalId}`, (c) =>
      answerHubSpotPage(c, {
        title: 'Keys',
        content: html`<p>
          <label>Developer API key <input readonly value="${app.developerApiKey}" /></label>
        </p>`,
      }),
    )
    .get('/inbox-settings', (c) =>
      answerHubSpotPage(c, {
        title: 'Channels of your inboxes',
        content: html`${[...world.accounts.values()].map(
          ({ id, name, inboxId, authorized }) => html`
            <form method="post">
              <span>${name} in ${world.inboxes.find((inbox) => inbox.id === inboxId)?.name}</span>
              <button name="account" value="${id}">${authorized ? 'Switch off' : 'Switch on'}</button>
            </form>
          `,
        )}`,
      }),
    )
    .post('/inbox-settings', csrf(), async (c) => {
      const { account: id } = await c.req.parseBody()
      const account = typeof id === 'string' ? world.accounts.get(id) : undefined
      if (account) {
        Object.assign(account, { authorized: !account.authorized, active: !account.authorized })
        tellAccountChange(world, account, 'UPDATED')
      }
      return c.redirect(c.req.path, 303)
    })
}

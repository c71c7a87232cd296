import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startStack, type Stack } from '../../sandbox/stack'
import { clockAhead } from '../support/clock'
import { asDocumented, documented } from '../support/documented'
import { allCalls, status } from '../support/faults'
import { changeStoredTokens } from '../support/tokens'
import { fillIn } from '../support/fill-in'
import { authorize, choose, nextOf, visit, type Page } from '../support/visitor'

const SALES = '481939'

let stack: Stack
beforeEach(async () => {
  stack = await startStack({ isConnected: false })
  await stack.botpress.register()
})
afterEach(async () => stack.close())

const toldSoFar = new Set<string>()

const MENDED = 'When that is done, authorize again:'
const AGAIN = 'Authorize again:'

/** What a page says that ends with one sentence, one next step and one button. */
function told(page: Page): string {
  const [, words] = /^Botpress and HubSpot Not connected (.*) Authorize$/.exec(page.text) ?? []
  const button = `<a class="button" href="${stack.botpress.webhookUrl}/oauth/start">Authorize</a>`
  if (page.status !== 400 || words === undefined || !page.body.includes(button)) throw new Error(page.text)
  toldSoFar.add(asDocumented(words))
  return words
}

const notConnected = () => {
  expect(stack.hubspot.channels()).toEqual([])
  expect(stack.botpress.states.filter(({ name }) => name !== 'setup')).toEqual([])
  expect(stack.botpress.identifier).toBeUndefined()
}

describe('authorizing ends on a page that says why and what to do, when', () => {
  it('the form was never filled in', async () => {
    stack.botpress.configuration = {}
    expect(told(await authorize(stack))).toBe(
      `Fill in "Developer API Key", "App ID", "Client ID", "Client Secret" in the configuration of this integration and save again. ${MENDED}`,
    )
  })

  it('the owner does not agree', async () => {
    stack.hubspot.switches.consent = 'deny'
    expect(told(await authorize(stack))).toBe(
      `The app was not allowed to connect to the HubSpot account. Authorize again, and agree:`,
    )
    notConnected()
  })

  it('HubSpot gives another reason', async () => {
    const page = await visit(await answerOfHubSpot({ error: 'server_error', error_description: '<b>Sorry</b>' }))
    expect(told(page)).toBe(`HubSpot did not give its permission, and did not say why. Authorize again, and agree:`)
    expect(page.body).not.toContain('Sorry')
  })

  it('the install began in HubSpot instead of at the button', async () => {
    const code = stack.hubspot.tokens.issueCode(stack.botpress.webhookUrl)
    expect(told(await visit(`${stack.botpress.webhookUrl}?code=${code}`))).toBe(
      `HubSpot sent you here, but you did not come from the Authorize button. Begin there:`,
    )
    notConnected()
  })

  it('the client secret is wrong', async () => {
    fillIn(stack, { clientSecret: 'not-it' })
    expect(told(await authorize(stack))).toBe(
      `"Client Secret" is not that of the app with this "Client ID". Copy both values from the Auth tab of your app in HubSpot. ${MENDED}`,
    )
    notConnected()
  })

  it('the code is too old', async () => {
    const address = await answerOfHubSpot({ code: 'long-gone' })
    expect(told(await visit(address))).toBe(
      `HubSpot gives its permission for one try, and this one is used or too old. ${AGAIN}`,
    )
    notConnected()
  })

  it('the account has not granted every scope', async () => {
    const granted = ['oauth', 'conversations.read', 'crm.objects.contacts.read']
    const code = stack.hubspot.tokens.issueCode(stack.botpress.webhookUrl, granted)
    expect(told(await visit(await answerOfHubSpot({ code })))).toBe(
      `The HubSpot app lacks the scopes conversations.write, conversations.custom_channels.read, conversations.custom_channels.write, files.read, files.write. Add them to the app, then click Authorize: a connection knows only the scopes that it was made with. ${MENDED}`,
    )
    notConnected()
  })

  it('the account has no inbox and no help desk', async () => {
    await stack.close()
    stack = await startStack({ isConnected: false, hubspot: { inboxes: [] } })
    expect(told(await authorize(stack))).toBe(
      `This HubSpot account has no inbox and no help desk where conversations could appear. Create one in HubSpot first. ${MENDED}`,
    )
  })

  it('the form names an inbox of another account', async () => {
    fillIn(stack, { inboxId: '99999' })
    expect(told(await authorize(stack))).toBe(
      `"Inbox or Help Desk ID" is not one of this HubSpot account. Found: 481939 (inbox "Sales inbox"), 481940 (help desk "Support help desk"). Enter one of these and save again. ${MENDED}`,
    )
    expect(stack.hubspot.channels()).toEqual([])
  })

  it('the plan has no custom channels', async () => {
    stack.hubspot.switches.acceptsCustomChannels = false
    expect(told(await choose(await authorize(stack), [SALES]))).toMatch(
      /^This HubSpot account may not use custom channels \(status 403, .*\)\. They are part of Sales Hub and Service Hub, Professional and Enterprise: check the plan of the account\. When that is done, authorize again:$/,
    )
    expect(stack.hubspot.channels()).toEqual([])
    stack.hubspot.switches.acceptsCustomChannels = true
    expect(await choose(await authorize(stack), [SALES])).toMatchObject({ title: 'Connected' })
  })

  it('the app has as many channels as it may', async () => {
    stack.hubspot.switches.channelLimit = 0
    expect(told(await choose(await authorize(stack), [SALES]))).toMatch(
      /^HubSpot refused to register another channel for the app \(.*\)\. Most often it has as many as HubSpot allows: uninstall this integration from bots that no longer need it, or use another app\. When/,
    )
  })

  it('the developer key is not that of the app', async () => {
    fillIn(stack, { developerApiKey: 'not-it' })
    expect(told(await choose(await authorize(stack), [SALES]))).toBe(
      `"Developer API Key" and "App ID" do not go together. Copy the key from Development > Keys of the HubSpot account that owns the app, and the number from the app's own page. ${MENDED}`,
    )
  })

  it('HubSpot is out of order', async () => {
    const page = await authorize(stack)
    stack.hubspot.faults = allCalls({ method: 'GET', path: /\/inboxes$/ }, status(503, { 'retry-after': '9' }))
    expect(told(await choose(page, [SALES]))).toMatch(
      /^This integration could not be connected to HubSpot: HubSpot did not answer, though it was tried several times\. Try again in a minute/,
    )
  }, 60_000)

  it('the page was left open for too long', async () => {
    const page = await authorize(stack)
    const back = clockAhead(31 * 60_000)
    try {
      expect(told(await choose(page, [SALES]))).toBe(`This page is too old, or its address is not complete. ${AGAIN}`)
      expect(told(await visit(page.url))).toBe(`This page is too old, or its address is not complete. ${AGAIN}`)
    } finally {
      back()
    }
    expect(stack.hubspot.channels()).toEqual([])
  })

  it('HubSpot never shows the channel', async () => {
    stack.hubspot.switches.channelVisibleAfterMs = 3_600_000
    const waiting = await choose(await authorize(stack), [SALES])
    const back = clockAhead(31 * 60_000)
    try {
      expect(told(await visit(nextOf(waiting) ?? ''))).toBe(
        `This page is too old, or its address is not complete. ${AGAIN}`,
      )
    } finally {
      back()
    }
  })

  it('the connection was removed in another window', async () => {
    const page = await authorize(stack)
    await stack.botpress.unregister()
    expect(told(await choose(page, [SALES]))).toBe(
      `The HubSpot account 243842089 is no longer the one that this integration is connected to. ${AGAIN}`,
    )
    expect(stack.hubspot.channels()).toEqual([])
  })
})

describe('another HubSpot account', () => {
  const OTHER = '777'
  const REFUSED = 'This integration is connected to the HubSpot account 777, and you have chosen 243842089.'

  beforeEach(async () => {
    await choose(await authorize(stack), [SALES])
    await changeStoredTokens(stack, { portalId: OTHER })
    await stack.restartIntegration()
  })

  const portal = () => stack.botpress.states.find(({ name }) => name === 'tokens')?.payload['portalId']

  it('cannot take over what is connected', async () => {
    expect(told(await authorize(stack))).toBe(
      `${REFUSED} To stay, authorize again and choose the first. To move, save the configuration in Botpress once more and authorize within a quarter of an hour:`,
    )
    expect(portal()).toBe(OTHER)
  })

  it('can once the owner has saved, for a quarter of an hour, and for once', async () => {
    await changeStoredTokens(stack, { savedAt: Date.now() - 16 * 60_000 })
    expect(told(await authorize(stack))).toMatch(new RegExp(REFUSED))
    await changeStoredTokens(stack, { savedAt: Date.now() - 14 * 60_000 })
    const page = await authorize(stack)
    expect(page.title).toBe('Where should conversations appear?')
    // The former account's inboxes mean nothing in this one.
    expect(page.body).not.toContain('checked')
    expect(portal()).toBe('243842089')
    await changeStoredTokens(stack, { portalId: OTHER })
    expect(told(await authorize(stack))).toMatch(new RegExp(REFUSED))
  })

  it('can even if saving has failed for another reason', async () => {
    stack.hubspot.switches.acceptsCustomChannels = false
    expect(await stack.botpress.register()).toMatchObject({ ok: false })
    // The save has asked HubSpot again whose tokens they are.
    await changeStoredTokens(stack, { portalId: OTHER })
    expect(await authorize(stack)).toMatchObject({ title: 'Where should conversations appear?' })
  })
})

it('docs/wrong-settings.md knows these sentences, and no others', () => {
  expect([...toldSoFar].sort()).toEqual(documented('Authorizing').sort())
})

/** Where HubSpot sends the browser back to, with something else than what it would say. */
async function answerOfHubSpot(says: Record<string, string>): Promise<string> {
  const consent = await fetch(`${stack.botpress.webhookUrl}/oauth/start`, { redirect: 'manual' })
  const state = new URL(consent.headers.get('location') ?? '').searchParams.get('state') ?? ''
  return `${stack.botpress.webhookUrl}?${new URLSearchParams({ ...says, state }).toString()}`
}

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startStack, type Stack } from '../../sandbox/stack'
import { clockAhead } from '../support/clock'
import { asDocumented, documented } from '../support/documented'
import { allCalls, INTROSPECT, status, together, TOKEN } from '../support/faults'
import { fillIn } from '../support/fill-in'
import { authorize, callbackUrl, choose, newCode, nextOf, startUrl, visit, type Page } from '../support/visitor'

const SALES = '481939'

let stack: Stack
beforeEach(async () => {
  stack = await startStack({ isConnected: false })
  await stack.botpress.register()
})
afterEach(async () => stack.close())

const toldSoFar = new Set<string>()

const AGAIN = 'Click Authorize again.'

/** The text of a page that consists of one sentence, its next step and one button. */
function told(page: Page): string {
  const [, words] = /^Botpress and HubSpot Not connected (.*) Authorize$/.exec(page.text) ?? []
  const button = `<a class="button" href="${startUrl(stack)}" rel="noreferrer">Authorize</a>`
  if (page.status !== 400 || words === undefined || !page.body.includes(button)) throw new Error(page.text)
  toldSoFar.add(asDocumented(words))
  return words
}

const notConnected = () => {
  expect(stack.hubspot.channels()).toEqual([])
  expect(stack.botpress.states.filter(({ name }) => name !== 'setup')).toEqual([])
  expect(stack.botpress.identifier).toBeUndefined()
}

describe('authorizing ends on a page that says what failed and what to do when', () => {
  it('the form has only some of the four app fields', async () => {
    fillIn(stack, { clientId: undefined, clientSecret: '' })
    expect(told(await authorize(stack))).toBe(
      `Fill in "Client ID", "Client Secret" in the configuration of this integration and save again.`,
    )
  })

  it('the owner does not approve the app', async () => {
    stack.hubspot.switches.consent = 'deny'
    expect(told(await authorize(stack))).toBe(
      `The app was not allowed to connect to the HubSpot account. Click Authorize again and approve.`,
    )
    notConnected()
  })

  it('HubSpot refuses for another reason', async () => {
    const page = await visit(callbackUrl(stack, { error: 'server_error', error_description: '<b>Sorry</b>' }))
    expect(told(page)).toBe(`HubSpot denied the request without giving a reason. Click Authorize again and approve.`)
    expect(page.body).not.toContain('Sorry')
  })

  it('the client secret is wrong', async () => {
    fillIn(stack, { clientSecret: 'not-it' })
    expect(told(await authorize(stack))).toBe(
      `"Client Secret" does not match "Client ID". Copy "Client ID" and "Client Secret" from the Auth tab of your app in HubSpot.`,
    )
    notConnected()
  })

  it('the authorization code has expired', async () => {
    expect(told(await visit(callbackUrl(stack, { code: 'long-gone' })))).toBe(
      `This authorization code has already been used or has expired. ${AGAIN}`,
    )
    notConnected()
  })

  it.each([
    { error: 'invalid_grant' },
    { error: 'invalid_grant', error_description: null, status: null, message: null },
    { status: 'error', category: null, subCategory: 'OAuth.BAD_AUTH_CODE', message: 'used' },
  ])('the code is too old, and HubSpot says little more than that: %j', async (body) => {
    stack.hubspot.faults = allCalls(TOKEN, status(400, {}, body))
    expect(told(await authorize(stack))).toBe(`This authorization code has already been used or has expired. ${AGAIN}`)
    notConnected()
  })

  it('the redirect URL of the app is another one', async () => {
    const sentence = `The HubSpot app has a different redirect URL. Enter exactly ${stack.botpress.redirectUrl} as the app's redirect URL.`
    for (const body of [
      { status: 'MISMATCH_REDIRECT_URI_AUTH_CODE' },
      { error: 'invalid_grant', status: 'BAD_REDIRECT_URI' },
    ]) {
      stack.hubspot.faults = allCalls(TOKEN, status(400, {}, body))
      expect(told(await authorize(stack))).toBe(sentence)
    }
  })

  it('HubSpot does not say which account was chosen', async () => {
    stack.hubspot.faults = together(
      allCalls(TOKEN, status(200, {}, { access_token: 'CN-1', refresh_token: 'na1-1' })),
      allCalls(INTROSPECT, status(400)),
    )
    expect(told(await authorize(stack))).toBe(
      `HubSpot did not say which account this connection belongs to, so it was refused. Try again.`,
    )
    notConnected()
  })

  it('the account did not grant every required scope', async () => {
    const granted = ['oauth', 'conversations.read', 'crm.objects.contacts.read']
    const code = newCode(stack, granted)
    expect(told(await visit(callbackUrl(stack, { code })))).toBe(
      `The HubSpot app lacks the scopes conversations.write, conversations.custom_channels.read, conversations.custom_channels.write, files.read, files.write. Add them to the app, then click Authorize: an existing connection does not get new scopes.`,
    )
    notConnected()
  })

  it('the account has no inbox and no help desk', async () => {
    await stack.close()
    stack = await startStack({ isConnected: false, hubspot: { inboxes: [] } })
    expect(told(await authorize(stack))).toBe(
      `This HubSpot account has no inbox and no help desk. Create one in HubSpot first.`,
    )
  })

  it('the form names an inbox of another account', async () => {
    fillIn(stack, { inboxId: '99999' })
    expect(told(await authorize(stack))).toBe(
      `This HubSpot account has no inbox or help desk with the ID 99999 ("Inbox or Help Desk ID"). Available: 481939 (inbox "Sales inbox"), 481940 (help desk "Support help desk"). Enter one of these and save again.`,
    )
    expect(stack.hubspot.channels()).toEqual([])
  })

  it('the plan has no custom channels', async () => {
    stack.hubspot.switches.acceptsCustomChannels = false
    expect(told(await choose(await authorize(stack), [SALES]))).toMatch(
      /^This HubSpot account is not allowed to use custom channels \(status 403, .*\)\. They require Sales Hub or Service Hub, Professional or Enterprise: check the account's plan\.$/,
    )
    expect(stack.hubspot.channels()).toEqual([])
    stack.hubspot.switches.acceptsCustomChannels = true
    expect(await choose(await authorize(stack), [SALES])).toMatchObject({ title: 'Connected' })
  })

  it('the app has reached its channel limit', async () => {
    stack.hubspot.switches.channelLimit = 0
    expect(told(await choose(await authorize(stack), [SALES]))).toMatch(
      /^HubSpot refused to register another channel for the app \(.*\)\. The app has probably reached HubSpot's limit: uninstall this integration from bots that no longer need it, or use another app\./,
    )
  })

  it('the developer key is wrong', async () => {
    fillIn(stack, { developerApiKey: 'not-it' })
    expect(told(await choose(await authorize(stack), [SALES]))).toBe(
      `"Developer API Key" and "App ID" do not match. Copy the key from Development > Keys in the HubSpot account that owns the app, and the App ID from the app's page.`,
    )
  })

  it('HubSpot is down', async () => {
    const page = await authorize(stack)
    stack.hubspot.faults = allCalls({ method: 'GET', path: /\/inboxes$/ }, status(503, { 'retry-after': '9' }))
    expect(told(await choose(page, [SALES]))).toMatch(
      /^This integration could not be connected to HubSpot: HubSpot did not respond after several attempts\. Try again in a minute/,
    )
  }, 60_000)

  it('the page was open for too long', async () => {
    const page = await authorize(stack)
    const back = clockAhead(31 * 60_000)
    try {
      expect(told(await choose(page, [SALES]))).toBe(`This page has expired, or its address is incomplete. ${AGAIN}`)
      expect(told(await visit(page.url))).toBe(`This page has expired, or its address is incomplete. ${AGAIN}`)
    } finally {
      back()
    }
    expect(stack.hubspot.channels()).toEqual([])
  })

  it('HubSpot never shows the new channel', async () => {
    stack.hubspot.switches.channelVisibleAfterMs = 3_600_000
    const waiting = await choose(await authorize(stack), [SALES])
    const back = clockAhead(31 * 60_000)
    try {
      expect(told(await visit(nextOf(waiting) ?? ''))).toBe(
        `This page has expired, or its address is incomplete. ${AGAIN}`,
      )
    } finally {
      back()
    }
  })

  it('the connection was removed in another window', async () => {
    const page = await authorize(stack)
    await stack.botpress.unregister()
    expect(told(await choose(page, [SALES]))).toBe(
      `This integration is no longer connected to HubSpot account 243842089. ${AGAIN}`,
    )
    expect(stack.hubspot.channels()).toEqual([])
  })
})

describe('authorizing with another HubSpot account', () => {
  const OTHER = 243842777

  const comeFrom = (portalId: number) => visit(callbackUrl(stack, { code: newCode(stack, undefined, portalId) }))

  const portal = () => stack.botpress.states.find(({ name }) => name === 'tokens')?.payload['portalId']

  it('does not replace the connected account, before or after a save', async () => {
    await choose(await authorize(stack), [SALES])
    const sentence =
      'This integration is connected to HubSpot account 243842089 (portal.example.com), but you chose 243842777. To keep 243842089, click Authorize again and choose it. To switch, enter 243842777 in "HubSpot Account ID" in Botpress, save, then click Authorize.'
    expect(told(await comeFrom(OTHER))).toBe(sentence)
    expect(await stack.botpress.register()).toMatchObject({ ok: true })
    expect(told(await comeFrom(OTHER))).toBe(sentence)
    expect(portal()).toBe('243842089')
  })

  it('is refused if the form names an account, even for the first connection', async () => {
    fillIn(stack, { portalId: ' 243842089 ' })
    expect(told(await comeFrom(OTHER))).toBe(
      'You chose HubSpot account 243842777, but "HubSpot Account ID" in the configuration of this integration is 243842089. Click Authorize again and choose 243842089, or enter 243842777 in "HubSpot Account ID" and save first.',
    )
    notConnected()
    expect(await comeFrom(243842089)).toMatchObject({ title: 'Where should conversations appear?' })
  })
})

it('docs/wrong-settings.md lists the messages of refused authorizations, and no others', () => {
  expect([...toldSoFar].sort()).toEqual(documented('Authorizing').sort())
})

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startStack, type Stack } from '../../sandbox/stack'
import { appScript } from '../../hubspot-app/script'
import { escapeHtml } from '../../src/content/text'
import { latestThread } from '../support/thread'
import { fillIn } from '../support/fill-in'
import { authorize, choose, patiently, startUrl } from '../support/visitor'

const SALES = '481939'
const SUPPORT = '481940'

let stack: Stack
beforeEach(async () => {
  stack = await startStack({ isConnected: false })
})
afterEach(async () => stack.close())

const save = async () => expect(await stack.botpress.register()).toEqual({ ok: true, status: 200 })

/** Escalates with a card that names this inbox or none, and returns where the conversation opens. */
async function escalatesTo(inboxId?: string): Promise<string> {
  const email = 'ada@example.com'
  if (stack.hubspot.contacts.list().length === 0) stack.hubspot.contacts.add({ email })
  const ada = stack.botpress.chat.open({ name: 'Ada' })
  const result = await ada.escalate({
    userEmail: email,
    ...(inboxId === undefined ? {} : { hitlSession: { inboxId } }),
  })
  return result.ok ? stack.hubspot.thread(latestThread(stack)).inboxId : (result.message ?? '')
}

describe('before the first authorization', () => {
  const LEFT_TO_DO =
    'This integration is not connected to HubSpot yet. Click Authorize in its configuration and choose where conversations appear.'

  it('saving an empty form succeeds, creates nothing, and says what is left to do', async () => {
    stack.botpress.configuration = { appId: ' ', clientSecret: '', refreshToken: null }
    await save()
    expect(stack.log.at(-1)).toContain(LEFT_TO_DO)
    expect(stack.hubspot.log.calls).toEqual([])
    expect(stack.botpress.states).toEqual([])
  })

  it('the Authorize button leads to a page that says what is left to do if the form names no app', async () => {
    stack.botpress.configuration = {}
    await save()
    const page = await authorize(stack)
    expect(page).toMatchObject({ status: 200, title: 'Your HubSpot app' })
    const { webhookBase: gateway, webhookId } = stack.botpress
    const script = appScript({ gateway, webhookId })
    const [, href] = /<a\s[^>]*download="botpress-inbox.mjs"[^>]*href="data:[^,]+,([^"]+)"/.exec(page.body) ?? []
    expect(decodeURIComponent(href?.replaceAll('&#39;', "'") ?? '')).toBe(script)
    expect(page.body).toContain(`>${escapeHtml(script)}</textarea`)
    expect(page.text).toContain('node botpress-inbox.mjs')
    for (const field of ['Developer API Key', 'App ID', 'Client ID', 'Client Secret'])
      expect(page.text).toContain(field)
    for (const variant of ['', '&amp;scopes=required', '&amp;scopes=legacy']) {
      expect(page.body).toContain(`href="${startUrl(stack)}${variant}"`)
    }
    expect(stack.botpress.log.calls).toEqual([])
  })

  it('saving an app succeeds, creates nothing, and says what is left to do', async () => {
    await save()
    const link = startUrl(stack)
    expect(stack.log.at(-1)).toBe(
      `warn: The configuration is saved. ${LEFT_TO_DO} The button opens ${link} – if HubSpot says that the scopes do not match, open ${link}&scopes=required for an app without optional scopes, or ${link}&scopes=legacy for an app made for an older integration.`,
    )
    expect(stack.hubspot.channels()).toEqual([])
    expect(stack.botpress.states).toEqual([])
  })

  it('an escalation fails with the same message', async () => {
    await save()
    expect(await escalatesTo()).toContain(LEFT_TO_DO)
  })
})

describe('authorizing', () => {
  beforeEach(save)

  it('lists the inboxes and help desks with names, types and IDs, none of them selected', async () => {
    const page = await authorize(stack)
    expect(page).toMatchObject({ status: 200, title: 'Where should conversations appear?' })
    expect(page.text).toContain('Inboxes and help desks of HubSpot account 243842089 (portal.example.com).')
    expect(page.text).toContain('Sales inbox Inbox 481939')
    expect(page.text).toContain('Support help desk Help desk 481940')
    expect(page.body).not.toContain('checked')
    expect(stack.hubspot.channels()).toEqual([])
  })

  it('connects the chosen inbox and says what to do next', async () => {
    const done = await choose(await authorize(stack), [SUPPORT])
    expect(done).toMatchObject({ status: 200, title: 'Connected' })
    expect(done.text).toContain(
      'appear in the help desk "Support help desk" (481940) of HubSpot account 243842089 (portal.example.com).',
    )
    expect(done.text).toContain('put the Escalate to Human card into a flow')
    expect(stack.log.at(-1)).toBe(
      'info: Connected to the help desk "Support help desk" (481940) of HubSpot account 243842089 (portal.example.com).',
    )
    expect(stack.botpress.identifier).toBe(`243842089-${stack.botpress.webhookId}`)
    const [channel] = stack.hubspot.channels()
    expect(channel?.webhookUrl).toBe(stack.botpress.webhookUrl)
    expect(stack.hubspot.accounts(channel?.id ?? '')).toMatchObject([{ inboxId: SUPPORT, authorized: true }])
    expect(await escalatesTo()).toBe(SUPPORT)
  })

  it('connects several inboxes: cards use the one they name, or the default', async () => {
    const done = await choose(await authorize(stack), [SALES, SUPPORT], SUPPORT)
    expect(done.text).toContain('appear in the help desk "Support help desk"')
    expect(done.text).toContain('A card can also name the inbox "Sales inbox" (481939).')
    expect(await escalatesTo()).toBe(SUPPORT)
    expect(await escalatesTo('')).toBe(SUPPORT)
    expect(await escalatesTo(` ${SALES} `)).toBe(SALES)
  })

  it('cards can use the name of an inbox, however it is written', async () => {
    await choose(await authorize(stack), [SUPPORT, SALES])
    for (const name of ['Sales inbox', ' sales  INBOX', '“Sales inbox”', 'inbox "Sales inbox" (481939)']) {
      expect(await escalatesTo(name)).toBe(SALES)
    }
    expect(await escalatesTo('Sales')).toContain('is not connected: Sales. Connected: 481939 (inbox')
  })

  it('cards have to use the number where two inboxes have the same name', async () => {
    await stack.close()
    const inboxes = ['1', '2'].map((id) => ({ id, name: 'Twin', type: 'INBOX' as const }))
    stack = await startStack({ isConnected: false, hubspot: { inboxes } })
    await choose(await authorize(stack), ['1', '2'])
    expect(await escalatesTo('twin')).toContain(
      'is the name of several: twin. Connected: 1 (inbox "Twin"), 2 (inbox "Twin"). Enter one of these in the card.',
    )
    expect(await escalatesTo('2')).toBe('2')
  })

  it('connects the default even if its box is not ticked', async () => {
    await choose(await authorize(stack), [SALES], SUPPORT)
    expect(await escalatesTo()).toBe(SUPPORT)
    expect(await escalatesTo(SALES)).toBe(SALES)
  })

  it('shows the list again if no inbox is chosen', async () => {
    const again = await choose(await authorize(stack), [])
    expect(again).toMatchObject({ status: 400, title: 'Where should conversations appear?' })
    expect(again.text).toContain('Choose at least one inbox or help desk.')
    expect(stack.hubspot.channels()).toEqual([])
    expect(await choose(again, [SALES])).toMatchObject({ title: 'Connected' })
  })

  it("uses the form's inboxes without asking", async () => {
    fillIn(stack, { inboxId: SUPPORT, additionalInboxIds: [SALES] })
    expect((await authorize(stack)).text).toContain('appear in the help desk "Support help desk"')
    expect(await escalatesTo(SALES)).toBe(SALES)
  })

  it('preselects the only inbox', async () => {
    await stack.close()
    stack = await startStack({
      isConnected: false,
      hubspot: { inboxes: [{ id: '7', name: 'The one', type: 'INBOX' }] },
    })
    const page = await authorize(stack)
    expect(page.body.match(/checked/g)).toHaveLength(2)
    expect(await choose(page, ['7'])).toMatchObject({ title: 'Connected' })
  })

  it("asks HubSpot for the scopes of the link's variant", async () => {
    const asked = async (variant: string) => {
      const answer = await fetch(`${startUrl(stack)}${variant}`, { redirect: 'manual' })
      const { searchParams } = new URL(answer.headers.get('location') ?? '')
      return [searchParams.get('scope') ?? '', searchParams.get('optional_scope') ?? ''].map((text) => text.split(' '))
    }
    const [all, required, legacy] = [await asked(''), await asked('&scopes=required'), await asked('&scopes=legacy')]
    expect(all[0]).toEqual(expect.arrayContaining(['oauth', 'files.read', 'files.write']))
    expect(all[1]).toContain('crm.objects.contacts.write')
    expect(required).toEqual([all[0], ['']])
    expect(legacy).toEqual([[...(all[0] ?? []).filter((scope) => !scope.startsWith('files')), 'files'], ['']])
    expect(await asked('&scopes=nonsense')).toEqual(all)
  })

  it('leads to HubSpot again after the first connection', async () => {
    await choose(await authorize(stack), [SALES])
    const answer = await fetch(startUrl(stack), { redirect: 'manual' })
    expect(answer.status).toBe(303)
    expect(answer.headers.get('location')).toMatch(/^https?:\/\/.*\/oauth\/authorize\?/)
  })

  it('works with the API family that replaces v3', async () => {
    await stack.close()
    stack = await startStack({ isConnected: false, apiFamily: 'dated' })
    expect(await choose(await authorize(stack), [SUPPORT])).toMatchObject({ title: 'Connected' })
    expect(await escalatesTo()).toBe(SUPPORT)
  })

  it('waits for a new channel that HubSpot shows late, and creates no second one', async () => {
    stack.hubspot.switches.channelVisibleAfterMs = 7_000
    const waiting = await choose(await authorize(stack), [SALES])
    expect(waiting).toMatchObject({ status: 200, title: 'HubSpot is preparing the channel' })
    expect(await patiently(waiting)).toMatchObject({ title: 'Connected' })
    expect(stack.hubspot.channels()).toHaveLength(1)
  })

  it('continues where an impatient owner left, and creates no second channel', async () => {
    stack.hubspot.switches.channelVisibleAfterMs = 4_000
    const waiting = await choose(await authorize(stack), [SALES])
    expect(waiting.title).toBe('HubSpot is preparing the channel')
    expect(await patiently(await choose(await authorize(stack), [SUPPORT]))).toMatchObject({ title: 'Connected' })
    expect(stack.hubspot.channels()).toHaveLength(1)
    expect(await escalatesTo()).toBe(SUPPORT)
  })
})

describe('after the first connection', () => {
  beforeEach(async () => {
    await save()
    await choose(await authorize(stack), [SALES, SUPPORT], SUPPORT)
  })

  it('saving again keeps the chosen inboxes', async () => {
    await save()
    expect(stack.log.at(-1)).toMatch(
      /help desk "Support help desk" \(481940\) and the inbox "Sales inbox" \(481939\) of HubSpot account/,
    )
    expect(stack.hubspot.channels()).toHaveLength(1)
    expect(await escalatesTo()).toBe(SUPPORT)
    expect(await escalatesTo(SALES)).toBe(SALES)
  })

  it('authorizing again shows the connected inboxes and can change them', async () => {
    const page = await authorize(stack)
    expect(page.body.match(/checked/g)).toHaveLength(3)
    await choose(page, [SALES])
    expect(await escalatesTo()).toBe(SALES)
    expect(await escalatesTo(SUPPORT)).toContain(
      '"Inbox or Help Desk ID" of the escalation card is not connected: 481940. Connected: 481939 (inbox "Sales inbox"). Enter one of these in the card, or connect it in the configuration of this integration.',
    )
    expect(stack.hubspot.channels()).toHaveLength(1)
  })

  it('an inbox in the form takes precedence over the chosen one', async () => {
    fillIn(stack, { inboxId: SALES })
    await save()
    expect(await escalatesTo()).toBe(SALES)
  })

  it("a new process continues with HubSpot's latest refresh token", async () => {
    stack.hubspot.switches.rotateRefreshTokens = true
    await save()
    await stack.restartIntegration()
    await save()
    expect(await escalatesTo()).toBe(SUPPORT)
  })

  it('uninstalling deletes the channel and clears the states', async () => {
    expect(await stack.botpress.unregister()).toMatchObject({ ok: true })
    expect(stack.hubspot.channels()).toEqual([])
    expect(stack.botpress.states.filter(({ payload }) => payload !== null)).toEqual([])
  })
})

it('uninstalling while HubSpot still prepares the channel warns that it may remain', async () => {
  await save()
  stack.hubspot.switches.channelVisibleAfterMs = 60_000
  expect(await choose(await authorize(stack), [SALES])).toMatchObject({ title: 'HubSpot is preparing the channel' })
  expect(stack.hubspot.channels()).toHaveLength(1)
  expect(await stack.botpress.unregister()).toMatchObject({ ok: true })
  const [channel] = stack.hubspot.channels()
  expect(stack.log.at(-1)).toBe(
    `warn: HubSpot did not delete the channel ${channel?.id}. Delete it in HubSpot, in the settings of the inbox.`,
  )
})

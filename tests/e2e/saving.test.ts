import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startStack, type Stack } from '../../sandbox/stack'
import { latestThread } from '../support/thread'

let stack: Stack
beforeEach(async () => {
  stack = await startStack()
})
afterEach(async () => stack.close())

/** Saves with some fields changed and gives the sentence that the owner reads. */
async function saving(changed: Record<string, string>): Promise<string> {
  stack.botpress.configuration = { ...stack.botpress.configuration, ...changed }
  const result = await stack.botpress.register()
  if (result.ok) throw new Error('It was saved')
  expect(result.status).toBe(400)
  return result.message ?? ''
}

const nothingWasMade = () => {
  expect(stack.hubspot.channels()).toEqual([])
  expect(stack.botpress.states.filter(({ name }) => name === 'channel')).toEqual([])
}

describe('saving with a mistake', () => {
  it.each([
    ['refreshToken', /^"Refresh Token" is wrong, has been revoked or belongs to another app\. Install the app again/],
    ['clientId', /^"Client ID" is not that of a HubSpot app\. Copy both from the Auth tab/],
    ['clientSecret', /^"Client Secret" is not that of the app with this "Client ID"\. Copy both/],
    ['developerApiKey', /^"Developer API Key" and "App ID" do not go together\./],
    ['appId', /^"Developer API Key" and "App ID" do not go together\./],
    [
      'inboxId',
      /^"Inbox or Help Desk ID" is not one of this HubSpot account\. Found: 481939 \(inbox "Sales inbox"\), 481940 \(help desk "Support help desk"\)\. Enter one of these/,
    ],
  ])('names the field: %s', async (field, sentence) => {
    expect(await saving({ [field]: '99999' })).toMatch(sentence)
    nothingWasMade()
  })

  it('names each field that holds only blanks', async () => {
    expect(await saving({ appId: ' ', clientSecret: '\n' })).toBe(
      'Fill in "App ID", "Client Secret" in the configuration of this integration and save again.',
    )
    nothingWasMade()
  })

  it('takes a value that was pasted with blanks around it', async () => {
    const { inboxId } = stack.botpress.configuration
    stack.botpress.configuration = { ...stack.botpress.configuration, inboxId: ` ${String(inboxId)}\n` }
    expect(await stack.botpress.register()).toMatchObject({ ok: true })
  })

  it('names the scopes that are missing', async () => {
    const refreshToken = stack.hubspot.tokens.issueRefreshToken(['oauth', 'conversations.read'])
    expect(await saving({ refreshToken })).toMatch(
      /^The HubSpot app lacks the scopes conversations\.write, conversations\.custom_channels\.read, .*crm\.objects\.contacts\.read, files\. Add them/,
    )
    nothingWasMade()
  })

  it('names a refresh token that has been revoked since', async () => {
    expect(await stack.botpress.register()).toMatchObject({ ok: true })
    stack.hubspot.tokens.revokeRefreshToken(String(stack.botpress.configuration['refreshToken']))
    expect(await saving({})).toMatch(/^"Refresh Token" is wrong, has been revoked/)
  })

  it('deletes the channel again when the inbox cannot be connected', async () => {
    stack.hubspot.switches.acceptsCustomChannels = false
    expect(await saving({})).toMatch(/^The configuration could not be saved: HubSpot/)
    nothingWasMade()
    stack.hubspot.switches.acceptsCustomChannels = true
    expect(await stack.botpress.register()).toMatchObject({ ok: true })
  })
})

describe('saving again', () => {
  it('reuses the channel and its account', async () => {
    await stack.botpress.register()
    await stack.botpress.register()
    const [channel, ...others] = stack.hubspot.channels()
    expect(others).toEqual([])
    expect(stack.hubspot.accounts(channel?.id ?? '')).toHaveLength(1)
  })

  it('connects another inbox to the same channel, and escalates there', async () => {
    await stack.botpress.register()
    stack.botpress.configuration = { ...stack.botpress.configuration, inboxId: '481940' }
    expect(await stack.botpress.register()).toMatchObject({ ok: true })
    expect(stack.hubspot.channels()).toHaveLength(1)
    expect(stack.log.at(-1)).toMatch(/Connected to the help desk "Support help desk"/)
    stack.hubspot.contacts.add({ email: 'ada@example.com' })
    await stack.botpress.chat.open({ name: 'Ada' }).escalate({ userEmail: 'ada@example.com' })
    expect(stack.hubspot.thread(latestThread(stack)).inboxId).toBe('481940')
  })

  it('waits for a channel that HubSpot shows late', async () => {
    stack.hubspot.switches.channelVisibleAfterMs = 700
    expect(await stack.botpress.register()).toMatchObject({ ok: true })
    expect(stack.hubspot.channels()).toHaveLength(1)
  })

  it.each(['old', 'new'] as const)('finds the channels where HubSpot has the %s path only', async (channelPaths) => {
    stack.hubspot.switches.channelPaths = channelPaths
    expect(await stack.botpress.register()).toMatchObject({ ok: true })
    expect(await stack.botpress.register()).toMatchObject({ ok: true })
    expect(stack.hubspot.channels()).toHaveLength(1)
  })

  it('brings a channel up to date that was registered with less', async () => {
    await stack.botpress.register()
    const [channel] = stack.hubspot.channels()
    const { developerApiKey, appId } = stack.hubspot.app
    const url = `${stack.hubspot.url}/conversations/v3/custom-channels/${channel?.id}?hapikey=${developerApiKey}&appId=${appId}`
    const capabilities = { ...channel?.capabilities, outgoingAttachmentTypes: [] }
    const headers = { 'content-type': 'application/json' }
    await fetch(url, { method: 'PATCH', headers, body: JSON.stringify({ capabilities }) })
    expect(stack.hubspot.channels()[0]?.capabilities).toEqual(capabilities)
    expect(await stack.botpress.register()).toMatchObject({ ok: true })
    expect(stack.hubspot.channels()).toMatchObject([{ id: channel?.id, capabilities: channel?.capabilities }])
  })

  it('goes on with the refresh token that HubSpot has replaced', async () => {
    stack.hubspot.switches.rotateRefreshTokens = true
    expect(await stack.botpress.register()).toMatchObject({ ok: true })
    expect(await stack.botpress.register()).toMatchObject({ ok: true })
    await stack.restartIntegration()
    expect(await stack.botpress.register()).toMatchObject({ ok: true })
  })
})

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startHubSpot, type HubSpot } from '../index'
import { accountInput, capabilities, connectChannel, idOf, testClient } from '../testing'

let hubspot: HubSpot
beforeEach(async () => {
  hubspot = await startHubSpot()
})
afterEach(async () => hubspot.close())

const v3 = '/conversations/v3/custom-channels'
const alias = '/conversations/custom-channels/v3'
const input = { name: 'Bot', capabilities, webhookUrl: 'https://bot.example.com/hook' }

describe('channels', () => {
  it.each([v3, '/conversations/custom-channels/2026-09'])('live at %s', async (base) => {
    const { developer } = await testClient(hubspot)
    const id = idOf(await developer('POST', base, input))
    expect(await developer('GET', base)).toMatchObject({ body: { total: 1, results: [{ id }] } })
    const changed = await developer('PATCH', `${base}/${id}`, { webhookUrl: 'https://new.example.com/' })
    expect(changed).toMatchObject({ status: 200, body: { name: 'Bot', webhookUrl: 'https://new.example.com/' } })
    expect((await developer('DELETE', `${base}/${id}`)).status).toBe(204)
    expect(await developer('GET', `${base}/${id}`)).toMatchObject({
      status: 404,
      body: { category: 'OBJECT_NOT_FOUND' },
    })
  })

  it.each([
    ['both', 200, 200],
    ['old', 200, 404],
    ['new', 404, 200],
  ] as const)('are listed where the switch says: %s', async (where, atOld, atNew) => {
    hubspot.switches.channelPaths = where
    const { developer } = await testClient(hubspot)
    expect((await developer('GET', v3)).status).toBe(atOld)
    expect((await developer('GET', alias)).status).toBe(atNew)
  })

  it.each([
    [{ richText: ['SPARKLES'] }, ['richText=["SPARKLES"]']],
    [{ maxFileAttachmentSizeBytes: 20_000_000 }, ['maxFileAttachmentSizeBytes=20000000']],
    [{ telepathy: true, threadingModel: 'NONE' }, ['threadingModel="NONE"', 'telepathy=true']],
  ])('refuse the capabilities %j by name', async (changes, capabilityKeysAndValues) => {
    const { developer } = await testClient(hubspot)
    const answer = await developer('POST', v3, { ...input, capabilities: { ...capabilities, ...changes } })
    expect(answer).toMatchObject({
      status: 400,
      body: {
        category: 'VALIDATION_ERROR',
        subCategory: 'CustomChannelsError.INVALID_CHANNEL_CAPABILITY_VALUES',
        context: { capabilityKeysAndValues },
      },
    })
  })

  it('show, and take accounts, only after a while', async () => {
    hubspot.switches.channelVisibleAfterMs = 60_000
    const { developer, api } = await testClient(hubspot)
    const id = idOf(await developer('POST', v3, input))
    expect((await developer('GET', v3)).body).toMatchObject({ total: 0 })
    expect((await developer('GET', `${v3}/${id}`)).status).toBe(404)
    expect((await api('POST', `${v3}/${id}/channel-accounts`, accountInput(hubspot))).status).toBe(404)
    hubspot.switches.channelVisibleAfterMs = 0
    expect((await api('POST', `${v3}/${id}/channel-accounts`, accountInput(hubspot))).status).toBe(201)
  })

  it('are limited in number when switched so', async () => {
    hubspot.switches.channelLimit = 1
    const { developer } = await testClient(hubspot)
    await developer('POST', v3, input)
    expect((await developer('POST', v3, input)).status).toBe(400)
  })

  it('are listed page by page', async () => {
    const { developer } = await testClient(hubspot)
    const ids = [idOf(await developer('POST', v3, input)), idOf(await developer('POST', v3, input))]
    const first = await developer('GET', v3)
    expect(first.body).toMatchObject({ total: 2, results: ids.map((id) => ({ id })) })
    const { developerApiKey, appId } = hubspot.app
    const page = (query: string) =>
      fetch(`${hubspot.url}${v3}?hapikey=${developerApiKey}&appId=${appId}&${query}`).then((answer) => answer.json())
    expect(await page('limit=1')).toMatchObject({ results: [{ id: ids[0] }], paging: { next: { after: '1' } } })
    expect(await page('limit=1&after=1')).toEqual({ total: 2, results: [expect.objectContaining({ id: ids[1] })] })
    expect(await page('limit=x')).toMatchObject({ category: 'VALIDATION_ERROR' })
  })
})

describe('channel accounts', () => {
  it('belong to one inbox and have an identifier of their own', async () => {
    const { client, channel, account } = await connectChannel(hubspot)
    const base = `${v3}/${channel}/channel-accounts`
    expect((await client.api('POST', base, accountInput(hubspot))).status).toBe(409)
    const lost = await client.api('POST', base, { name: 'Bot', authorized: true, inboxId: '1' })
    expect(lost).toMatchObject({ status: 400, body: { message: 'Inbox 1 does not exist' } })
    const wanted = `deliveryIdentifierType=CHANNEL_SPECIFIC_OPAQUE_ID&deliveryIdentifierValue=bot-481939`
    expect((await client.api('GET', `${base}?${wanted}`)).body).toMatchObject({ total: 1, results: [{ id: account }] })
    expect((await client.api('GET', `${base}?deliveryIdentifierValue=other`)).body).toMatchObject({ total: 0 })
  })

  it('are not found under another channel', async () => {
    const { client, channel, account } = await connectChannel(hubspot)
    const other = idOf(await client.developer('POST', v3, input))
    expect((await client.api('GET', `${v3}/${channel}/channel-accounts/${account}`)).status).toBe(200)
    expect((await client.api('GET', `${v3}/${other}/channel-accounts/${account}`)).status).toBe(404)
  })
})

import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { installToy, type Toy } from '../../sandbox/botpress/testing/toy-integration'
import { startHubSpot, type HubSpot as StandIn } from '../../sandbox/hubspot'
import { ALL_SCOPES, testClient } from '../../sandbox/hubspot/testing'
import { clientOf } from '../../tests/support/client-of'
import { allCalls, callsOf, CHANNELS, firstCalls, status, type Target } from '../../tests/support/faults'
import { CAPABILITIES, FEWER_CAPABILITIES } from '../hubspot/custom-channels'
import type { HubSpot } from '../hubspot/client'
import { keyOf, readState, writeState, type StateOwner } from '../installation/states'
import { ensureChannel } from './ensure-channel'

const CREATE: Target = { ...CHANNELS, method: 'POST' }
const UPDATE: Target = { method: 'PATCH', path: /\/custom-channels\/(v3\/)?\d+$/ }
const OURS = 'https://webhook.example.com/ours'
const OTHERS = 'https://webhook.example.com/others'
const APP = {
  targetUrl: OURS,
  developerApiKey: 'a key' as string | undefined,
  channelId: undefined as string | undefined,
  isShared: false,
}

let standIn: StandIn
let toy: Toy
let hubspot: HubSpot
let owner: StateOwner
let warnings: string[]

beforeEach(async () => {
  standIn = await startHubSpot()
  toy = await installToy()
  hubspot = clientOf(standIn, (await testClient(standIn, ALL_SCOPES)).token)
  owner = { key: keyOf(toy.botpress), client: toy.client, integrationId: toy.botpress.integrationId }
  warnings = []
})
afterEach(async () => {
  vi.useRealTimers()
  await toy.close()
  await standIn.close()
})

/** A save in this moment. */
const ensure = async (withinMs = 1_000, app: Partial<typeof APP> = {}) => {
  const channels = await hubspot.customChannels.list()
  standIn.log.clear()
  const warn = (sentence: string) => void warnings.push(sentence)
  return ensureChannel({ owner, hubspot, app: { ...APP, ...app }, warn }, channels, withinMs)
}
const create = async (webhookUrl: string) =>
  (await hubspot.customChannels.create({ name: 'Botpress', webhookUrl, capabilities: CAPABILITIES })).id
const pending = async () => (await readState(owner, 'setup'))?.newChannel
const moveClock = (ms: number) => vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + ms })

describe('a channel', () => {
  it('is registered for our address, though the app has others, and found again by the next save', async () => {
    const other = await create(OTHERS)
    const made = await ensure()
    expect(made).toEqual({ channelId: expect.not.stringMatching(`^${other}$`), isNew: true })
    expect(standIn.channels().map(({ webhookUrl }) => webhookUrl)).toEqual([OTHERS, OURS])
    expect(standIn.channels()[1]?.capabilities).toEqual(CAPABILITIES)
    expect(await pending()).toBeUndefined()
    expect(await ensure()).toEqual({ channelId: made.channelId })
    expect([callsOf(standIn, CREATE), callsOf(standIn, UPDATE), warnings]).toEqual([[], [], []])
  })

  it('is awaited with growing pauses, though the list has others meanwhile', async () => {
    await create(OTHERS)
    standIn.switches.channelVisibleAfterMs = 900
    await sleep(901)
    const began = performance.now()
    const { channelId } = await ensure(5_000)
    expect(performance.now() - began).toBeGreaterThan(600)
    expect(standIn.channels().some(({ id }) => id === channelId)).toBe(true)
    expect(callsOf(standIn, CHANNELS).length).toBeGreaterThan(2)
    expect(callsOf(standIn, CHANNELS).length).toBeLessThan(8)
  })

  it('that HubSpot does not show in time is awaited by later saves for ten minutes, and then registered again', async () => {
    standIn.switches.channelVisibleAfterMs = 3_600_000
    await expect(ensure(50)).rejects.toMatchObject({ name: 'ChannelNotVisible' })
    const first = await pending()
    expect(first).toMatchObject({ webhookUrl: OURS, createdAt: expect.any(Number) })
    moveClock(590_000)
    await expect(ensure(50)).rejects.toMatchObject({ name: 'ChannelNotVisible' })
    expect([callsOf(standIn, CREATE), await pending()]).toEqual([[], first])
    moveClock(11_000)
    await expect(ensure(50)).rejects.toMatchObject({ name: 'ChannelNotVisible' })
    expect(callsOf(standIn, CREATE)).toHaveLength(1)
    expect((await pending())?.channelId).not.toBe(first?.channelId)
  })

  it('that was registered for another address is not taken for it', async () => {
    const channelId = await create(OTHERS)
    await writeState(owner, 'setup', { newChannel: { channelId, webhookUrl: OTHERS, createdAt: Date.now() } })
    expect((await ensure()).channelId).not.toBe(channelId)
  })

  it('that another save has registered at the same time gives way to the older one', async () => {
    const older = await create(OURS)
    await sleep(5)
    const newer = await create(OURS)
    await writeState(owner, 'setup', { newChannel: { channelId: newer, webhookUrl: OURS, createdAt: Date.now() } })
    const props = { owner, hubspot, app: APP, warn: () => undefined }
    // As the list was before either of them showed.
    expect(await ensureChannel(props, [], 1_000)).toEqual({ channelId: older })
    expect(standIn.channels().map(({ id }) => id)).toEqual([older])
  })

  it.each([
    ['created first, whatever the order of the list', '10', '2026-11-28T00:00:00Z', '9', '2026-11-28T00:00:01Z'],
    ['with the smaller number if both have the same time', '9', '2026-11-28T00:00:00Z', '10', '2026-11-28T00:00:00Z'],
    ['with the smaller number if HubSpot does not say when', '9', undefined, '10', undefined],
    ['of unknown age, beside one that is dated', '10', undefined, '9', '2026-11-28T00:00:00Z'],
  ])('is the one %s', async (_which, older, since, newer, later) => {
    await writeState(owner, 'setup', { newChannel: { channelId: newer, webhookUrl: OURS, createdAt: Date.now() } })
    const channel = { webhookUrl: OURS, name: 'Botpress', capabilities: CAPABILITIES }
    const results = [
      { ...channel, id: newer, createdAt: later },
      { ...channel, id: older, createdAt: since },
    ]
    standIn.faults = allCalls(CHANNELS, status(200, {}, { total: 2, results }))
    const props = { owner, hubspot, app: APP, warn: () => undefined }
    expect(await ensureChannel(props, [], 1_000)).toEqual({ channelId: older })
  })

  it('whose address HubSpot does not show is known by the last save', async () => {
    const [otherId, channelId] = [await create(OTHERS), await create(OURS)]
    const hidden = (await hubspot.customChannels.list()).map(({ webhookUrl: _, ...channel }) => channel)
    const state = { portalId: '7', defaultInboxId: '1', accounts: {} }
    const props = { owner, hubspot, app: APP, warn: () => undefined }
    const made = () => callsOf(standIn, CREATE).length - 2
    await writeState(owner, 'channel', { ...state, channelId, webhookUrl: OURS })
    expect(await ensureChannel(props, hidden, 1_000)).toEqual({ channelId, refusedCapabilities: undefined })
    expect(made()).toBe(0)
    await writeState(owner, 'channel', { ...state, channelId: otherId, webhookUrl: OTHERS })
    expect((await ensureChannel(props, hidden, 1_000)).channelId).toBe(channelId)
    expect(made()).toBe(1)
    await writeState(owner, 'channel', undefined)
    expect((await ensureChannel(props, hidden, 1_000)).channelId).toBe(channelId)
    expect(made()).toBe(2)
  })

  it('that leads elsewhere now, as HubSpot shows, is left to those who changed it', async () => {
    const channelId = await create(OTHERS)
    const state = { portalId: '7', defaultInboxId: '1', accounts: {} }
    await writeState(owner, 'channel', { ...state, channelId, webhookUrl: OURS })
    expect((await ensure()).channelId).not.toBe(channelId)
    expect(callsOf(standIn, UPDATE)).toEqual([])
  })
})

describe('the capabilities of a channel', () => {
  beforeEach(async () => void (await create(OURS)))

  it.each<[string, object, number]>([
    [
      'in another order and with more of its own',
      {
        ...CAPABILITIES,
        richText: ['X', ...CAPABILITIES.richText.slice(1), ...CAPABILITIES.richText.slice(0, 1)],
        y: 1,
      },
      0,
    ],
    ['as text', { ...CAPABILITIES, allowInlineImages: 'true', maxFileAttachmentCount: '10' }, 0],
    ['without a format', { ...CAPABILITIES, richText: CAPABILITIES.richText.slice(1) }, 1],
    ['with another number', { ...CAPABILITIES, maxFileAttachmentCount: 3 }, 1],
    ['without a list', { ...CAPABILITIES, outgoingAttachmentTypes: null }, 1],
  ])('that HubSpot shows %s are updated if need be: %#', async (_how, shown, updates) => {
    standIn.switches.shownCapabilities = { ...shown }
    await ensure()
    expect([callsOf(standIn, UPDATE).length, warnings]).toEqual([updates, []])
  })

  it('that HubSpot refuses are asked for in part, then never again, and the owner reads why', async () => {
    standIn.switches.shownCapabilities = { outgoingAttachmentTypes: [] }
    standIn.switches.acceptsNewCapabilities = false
    const { channelId, refusedCapabilities } = await ensure()
    expect(callsOf(standIn, UPDATE)).toHaveLength(2)
    expect(callsOf(standIn, UPDATE)[1]?.requestBody).toContain('"richText":["HYPERLINK","BLOCKQUOTE"]')
    expect(warnings).toEqual([expect.stringMatching(/^HubSpot did not accept all settings of the channel "Botpress"/)])
    const state = { portalId: '7', defaultInboxId: '1', accounts: {}, channelId, webhookUrl: OURS }
    await writeState(owner, 'channel', { ...state, ...(refusedCapabilities && { refusedCapabilities }) })
    expect(await ensure()).toEqual({ channelId, refusedCapabilities })
    expect([callsOf(standIn, UPDATE), warnings.length]).toEqual([[], 1])
  })

  it('of which HubSpot shows the smaller set already are asked for once', async () => {
    standIn.switches.shownCapabilities = { ...FEWER_CAPABILITIES }
    standIn.switches.acceptsNewCapabilities = false
    expect((await ensure()).refusedCapabilities).toMatch(/^[0-9a-f]{64}$/)
    expect(callsOf(standIn, UPDATE)).toHaveLength(1)
  })

  it('fail the save when HubSpot is out of order while it is asked for fewer', async () => {
    standIn.switches.shownCapabilities = { outgoingAttachmentTypes: [] }
    standIn.faults = firstCalls(UPDATE, status(400), status(503, { 'retry-after': '60' }))
    await expect(ensure()).rejects.toMatchObject({ status: 503 })
  })

  it.each([401, 503])('fail the save when HubSpot answers %i, because another try may succeed', async (code) => {
    standIn.switches.shownCapabilities = { outgoingAttachmentTypes: [] }
    standIn.faults = allCalls(UPDATE, status(code, { 'retry-after': '60' }))
    await expect(ensure()).rejects.toMatchObject({ status: code })
    expect(warnings).toEqual([])
  })
})

describe('a new channel', () => {
  it('that HubSpot does not register with all formats has the documented ones, and the owner reads why', async () => {
    standIn.switches.formats = 'documented'
    expect(await ensure()).toMatchObject({ isNew: true, refusedCapabilities: expect.stringMatching(/^[0-9a-f]{64}$/) })
    expect(standIn.channels()[0]?.capabilities).toEqual(FEWER_CAPABILITIES)
    expect(warnings).toHaveLength(1)
  })

  it('that the plan does not allow is not tried with fewer', async () => {
    standIn.faults = allCalls(CREATE, status(403))
    await expect(ensure()).rejects.toMatchObject({ status: 403 })
    expect(callsOf(standIn, CREATE)).toHaveLength(1)
  })
})

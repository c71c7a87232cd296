import { randomBytes } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startHubSpot, type HubSpot as StandIn } from '../../sandbox/hubspot'
import { testClient } from '../../sandbox/hubspot/testing'
import { clientOf } from '../../tests/support/client-of'
import { ownTemporaryFolder, refusal, type TemporaryFolder } from '../../tests/support/downloads'
import { startStranger, type Stranger } from '../../tests/support/strangers'
import { HubSpotError } from '../hubspot/errors'
import { attach, folderOf } from './attach'

let standIn: StandIn
let stranger: Stranger
let temporary: TemporaryFolder
const picture = randomBytes(300_000)

beforeEach(async () => {
  process.env['HUBSPOT_HITL_ALLOW_LOOPBACK'] = 'true'
  temporary = await ownTemporaryFolder()
  standIn = await startHubSpot()
  stranger = await startStranger((_, response) => response.writeHead(200, { 'content-type': 'image/png' }).end(picture))
})
afterEach(async () => {
  delete process.env['HUBSPOT_HITL_ALLOW_LOOPBACK']
  await Promise.all([standIn.close(), stranger.close()])
  await temporary.assertEmptyAndRemove()
})

async function client(family: 'v3' | 'dated' = 'v3', scopes?: string[]) {
  const { token } = await testClient(standIn, scopes)
  return clientOf(standIn, token, family)
}

const image = () => ({ kind: 'image' as const, url: `${stranger.url}/photo`, title: 'A photo' })
const folder = folderOf('bp-1700000000000-3f1c')

describe("attaching a customer's file", () => {
  it.each(['v3', 'dated'] as const)('makes it a private file in HubSpot (%s)', async (family) => {
    const hubspot = await client(family)
    const attached = await attach(hubspot, image(), folder)
    expect(attached).toEqual({ fileId: expect.any(String), fileUsageType: 'IMAGE', fileName: 'photo.png' })
    const stored = await fetch((await hubspot.files.signedUrl(attached.fileId)).url)
    expect(Buffer.from(await stored.arrayBuffer()).equals(picture)).toBe(true)
    expect(stored.headers.get('content-type')).toBe('image/png')
  })

  it('is refused without a call to HubSpot if the download fails', async () => {
    const hubspot = await client()
    const before = standIn.log.calls.length
    await stranger.close()
    stranger = await startStranger((_, response) => response.writeHead(404).end())
    expect((await refusal(attach(hubspot, image(), folder))).reason).toBe('gone')
    delete process.env['HUBSPOT_HITL_ALLOW_LOOPBACK']
    expect((await refusal(attach(hubspot, image(), folder))).reason).toBe('notHttps')
    expect(standIn.log.calls).toHaveLength(before)
  })

  it('is refused if HubSpot does not accept the file', async () => {
    const hubspot = await client()
    standIn.faults = () => ({ kind: 'status', status: 400 })
    expect(await refusal(attach(hubspot, image(), folder))).toMatchObject({
      reason: 'notTaken',
      sentence: 'HubSpot did not accept it',
    })
  })

  it('throws the HubSpotError if a scope is missing', async () => {
    const hubspot = await client('v3', ['oauth', 'conversations.read'])
    const thrown: unknown = await attach(hubspot, image(), folder).catch((error: unknown) => error)
    expect(thrown).toBeInstanceOf(HubSpotError)
    expect(thrown).toMatchObject({ kind: 'missingScope' })
  })
})

describe("the folder of a session's files", () => {
  it.each([
    ['bp-1700000000000-3f1c', '/botpress/bp-1700000000000-3f1c'],
    ['../../x', '/botpress/-x'],
    ['', '/botpress/conversation'],
    ['a'.repeat(500), `/botpress/${'a'.repeat(100)}`],
  ])('for %j is %s', (id, path) => expect(folderOf(id)).toBe(path))
})

import { randomBytes } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startHubSpot, type HubSpot as StandIn } from '../../sandbox/hubspot'
import { testClient } from '../../sandbox/hubspot/testing'
import { clientOf } from '../../tests/support/client-of'
import { ownTemporaryFolder, refusal, type TemporaryFolder } from '../../tests/support/downloads'
import { startStranger, type Stranger } from '../../tests/support/strangers'
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
const conditions = { folderPath: folderOf('bp-1700000000000-3f1c'), timeLeftMs: () => 25_000 }

describe("attaching a customer's file", () => {
  it.each(['v3', 'dated'] as const)('makes it a private file in HubSpot (%s)', async (family) => {
    const hubspot = await client(family)
    const attached = await attach(hubspot, image(), conditions)
    expect(attached).toEqual({
      fileId: expect.any(String),
      fileUsageType: 'IMAGE',
      caption: 'A photo',
    })
    const stored = await fetch((await hubspot.files.signedUrl(attached.fileId)).url)
    expect(Buffer.from(await stored.arrayBuffer()).equals(picture)).toBe(true)
    expect(stored.headers.get('content-type')).toBe('image/png')
  })

  it('is refused without a call to HubSpot if the download fails', async () => {
    const hubspot = await client()
    const before = standIn.log.calls.length
    await stranger.close()
    stranger = await startStranger((_, response) => response.writeHead(404).end())
    expect((await refusal(attach(hubspot, image(), conditions))).reason).toBe('gone')
    delete process.env['HUBSPOT_HITL_ALLOW_LOOPBACK']
    expect((await refusal(attach(hubspot, image(), conditions))).reason).toBe('notHttps')
    expect(standIn.log.calls).toHaveLength(before)
  })

  it('is refused if HubSpot does not accept the file', async () => {
    const hubspot = await client()
    standIn.faults = () => ({ kind: 'status', status: 400 })
    expect(await refusal(attach(hubspot, image(), conditions))).toMatchObject({
      reason: 'notTaken',
      sentence: 'HubSpot did not accept it',
    })
  })

  it.each(['photo', 'photo.png', 'ph%6Fto.png'])('has no caption if its title is its name: %s', async (title) => {
    expect(await attach(await client(), { ...image(), title }, conditions)).toMatchObject({ caption: '' })
  })

  it('is refused if a scope is missing', async () => {
    const hubspot = await client('v3', ['oauth', 'conversations.read'])
    expect((await refusal(attach(hubspot, image(), conditions))).reason).toBe('notTaken')
  })

  it.each(['fails', 'does not answer'])('is refused in time if HubSpot %s', async (how) => {
    const hubspot = await client()
    standIn.faults = () => (how === 'fails' ? { kind: 'status', status: 503 } : { kind: 'delay', ms: 5000 })
    const until = performance.now() + 800
    const timeLeftMs = () => until - performance.now()
    expect((await refusal(attach(hubspot, image(), { ...conditions, timeLeftMs }))).reason).toBe('notTaken')
    expect(timeLeftMs()).toBeGreaterThan(-1000)
  })

  it('is refused without a request if no time is left', async () => {
    const refused = await refusal(attach(await client(), image(), { ...conditions, timeLeftMs: () => -5 }))
    expect([refused.reason, stranger.requests()]).toEqual(['tooSlow', 0])
  })

  it.each([
    ['text/html', 'page.html'],
    ['application/xhtml+xml', 'page'],
    ['image/svg+xml', 'drawing.svg'],
    ['text/xml', 'feed.xml'],
    ['application/atom+xml', 'feed'],
    ['image/png', 'drawing.SVG'],
    ['text/plain', 'page.htm'],
  ])('is stored without its type if an agent who opens it would run its scripts: %s, %s', async (type, name) => {
    const hubspot = await client()
    await stranger.close()
    stranger = await startStranger((_, response) => response.writeHead(200, { 'content-type': type }).end('<x/>'))
    const attached = await attach(
      hubspot,
      { kind: 'file', url: `${stranger.url}/${name}`, title: undefined },
      conditions,
    )
    const stored = await fetch((await hubspot.files.signedUrl(attached.fileId)).url)
    expect(stored.headers.get('content-type')).toBe('application/octet-stream')
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

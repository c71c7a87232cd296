import { randomBytes } from 'node:crypto'
import { mkdtemp, readdir, readlink, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Fault } from '../../sandbox/http/faults'
import { startHubSpot, type HubSpot } from '../../sandbox/hubspot'
import { testClient } from '../../sandbox/hubspot/testing'
import { startStranger } from '../../tests/support/strangers'
import { createHubSpot } from './client'
import { endpointsOf, type ApiFamily } from './endpoints'
import type { FileUpload } from './client'
import { createHttp } from './http'

let hubspot: HubSpot
let folder: string
let upload: FileUpload
const content = randomBytes(500_000)

beforeEach(async () => {
  hubspot = await startHubSpot()
  folder = await mkdtemp(join(tmpdir(), 'upload-'))
  const path = join(folder, 'content')
  await writeFile(path, content)
  upload = {
    path,
    size: content.length,
    fileName: 'Grüße "an" alle.pdf',
    contentType: 'application/pdf',
    folderPath: '/botpress/thread-1',
    ttlDays: 30,
    budgetMs: 20_000,
  }
})
afterEach(async () => {
  await hubspot.close()
  await rm(folder, { recursive: true })
})

async function files(family: ApiFamily = 'v3', apiUrl = hubspot.url, first?: string) {
  const { token } = await testClient(hubspot)
  const tokens = { current: async () => first ?? token, renew: async () => token }
  const send = createHttp({ apiUrl, tokens, developerKey: { hapikey: 'key', appId: '1' } })
  return createHubSpot(send, endpointsOf(family)).files
}

const uploads = () => hubspot.log.calls.filter(({ method, path }) => method === 'POST' && path.startsWith('/files/'))

async function bytesOf(family: ApiFamily, id: string): Promise<Buffer> {
  const stored = await fetch((await (await files(family)).signedUrl(id)).url)
  return Buffer.from(await stored.arrayBuffer())
}

describe.each(['v3', 'dated'] as const)('an upload (%s)', (family) => {
  it('is stored as it is, in private and for a while', async () => {
    const { id } = await (await files(family)).upload(upload)
    expect((await bytesOf(family, id)).equals(content)).toBe(true)
    const [call] = uploads()
    expect(JSON.parse(call?.responseBody ?? '')).toMatchObject({
      id,
      name: 'Grüße "an" alle',
      extension: 'pdf',
      size: content.length,
      type: 'DOCUMENT',
      access: 'PRIVATE',
      path: '/botpress/thread-1/Grüße "an" alle.pdf',
    })
    expect(call?.requestBody).toContain(
      JSON.stringify({
        access: 'PRIVATE',
        ttl: 'P30D',
        overwrite: false,
        duplicateValidationStrategy: 'NONE',
        duplicateValidationScope: 'EXACT_FOLDER',
      }),
    )
    expect(call?.requestHeaders).not.toHaveProperty('transfer-encoding')
    expect(Number(call?.requestHeaders['content-length'])).toBeGreaterThan(content.length)
  })

  it.each<[string, Fault]>([
    ['503', { kind: 'status', status: 503 }],
    ['a reset', { kind: 'reset' }],
    ['a lost answer', { kind: 'answerLost' }],
    ['429', { kind: 'status', status: 429, headers: { 'retry-after': '0' } }],
  ])('is sent again in full after %s', async (_name, fault) => {
    const faults = [fault]
    const { upload: send } = await files(family)
    hubspot.faults = () => faults.shift()
    const { id } = await send(upload)
    expect((await bytesOf(family, id)).equals(content)).toBe(true)
    expect(uploads()).toHaveLength(2)
  })

  it('is sent again in full with a fresh token', async () => {
    const { id } = await (await files(family, hubspot.url, 'expired')).upload(upload)
    expect((await bytesOf(family, id)).equals(content)).toBe(true)
    expect(uploads()).toHaveLength(2)
  })
})

describe('an upload', () => {
  it.each([
    [0, 'P1D'],
    [1000, 'P365D'],
  ])('for %i days lasts %s', async (ttlDays, ttl) => {
    await (await files()).upload({ ...upload, ttlDays })
    expect(uploads()[0]?.requestBody).toContain(`"ttl":"${ttl}"`)
  })

  it('cannot smuggle a field in by its name or type', async () => {
    const evil = 'a.pdf"\r\n\r\nx\r\n--form\r\nname="access'
    const { id } = await (await files()).upload({ ...upload, contentType: `text/plain\r\nx-evil: 1`, fileName: evil })
    expect((await bytesOf('v3', id)).equals(content)).toBe(true)
    expect(uploads()[0]?.requestBody).not.toMatch(/^x-evil/m)
    expect(headOfFile(uploads()[0]?.requestBody)).toEqual([
      'Content-Disposition: form-data; name="file"; filename="a.pdf%22 x --form name=%22access"',
      'Content-Type: text/plain x-evil: 1',
    ])
  })

  it('that is answered before it was read leaves neither the file nor the connection open', async () => {
    const large = { ...upload, size: 20_000_000 }
    await writeFile(large.path, Buffer.alloc(large.size))
    const early = await startStranger((_, response) => response.writeHead(413).end('{"message":"Too large"}'))
    const client = await files('v3', early.url)
    const refused: unknown = await client.upload(large).catch((thrown: unknown) => thrown)
    expect(refused).toMatchObject({ name: 'HubSpotError', kind: 'validation', status: 413, message: 'Too large' })
    await expect.poll(() => isOpen(large.path)).toBe(false)
    await expect.poll(() => early.open()).toBe(0)
    await early.close()
  })
})

/** The lines between the last boundary that opens a part and that part's content. */
function headOfFile(body = ''): string[] {
  const boundary = body.slice(0, body.indexOf('\r\n'))
  const part = body.split(boundary).at(-2) ?? ''
  return part.slice(2, part.indexOf('\r\n\r\n')).split('\r\n')
}

/** Whether this process holds the file open; Linux tells, elsewhere nothing is known. */
async function isOpen(path: string): Promise<boolean> {
  const links = await readdir('/proc/self/fd').catch(() => [])
  const open = await Promise.all(links.map((fd) => readlink(`/proc/self/fd/${fd}`).catch(() => '')))
  return open.includes(path)
}

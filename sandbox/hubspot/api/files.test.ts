import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import * as z from 'zod'
import { startHubSpot, type HubSpot } from '../index'
import { connectChannel, messageInput, testClient, threadOf } from '../testing'

let hubspot: HubSpot
let now: number
beforeEach(async () => {
  now = Date.now()
  hubspot = await startHubSpot({ now: () => now })
})
afterEach(async () => hubspot.close())

const fileSchema = z.object({ id: z.string(), url: z.string() })
const upload = async (changes: Record<string, string> = {}, base = '/files/v3/files', scopes?: string[]) => {
  const { token } = await testClient(hubspot, scopes)
  const body = new FormData()
  body.append('file', new Blob(['hello'], { type: 'text/plain' }), 'hello world.txt')
  const fields = { folderPath: '/bot', options: JSON.stringify({ access: 'PRIVATE' }), ...changes }
  for (const [name, value] of Object.entries(fields)) body.append(name, value)
  const headers = { authorization: `Bearer ${token}` }
  return fetch(`${hubspot.url}${base}`, { method: 'POST', body, headers })
}
const stored = async (access: string) =>
  fileSchema.parse(await (await upload({ options: JSON.stringify({ access }) })).json())

describe('files', () => {
  it.each(['/files/v3/files', '/files/2026-03/files'])('are uploaded and described at %s', async (base) => {
    const answer = await upload({}, base)
    const file = fileSchema.parse(await answer.clone().json())
    expect([answer.status, await answer.json()]).toMatchObject([
      201,
      {
        name: 'hello world',
        extension: 'txt',
        size: 5,
        type: 'DOCUMENT',
        access: 'PRIVATE',
        path: '/bot/hello world.txt',
      },
    ])
    const { api } = await testClient(hubspot)
    expect((await api('GET', `${base}/${file.id}`)).body).toMatchObject({ id: file.id })
    expect((await api('GET', `${base}/1`)).status).toBe(404)
  })

  it.each([
    [{ folderId: '1' }],
    [{ surprise: 'x' }],
    [{ options: 'PRIVATE' }],
    [{ options: '{"access":"HIDDEN_PRIVATE"}' }],
    [{ options: '{}' }],
  ])('are refused with %j', async (changes) => {
    expect((await upload(changes)).status).toBe(400)
  })

  it.each([
    ['files', 201, 200],
    ['files.write', 201, 403],
    ['files.ui_hidden.write', 201, 403],
    ['files.read', 403, 200],
    ['files.ui_hidden.read', 403, 200],
  ])('are uploaded and opened as the grant of %s allows', async (granted, uploading, opening) => {
    expect((await upload({}, '/files/v3/files', [granted])).status).toBe(uploading)
    const { id } = await stored('PRIVATE')
    const { api } = await testClient(hubspot, [granted])
    expect((await api('GET', `/files/v3/files/${id}/signed-url`)).status).toBe(opening)
  })

  it('are refused as JSON', async () => {
    const { api } = await testClient(hubspot)
    expect((await api('POST', '/files/v3/files', {})).status).toBe(415)
  })

  it('are readable at their own address unless they are private', async () => {
    expect((await fetch((await stored('PRIVATE')).url)).status).toBe(404)
    const open = await fetch((await stored('PUBLIC_NOT_INDEXABLE')).url)
    expect([open.status, open.headers.get('content-type'), await open.text()]).toEqual([200, 'text/plain', 'hello'])
  })

  it('of one name in one folder stand beside each other', async () => {
    const [first, second] = [await stored('PUBLIC_INDEXABLE'), await stored('PUBLIC_INDEXABLE')]
    expect([first.url, second.url]).toEqual([
      expect.stringMatching(/hello%20world\.txt$/),
      expect.stringMatching(/hello%20world-1\.txt$/),
    ])
  })

  it('are readable by a signed link until it is too old', async () => {
    const { api } = await testClient(hubspot)
    const { id } = await stored('PRIVATE')
    const { body } = await api('GET', `/files/v3/files/${id}/signed-url?expirationSeconds=60`)
    expect(body).toMatchObject({ name: 'hello world', expiresAt: new Date(now + 60_000).toISOString() })
    const { url } = z.object({ url: z.string() }).parse(body)
    expect((await fetch(url)).status).toBe(200)
    now += 61_000
    expect((await fetch(url)).status).toBe(404)
  })
})

describe('what an agent attaches', () => {
  const open = async () => {
    const { client, messages, account } = await connectChannel(hubspot)
    return threadOf(await client.api('POST', messages, messageInput(account)))
  }
  const image = { name: 'plan.png', contentType: 'image/png', content: 'not really' }
  const attach = (thread: string, attachments: object[]) =>
    hubspot.agent.reply(thread, {
      actorId: 'A-3892666',
      text: 'See',
      attachments: attachments.map((changes) => ({ ...image, ...changes })),
    })

  it('is readable at the attachment’s address, for a while only when switched so', async () => {
    hubspot.switches.attachmentUrlExpires = 1000
    const message = attach(await open(), [{}])
    const [file] = z.array(z.object({ url: z.string() })).parse(message.attachments)
    expect(message.attachments).toMatchObject([{ type: 'FILE', fileUsageType: 'IMAGE', name: 'plan.png' }])
    expect(await (await fetch(file?.url ?? '')).text()).toBe('not really')
    now += 1001
    expect((await fetch(file?.url ?? '')).status).toBe(404)
  })

  it('stays within what the channel said it carries', async () => {
    const thread = await open()
    expect(() => attach(thread, [{}, {}, {}])).toThrow('at most 2 files')
    expect(() => attach(thread, [{ contentType: 'application/zip' }])).toThrow('no files of type application/zip')
    expect(() => attach(thread, [{ content: 'x'.repeat(1_000_001) }])).toThrow('too large')
    expect(() => hubspot.agent.reply(thread, { actorId: 'A-1', text: 'x' })).toThrow('no agent of this portal')
  })
})

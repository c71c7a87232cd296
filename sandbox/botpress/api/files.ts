import { z } from '@botpress/sdk'
import { Hono } from 'hono'
import { BotpressError } from '../errors'
import { newId } from '../ids'
import type { Identity } from '../types'
import { requireIdentity } from './auth'
import { readBody } from './body'

/** A file that an integration has stored. */
export type StoredFile = {
  id: string
  key: string
  contentType: string
  content: Uint8Array | undefined
  isPublic: boolean
}

const upsertFile = z.object({
  key: z.string().min(1).max(500),
  size: z.number().int().nonnegative(),
  tags: z.record(z.string()).optional(),
  index: z.boolean().optional(),
  accessPolicies: z.array(z.enum(['public_content', 'integrations'])).optional(),
  contentType: z.string().optional(),
  expiresAt: z.string().datetime().optional(),
  publicContentImmediatelyAccessible: z.boolean().optional(),
  metadata: z.record(z.unknown()).optional(),
})

/** Two steps, as the client's `uploadFile` goes: the file is announced, then its content is put where that says. */
export function fileRoutes(identity: Identity, files: StoredFile[]): Hono {
  const api = new Hono()
  api.put('/v1/files', requireIdentity(identity), async (c) => {
    const given = await readBody(c, upsertFile)
    const contentType = given.contentType ?? 'application/octet-stream'
    const known = files.find(({ key }) => key === given.key)
    const file = known ?? { id: newId('file'), key: given.key, contentType, content: undefined, isPublic: false }
    if (!known) files.push(file)
    file.contentType = contentType
    file.isPublic = given.accessPolicies?.includes('public_content') ?? false
    const { origin } = new URL(c.req.url)
    const now = new Date().toISOString()
    return c.json({
      file: {
        id: file.id,
        botId: identity.botId,
        key: given.key,
        url: `${origin}/files/${file.id}`,
        uploadUrl: `${origin}/uploads/${file.id}`,
        size: null,
        contentType,
        tags: given.tags ?? {},
        metadata: given.metadata ?? {},
        createdAt: now,
        updatedAt: now,
        accessPolicies: given.accessPolicies ?? [],
        index: given.index ?? false,
        status: 'upload_pending',
        owner: { type: 'integration' },
        ...(given.expiresAt === undefined ? {} : { expiresAt: given.expiresAt }),
      },
    })
  })
  const stored = (id: string): StoredFile => {
    const file = files.find((each) => each.id === id)
    if (!file) throw new BotpressError('ResourceNotFound', `File "${id}" does not exist`)
    return file
  }
  api.put('/uploads/:id', async (c) => {
    stored(c.req.param('id')).content = new Uint8Array(await c.req.arrayBuffer())
    return c.body(null, 200)
  })
  api.on('GET', ['/files/:id', '/files/:id/:name'], (c) => {
    const { content, contentType, isPublic } = stored(c.req.param('id'))
    if (!content || !isPublic) throw new BotpressError('ResourceNotFound', 'This file is not public')
    return new Response(content, { headers: { 'content-type': contentType } })
  })
  return api
}

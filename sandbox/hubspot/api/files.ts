import { Hono } from 'hono'
import * as z from 'zod'
import { linkToFile } from '../behaviour/attachments'
import { storeFile } from '../behaviour/files'
import { invalid, notFound } from '../problem'
import type { StoredFile, World } from '../state/world'
import { scope } from './auth'
import { assertContentType, checked, parseJson } from './body'

const accesses = ['PUBLIC_INDEXABLE', 'PUBLIC_NOT_INDEXABLE', 'PRIVATE'] as const

const optionsSchema = z.strictObject({
  access: z.enum(accesses),
  ttl: z
    .string()
    .regex(/^P\d+[DWMY]$/)
    .optional(),
  overwrite: z.boolean().optional(),
  duplicateValidationStrategy: z.enum(['NONE', 'REJECT', 'RETURN_EXISTING']).optional(),
  duplicateValidationScope: z.enum(['ENTIRE_PORTAL', 'EXACT_FOLDER']).optional(),
})

const uploadSchema = z
  .strictObject({
    file: z.file(),
    options: z.string(),
    folderId: z.string().optional(),
    folderPath: z.string().optional(),
    fileName: z.string().min(1).optional(),
    charsetHunch: z.string().optional(),
  })
  .refine(({ folderId, folderPath }) => (folderId === undefined) !== (folderPath === undefined), {
    error: 'exactly one of folderId and folderPath is required',
  })

/** How long a signed link works is not documented. */
const LINK_SECONDS = 3600

export function files(world: World): Hono {
  const write = scope(world, 'files', 'files.write', 'files.ui_hidden.write')
  const read = scope(world, 'files', 'files.read', 'files.ui_hidden.read')
  return new Hono()
    .post('/', write, async (c) => {
      assertContentType(c, 'multipart/form-data')
      const upload = checked(uploadSchema, await c.req.parseBody(), false)
      const { access } = checked(optionsSchema, parseJson(upload.options), false)
      const { file: stored } = storeFile(world, {
        fileName: upload.fileName ?? upload.file.name,
        folder: upload.folderPath ?? `folder-${upload.folderId}`,
        access,
        bytes: new Uint8Array(await upload.file.arrayBuffer()),
        contentType: upload.file.type,
      })
      return c.json(stored, 201)
    })
    .get('/:fileId', read, (c) => c.json(findFile(world, c.req.param('fileId')).file))
    .get('/:fileId/signed-url', read, (c) => {
      const stored = findFile(world, c.req.param('fileId'))
      const seconds = Number(c.req.query('expirationSeconds') ?? LINK_SECONDS)
      if (!Number.isInteger(seconds) || seconds < 1) throw invalid('expirationSeconds must be a positive number')
      const { url, expiresAt } = linkToFile(world, stored, seconds * 1000)
      const { name, extension, type, size } = stored.file
      return c.json({ url, expiresAt: new Date(expiresAt).toISOString(), name, extension, type, size })
    })
}

function findFile(world: World, id: string): StoredFile {
  const stored = world.files.get(id)
  if (stored === undefined) throw notFound('File', id)
  return stored
}

import { Hono } from 'hono'
import type { StoredFile, World } from '../state/world'

/** Serves the contents of files by a valid link. The URL of a private file never works. */
export function fileBytes(world: World): Hono {
  return new Hono()
    .get('/hubfs/*', (c) => {
      const asked = c.req.url.slice(c.req.url.indexOf('/hubfs/'))
      const stored = [...world.files.values()].find(({ file }) => file.url.endsWith(asked))
      return stored === undefined || stored.file.access === 'PRIVATE' ? gone() : serve(stored)
    })
    .get('/signed-files/:secret/:name', (c) => {
      const link = world.fileLinks.get(c.req.param('secret'))
      const stored = link && link.expiresAt > world.options.now() ? world.files.get(link.fileId) : undefined
      return stored === undefined ? gone() : serve(stored)
    })
}

function serve({ bytes, contentType }: StoredFile): Response {
  return new Response(bytes, { headers: { 'content-type': contentType } })
}

function gone(): Response {
  return new Response('Not Found', { status: 404, headers: { 'content-type': 'text/plain' } })
}

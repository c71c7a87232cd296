import { setTimeout as sleep } from 'node:timers/promises'
import { Hono } from 'hono'
import { serveOnLoopback, type Served } from '../../sandbox/http/serve'

/** Serves the customers' files. */
export function serveFiles(): Promise<Served> {
  const app = new Hono()
  const file = (path: string, contentType: string, content: string, headers: Record<string, string> = {}) =>
    app.get(path, () => new Response(content, { headers: { 'content-type': contentType, ...headers } }))
  file('/vase.jpg', 'image/jpeg', 'a picture')
  file('/voice.ogg', 'audio/ogg', 'a voice note')
  file('/fall.mp4', 'video/mp4', 'a film')
  file('/download', 'application/pdf', 'a bill', {
    'content-disposition': `attachment; filename*=UTF-8''R%C3%A4chnung.pdf`,
  })
  app.get('/after/:ms/:name', async (c) => {
    await sleep(Number(c.req.param('ms')))
    return new Response('late', { headers: { 'content-type': 'image/png' } })
  })
  app.get('/dripping', () => {
    const body = new ReadableStream<Uint8Array>({
      pull: async (controller) => {
        await sleep(100)
        controller.enqueue(new Uint8Array(1))
      },
    })
    return new Response(body, { headers: { 'content-type': 'image/png' } })
  })
  file('/drawing.svg', 'image/svg+xml', '<svg/>')
  file('/notes.constructor', 'application/octet-stream', 'notes')
  file('/recording', 'video/webm', 'a voice')
  app.get('/huge', () => {
    const block = new Uint8Array(1_000_000)
    let sent = 0
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => (++sent > 30 ? controller.close() : controller.enqueue(block)),
    })
    return new Response(body, { headers: { 'content-type': 'application/zip' } })
  })
  return serveOnLoopback(app)
}

import type { LookupAddress } from 'node:dns'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import http from 'node:http'
import net, { type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { download, type Downloaded, type DownloadOptions } from './download'
import { AttachmentRefused } from './refused'

/** Of 2d00::/8, which IANA has not given out: public by its looks, and nobody is there. */
export const PUBLIC: LookupAddress = { address: '2d00::1', family: 6 }
export const LOOPBACK: LookupAddress = { address: '127.0.0.1', family: 4 }

/** For tests only: servers on this machine that answer as strangers do, and a place to see what is left behind. */
export type Stranger = { url: string; port: number; requests: () => number; close: () => Promise<void> }

/** Answers in HTTP. */
export async function startStranger(handler: http.RequestListener): Promise<Stranger> {
  let requests = 0
  const server = http.createServer((request, response) => {
    requests += 1
    handler(request, response)
  })
  const { port } = await listening(server, '127.0.0.1')
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    requests: () => requests,
    close: async () => {
      server.closeAllConnections()
      await closed(server)
    },
  }
}

/** Answers with these bytes, whether or not they are HTTP; and hangs up unless it is told to wait. */
export async function startRawStranger(bytes: string | Buffer, { hangUp = true } = {}): Promise<Stranger> {
  let requests = 0
  const sockets = new Set<net.Socket>()
  const server = net.createServer((socket) => {
    requests += 1
    sockets.add(socket)
    socket.on('error', () => socket.destroy())
    socket.once('data', () => {
      if (hangUp) socket.end(bytes)
      else socket.write(bytes)
    })
  })
  const { port } = await listening(server, '127.0.0.1')
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    requests: () => requests,
    close: async () => {
      for (const socket of sockets) socket.destroy()
      await closed(server)
    },
  }
}

/** Redirects to whatever its query says. */
export const startRedirector = (): Promise<Stranger> =>
  startStranger(({ url = '' }, response) => {
    response.writeHead(302, { location: decodeURIComponent(url.slice(url.indexOf('?') + 1)) }).end()
  })

/** Counts who connects, at every address that this machine has. */
export async function startCanary(): Promise<{ port: number; connections: () => number; close: () => Promise<void> }> {
  let connections = 0
  const server = net.createServer((socket) => {
    connections += 1
    socket.destroy()
  })
  const { port } = await listening(server, '::').catch(() => listening(server, '0.0.0.0'))
  return { port, connections: () => connections, close: () => closed(server) }
}

function listening(server: net.Server, host: string): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, host, () => {
      const address = server.address()
      if (address === null || typeof address === 'string') reject(new Error('The server listens on no port'))
      else resolve(address)
    })
  })
}

const closed = (server: net.Server): Promise<void> => new Promise((resolve) => server.close(() => resolve()))

export type TemporaryFolder = { files: () => Promise<string[]>; assertEmptyAndRemove: () => Promise<void> }

/** A folder of its own for temporary files, so that what other processes leave there does not count. */
export async function ownTemporaryFolder(): Promise<TemporaryFolder> {
  const before = process.env['TMPDIR']
  const folder = await mkdtemp(join(tmpdir(), 'attachments-test-'))
  process.env['TMPDIR'] = folder
  return {
    files: () => readdir(folder),
    assertEmptyAndRemove: async () => {
      if (before === undefined) delete process.env['TMPDIR']
      else process.env['TMPDIR'] = before
      const left = await readdir(folder)
      await rm(folder, { recursive: true, force: true })
      if (left.length > 0) throw new Error(`Left behind: ${left.join(', ')}`)
    },
  }
}

/** Downloads from one stranger after another, each gone when the next one comes. */
export type Visits = {
  get: (handler: http.RequestListener, options?: DownloadOptions, path?: string) => Promise<Downloaded>
  getRaw: (bytes: string | Buffer, options?: DownloadOptions, hangUp?: boolean) => Promise<Downloaded>
  /** Of the last one. */
  requests: () => number
  files: () => Promise<string[]>
  /** Throws when a file is left behind. */
  end: () => Promise<void>
}

export async function startVisits(): Promise<Visits> {
  const temporary = await ownTemporaryFolder()
  let stranger: Stranger | undefined
  const visit = async (next: Promise<Stranger>, options: DownloadOptions = {}, path = '/a.txt') => {
    await stranger?.close()
    stranger = await next
    return download(`${stranger.url}${path}`, { allowLoopback: true, ...options })
  }
  return {
    get: (handler, options, path) => visit(startStranger(handler), options, path),
    getRaw: (bytes, options, hangUp = true) => visit(startRawStranger(bytes, { hangUp }), options),
    requests: () => stranger?.requests() ?? 0,
    files: temporary.files,
    end: async () => {
      await stranger?.close()
      await temporary.assertEmptyAndRemove()
    },
  }
}

/** The refusal that a promise ends in; anything else fails the test. */
export async function refusal(promise: Promise<unknown>): Promise<AttachmentRefused> {
  try {
    await promise
  } catch (thrown) {
    if (thrown instanceof AttachmentRefused) return thrown
    throw thrown
  }
  throw new Error('It was not refused')
}

/** What tests of hostile links have around them: nobody may be reached, and nothing may be left behind. */
export async function startAttackGround() {
  const temporary = await ownTemporaryFolder()
  const canary = await startCanary()
  const redirector = await startRedirector()
  return {
    canary,
    redirector,
    close: async () => {
      await Promise.all([canary.close(), redirector.close()])
      await temporary.assertEmptyAndRemove()
    },
  }
}

import { mkdtemp, readdir, rm } from 'node:fs/promises'
import http from 'node:http'
import net, { type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AttachmentRefused } from './refused'

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

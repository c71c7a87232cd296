import http from 'node:http'
import net, { type AddressInfo } from 'node:net'

/** An untrusted server on this machine. */
export type Stranger = {
  url: string
  port: number
  requests: () => number
  /** Connections that are still open. */
  open: () => Promise<number>
  close: () => Promise<void>
}

/** Responds over HTTP. */
export async function startStranger(handler: http.RequestListener): Promise<Stranger> {
  let requests = 0
  const server = http.createServer((request, response) => {
    requests += 1
    handler(request, response)
  })
  return listeningStranger(server, { requests: () => requests, hangUp: () => server.closeAllConnections() })
}

/** Responds with these bytes, which need not be HTTP, and closes the connection unless `hangUp` is false. */
export const startRawStranger = (bytes: string | Buffer, { hangUp = true } = {}): Promise<Stranger> =>
  startSocketStranger((socket) => {
    socket.once('data', () => {
      if (hangUp) socket.end(bytes)
      else socket.write(bytes)
    })
  })

/** Responds with these bytes, then sends `drop` every 20 ms. */
export const startDrippingStranger = (bytes: string, drop: string): Promise<Stranger> =>
  startSocketStranger((socket) => {
    socket.once('data', () => {
      socket.write(bytes)
      const dripping = setInterval(() => socket.write(drop), 20)
      socket.on('close', () => clearInterval(dripping))
    })
  })

/** Accepts connections but reads nothing. */
export const startDeafStranger = (): Promise<Stranger> => startSocketStranger((socket) => socket.pause())

/** Does with each connection what `handle` does. */
export async function startSocketStranger(handle: (socket: net.Socket) => void): Promise<Stranger> {
  let requests = 0
  const sockets = new Set<net.Socket>()
  const server = net.createServer((socket) => {
    requests += 1
    sockets.add(socket)
    socket.on('error', () => socket.destroy())
    handle(socket)
  })
  const hangUp = () => {
    for (const socket of sockets) socket.destroy()
  }
  return listeningStranger(server, { requests: () => requests, hangUp })
}

/** `hangUp` ends the connections that are still open. */
async function listeningStranger(
  server: net.Server,
  { requests, hangUp }: { requests: () => number; hangUp: () => void },
): Promise<Stranger> {
  const { port } = await listening(server, '127.0.0.1')
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    requests,
    open: () => connectionsOf(server),
    close: async () => {
      hangUp()
      await closed(server)
    },
  }
}

/** Redirects to the URL in its query. */
export const startRedirector = (): Promise<Stranger> =>
  startStranger(({ url = '' }, response) => {
    response.writeHead(302, { location: decodeURIComponent(url.slice(url.indexOf('?') + 1)) }).end()
  })

/** Counts connections on every address of this machine. */
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
      if (address === null || typeof address === 'string') reject(new Error('The server has no port'))
      else resolve(address)
    })
  })
}

const connectionsOf = (server: net.Server): Promise<number> =>
  new Promise((resolve, reject) => server.getConnections((error, count) => (error ? reject(error) : resolve(count))))

const closed = (server: net.Server): Promise<void> => new Promise((resolve) => server.close(() => resolve()))

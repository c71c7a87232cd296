import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { IncomingMessage } from 'node:http'
import { Socket } from 'node:net'
import * as z from 'zod/mini'

const STARTS = 'http.server.request.start'

/** https://nodejs.org/docs/latest-v20.x/api/diagnostics_channel.html#http */
const started = z.object({ request: z.instanceof(IncomingMessage), socket: z.instanceof(Socket) })

/**
 * Counts the connections of requests to a server in this process. `belowPath` ignores requests to the server's other
 * paths.
 */
export function watchConnections({ url, belowPath = '/' }: { url: string; belowPath?: string }) {
  const sockets = new Set<Socket>()
  const port = Number(new URL(url).port)
  const look = (message: unknown) => {
    const { request, socket } = started.parse(message)
    if (socket.localPort === port && request.url?.startsWith(belowPath)) sockets.add(socket)
  }
  subscribe(STARTS, look)
  return { count: () => sockets.size, close: () => unsubscribe(STARTS, look) }
}

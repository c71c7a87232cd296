import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'

const STARTS = 'http.server.request.start'

type Started = { request: IncomingMessage; socket: Socket }

/**
 * The connections that requests to a server in this process come by. `belowPath` leaves out others that the same server
 * answers.
 */
export function watchConnections({ url, belowPath = '/' }: { url: string; belowPath?: string }) {
  const sockets = new Set<Socket>()
  const port = Number(new URL(url).port)
  const look = (message: unknown) => {
    // What Node publishes on this channel: https://nodejs.org/docs/latest-v20.x/api/diagnostics_channel.html#http
    const { request, socket } = message as Started
    if (socket.localPort === port && request.url?.startsWith(belowPath)) sockets.add(socket)
  }
  subscribe(STARTS, look)
  return {
    count: () => sockets.size,
    close: () => unsubscribe(STARTS, look),
  }
}

import type { Env, Hono } from 'hono'
import { serveOnLoopback, type Served } from './serve'

/** A configurable port and its environment variable. */
export type Port = { name: string; number: number }

/** 0 selects a free port. Undefined if the text is not a port number. */
export function portNumber(given: string): number | undefined {
  return /^\d+$/.test(given) && Number(given) < 65_536 ? Number(given) : undefined
}

/** Like `serveOnLoopback`, but the error says what to do if the port is in use. */
export async function serveAt<E extends Env>(app: Hono<E>, { name, number }: Port): Promise<Served> {
  return serveOnLoopback(app, number).catch((thrown: unknown) => {
    const isTaken = thrown instanceof Error && 'code' in thrown && thrown.code === 'EADDRINUSE'
    throw isTaken ? new Error(`Port ${number} is in use. Choose another one: ${name}=${number + 1} npm start`) : thrown
  })
}

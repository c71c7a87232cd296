import type { Env, Hono } from 'hono'
import { serveOnLoopback, type Served } from './serve'

/** A port that somebody may choose, and the variable that they choose it by. */
export type Port = { name: string; number: number }

/** 0 takes a free one. Undefined for what is no port number. */
export function portNumber(given: string): number | undefined {
  return /^\d+$/.test(given) && Number(given) < 65_536 ? Number(given) : undefined
}

/** As `serveOnLoopback`; throws with the remedy when the port is in use. */
export async function serveAt<E extends Env>(app: Hono<E>, { name, number }: Port): Promise<Served> {
  return serveOnLoopback(app, number).catch((thrown: unknown) => {
    const isTaken = thrown instanceof Error && 'code' in thrown && thrown.code === 'EADDRINUSE'
    throw isTaken ? new Error(`Port ${number} is in use. Choose another one: ${name}=${number + 1} npm start`) : thrown
  })
}

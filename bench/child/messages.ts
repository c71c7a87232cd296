import * as z from 'zod/mini'

/** `collect` runs a garbage collection; `clock` moves the clock ahead. The answer to each is the resource usage. */
export type Question = { id: number; ask: 'usage' | 'collect' | 'clock'; aheadMs?: number }

/** Since the process started, or at this moment. A megabyte is 1,000,000 bytes. */
const usage = z.object({ processorMs: z.number(), rssMb: z.number(), heapMb: z.number(), peakMb: z.number() })
export type Usage = z.infer<typeof usage>

/** The process's messages: its port once it listens, then answers. */
export const answer = z.union([z.object({ port: z.number() }), z.object({ id: z.number(), usage })])

/** The report of a process that only loaded a bundle. */
export const loaded = z.object({ ms: z.number(), rssMb: z.number(), heapMb: z.number() })
export type Loaded = z.infer<typeof loaded>

/** The minimum processor time of one call with each client, in milliseconds. */
export const callCosts = z.object({ axios: z.number(), node: z.number() })
export type CallCosts = z.infer<typeof callCosts>

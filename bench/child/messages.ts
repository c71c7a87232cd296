import * as z from 'zod/mini'

/** `collect` collects the garbage first; `clock` moves the clock ahead. Each is answered with what is used. */
export type Question = { id: number; ask: 'usage' | 'collect' | 'clock'; aheadMs?: number }

/** Since the process began, or now; megabytes of 1,000,000 bytes. */
const usage = z.object({ processorMs: z.number(), rssMb: z.number(), heapMb: z.number(), peakMb: z.number() })
export type Usage = z.infer<typeof usage>

/** What the process sends: its port when it listens, then answers. */
export const answer = z.union([z.object({ port: z.number() }), z.object({ id: z.number(), usage })])

/** What a process tells that has loaded a bundle and done nothing else. */
export const loaded = z.object({ ms: z.number(), rssMb: z.number(), heapMb: z.number() })
export type Loaded = z.infer<typeof loaded>

/** Milliseconds of the processor that one call took at least, through each client. */
export const callCosts = z.object({ axios: z.number(), node: z.number() })
export type CallCosts = z.infer<typeof callCosts>

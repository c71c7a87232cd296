import { setTimeout as sleep } from 'node:timers/promises'
import type { SSEStreamingApi } from 'hono/streaming'
import { Listeners } from '../listeners'

/** Changes within this time are sent as one. */
const TOGETHER_MS = 50

export type Changes = {
  /** The view may have changed. */
  tell: () => void
  /** Sends the view now and after each change, until the reader disconnects. */
  follow: (stream: SSEStreamingApi, view: () => string) => Promise<void>
}

/** Notifies every open page of changes. */
export function createChanges(): Changes {
  const listeners = new Listeners<void>()
  return {
    tell: () => void listeners.tell(),
    follow: async (stream, view) => {
      let wake: () => void = () => {}
      let isCurrent = false
      const stop = listeners.subscribe(() => {
        isCurrent = false
        wake()
      })
      stream.onAbort(() => {
        stop()
        wake()
      })
      while (!stream.aborted) {
        isCurrent = true
        await stream.writeSSE({ data: view() })
        await sleep(TOGETHER_MS)
        // It may have changed while it was being sent.
        if (!isCurrent || stream.aborted) continue
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
    },
  }
}

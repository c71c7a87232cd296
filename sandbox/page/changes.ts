import { setTimeout as sleep } from 'node:timers/promises'
import type { SSEStreamingApi } from 'hono/streaming'
import { Listeners } from '../listeners'

/** Changes within this time are sent as one. */
const TOGETHER_MS = 50

/** Not every change is told, but each follows one that is. */
const AGAIN_MS = 400

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
      let isTold = true
      const stop = listeners.subscribe(() => {
        isTold = true
        wake()
      })
      stream.onAbort(() => {
        stop()
        wake()
      })
      let sent = ''
      while (!stream.aborted) {
        const wasTold = isTold
        isTold = false
        const data = view()
        if (data !== sent) await stream.writeSSE({ data })
        sent = data
        await sleep(TOGETHER_MS)
        if (isTold || stream.aborted) continue
        const told = new Promise<void>((resolve) => {
          wake = resolve
        })
        await (wasTold ? Promise.race([told, sleep(AGAIN_MS)]) : told)
      }
    },
  }
}

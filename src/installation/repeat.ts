import { setTimeout as sleep } from 'node:timers/promises'
import { isApiError } from '@botpress/sdk'

const PAUSES_MS = [100, 400, 1_600]

/**
 * Retries an idempotent call to Botpress while Botpress fails. The client itself does not retry a POST after 500, 503
 * or 504, because it cannot know that the call is idempotent.
 */
export async function repeated<T>(call: () => Promise<T>): Promise<T> {
  for (const pause of PAUSES_MS) {
    try {
      return await call()
    } catch (thrown) {
      if (!isApiError(thrown) || thrown.code < 500) throw thrown
      await sleep(pause)
    }
  }
  return call()
}

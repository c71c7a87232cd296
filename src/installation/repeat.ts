import { setTimeout as sleep } from 'node:timers/promises'
import { isApiError } from '@botpress/sdk'

const PAUSES_MS = [100, 400, 1_600]

/**
 * Makes a call to Botpress that does no harm when it is made twice, and makes it again when Botpress fails. The
 * client's own policy leaves a POST that was answered 500, 503 or 504 alone, since it cannot know.
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

import { BotpressError } from '../errors'
import type { Schedule } from '../types'

/** Milliseconds to wait; exactly one of the two ways to say it is allowed, and a moment in the past is now. */
export function delayOf(schedule: Schedule | undefined): number {
  if (!schedule) return 0
  const { dateTime, delay } = schedule
  if ((dateTime === undefined) === (delay === undefined)) {
    throw new BotpressError('InvalidPayload', 'A schedule needs either dateTime or delay')
  }
  if (delay !== undefined) return delay
  const moment = Date.parse(dateTime ?? '')
  if (Number.isNaN(moment)) throw new BotpressError('InvalidPayload', `"${dateTime}" is not an ISO 8601 time`)
  return Math.max(0, moment - Date.now())
}

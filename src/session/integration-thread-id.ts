import { randomUUID } from 'node:crypto'

/**
 * Our own id of a thread, fresh for each session. It begins with the time, so that an event of the thread tells
 * without a look-up whether its session is still being opened.
 */
export const newIntegrationThreadId = (now: number = Date.now()): string => `bp-${now}-${randomUUID()}`

/** When the session began, in milliseconds since 1970; undefined for an id that is not ours. */
export function beganAt(integrationThreadId: string): number | undefined {
  const [, time] = /^bp-(\d{13})-/.exec(integrationThreadId) ?? []
  return time === undefined ? undefined : Number(time)
}

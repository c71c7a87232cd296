import type { OpenSession } from '../../tests/support/session'
import { sendText, type Direction } from '../send-text'
import type { TestBed } from '../test-bed'
import { trafficOf, type Traffic } from '../traffic'

export type Messages = {
  /** Milliseconds of each message. */
  durations: number[]
  /** Milliseconds of the integration's processor, a message. */
  processorMs: number
  /** A message. */
  traffic: Traffic
}

export type Load = { direction: Direction; count: number }

/** Each session writes one text after the other, all sessions side by side; `count` texts in all. */
export async function measureMessages(
  bed: TestBed,
  sessions: readonly OpenSession[],
  { direction, count }: Load,
): Promise<Messages> {
  const durations: number[] = []
  let left = count
  const before = await bed.integration.usage()
  const { toBotpress, toHubSpot, bytes } = await trafficOf(bed, () =>
    Promise.all(
      sessions.map(async (session) => {
        while (left > 0) {
          left -= 1
          durations.push(await sendText(bed, direction, session))
        }
      }),
    ),
  )
  const after = await bed.integration.usage()
  return {
    durations,
    processorMs: (after.processorMs - before.processorMs) / count,
    traffic: { toBotpress: toBotpress / count, toHubSpot: toHubSpot / count, bytes: bytes / count },
  }
}

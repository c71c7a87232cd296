import type { OpenSession } from '../../tests/support/session'
import { sendText, type Direction } from '../send-text'
import type { TestBed } from '../test-bed'
import { trafficOf, type Traffic } from '../traffic'

export type Messages = {
  /** The duration of each message in milliseconds. */
  durations: number[]
  /** The integration's processor time per message in milliseconds. */
  processorMs: number
  /** A message. */
  traffic: Traffic
}

export type Load = { direction: Direction; count: number }

/** All sessions write concurrently, each one text after another; `count` texts in total. */
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

import type { OpenSession } from '../tests/support/session'
import { GRACE } from '../tests/support/webhooks'
import type { TestBed } from './test-bed'

export type Direction = 'customer' | 'agent'

const TEXT = 'My parcel should have been here on Monday, could you please have a look at where it is?'

let written = 0

/**
 * Sends one text. Resolves to the duration in milliseconds as Botpress sees it: of the customer's message until the
 * integration reports the delivery, or of HubSpot's webhook until the answer.
 */
export async function sendText(bed: TestBed, direction: Direction, session: OpenSession): Promise<number> {
  written += 1
  const text = `${TEXT} (${direction} ${written})`
  const done = operationWith(bed, `(${direction} ${written})`)
  if (direction === 'customer') await session.customer.say(text)
  else bed.hubspot.agent.reply(session.threadId, { actorId: GRACE, text })
  return done
}

/** The duration in milliseconds of the next operation whose request contains `marker`. Rejects if it fails. */
export function operationWith({ botpress, log }: TestBed, marker: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const stop = botpress.operations.subscribe(({ requestBody, responseBody, status, durationMs }) => {
      if (!requestBody.includes(marker)) return
      stop()
      if (status === 200) resolve(durationMs)
      else reject(new Error(`An operation failed with ${status}: ${responseBody}\n${log.join('')}`))
    })
  })
}

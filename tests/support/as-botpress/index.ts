import { describe } from 'vitest'
import { describeCustomers } from './customers'
import { describeEndings } from './endings'
import { describeOpenings } from './openings'
import { usesBotpress } from './setup'

/** How Botpress and its HITL plugin use the integration, with a bot that needs so many milliseconds a call. */
export const describeAsBotpress = (callMs: number) =>
  describe(`as Botpress uses it, ${callMs} ms a call`, () => {
    usesBotpress(callMs)
    describeCustomers()
    describeEndings()
    describeOpenings()
  })

import { afterAll, afterEach, beforeAll, vi } from 'vitest'
import { installToy, type Toy } from '../../sandbox/botpress/testing/toy-integration'
import { keyOf, type StateOwner } from '../../src/installation/states'

/** Processes that share one installation's state, for all tests of a file. Faults and moved clocks end with each test. */
export function usesProcesses() {
  let toy: Toy
  let processes = 0
  beforeAll(async () => {
    toy = await installToy()
  })
  afterEach(() => {
    vi.useRealTimers()
    toy.botpress.faults = undefined
    toy.botpress.log.clear()
  })
  afterAll(async () => toy.close())
  return {
    botpress: () => toy.botpress,
    /** Each owner has a memory of its own, as if it lived in a process of its own. All share the state. */
    newProcess: (): StateOwner => ({
      key: keyOf({ webhookId: `process-${++processes}` }),
      client: toy.client,
      integrationId: toy.botpress.integrationId,
    }),
  }
}

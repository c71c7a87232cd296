import type { OpenSession } from '../../tests/support/session'
import { section, type Section, type Values } from '../figures'
import { openSessions } from '../sessions'
import { sizes } from '../sizes'
import type { TestBed } from '../test-bed'
import { measureMessages } from './messages'

/** The same texts with a growing number of open sessions, sent by the newest one. */
export async function measureGrowth(bed: TestBed): Promise<Section> {
  await bed.restartIntegration()
  const sessions: OpenSession[] = []
  const values: Values = {}
  for (const open of sizes.growth.steps) {
    sessions.push(...(await openSessions(bed, open - sessions.length)))
    const processorMs = await processorOf(bed, sessions)
    const { heapMb } = await bed.integration.usageWithoutGarbage()
    values[`${open} open, processor a text [ms]`] = processorMs
    values[`${open} open, memory in use [MB]`] = heapMb
  }
  return section('Growth with the number of open sessions', values)
}

async function processorOf(bed: TestBed, sessions: readonly OpenSession[]): Promise<number> {
  const newest = sessions.slice(-1)
  const { warmUp, texts } = sizes.growth
  // In a new process, the first step would mostly measure the compiler.
  if (sessions.length === 1) await measureMessages(bed, newest, { direction: 'customer', count: warmUp })
  return (await measureMessages(bed, newest, { direction: 'customer', count: texts })).processorMs
}

import { section, type Section, type Values } from '../figures'
import { openSessions, type OpenSession } from '../sessions'
import { sizes } from '../sizes'
import type { Stage } from '../stage'
import { measureMessages } from './messages'

/** The same texts while more and more sessions are open; ten of them write. */
export async function measureGrowth(stage: Stage): Promise<Section> {
  await stage.restartIntegration()
  const sessions: OpenSession[] = []
  const values: Values = {}
  for (const open of sizes.growth.steps) {
    sessions.push(...(await openSessions(stage, open - sessions.length)))
    const processorMs = await processorOf(stage, sessions)
    const { heapMb } = await stage.integration.usageWithoutGarbage()
    values[`${open} open, processor a text [ms]`] = processorMs
    values[`${open} open, memory in use [MB]`] = heapMb
  }
  return section('Growth with the number of open sessions', values)
}

/** Half of the texts warm the process up, which is a new one. */
async function processorOf(stage: Stage, sessions: readonly OpenSession[]): Promise<number> {
  const writing = sessions.slice(-10)
  const load = { direction: 'customer', count: sizes.growth.texts } as const
  await measureMessages(stage, writing, load)
  return (await measureMessages(stage, writing, load)).processorMs
}

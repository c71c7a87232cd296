import { section, type Section, type Values } from '../figures'
import { openSessions, type OpenSession } from '../sessions'
import { sizes } from '../sizes'
import type { Stage } from '../stage'
import { measureMessages } from './messages'

/** The same texts while more and more sessions are open; the newest one writes. */
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

async function processorOf(stage: Stage, sessions: readonly OpenSession[]): Promise<number> {
  const newest = sessions.slice(-1)
  const { warmUp, texts } = sizes.growth
  // The process is a new one: at the first step, what is measured would mostly be its compiler.
  if (sessions.length === 1) await measureMessages(stage, newest, { direction: 'customer', count: warmUp })
  return (await measureMessages(stage, newest, { direction: 'customer', count: texts })).processorMs
}

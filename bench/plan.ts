import type { OpenSession } from '../tests/support/session'
import { bundles } from './bundles'
import { section, type Section, type Values } from './figures'
import { measureBatch } from './measure/batch'
import { measureCall } from './measure/call'
import { measureFiles } from './measure/files'
import { measureGrowth } from './measure/growth'
import { measureLatency, warmUp } from './measure/latency'
import { measureLoad } from './measure/load'
import { measureSaves } from './measure/saves'
import { measureThroughput } from './measure/throughput'
import { openSessions } from './sessions'
import { sizes } from './sizes'
import type { TestBed } from './test-bed'

export type Report = (section: Section) => void
type Ready = { bed: TestBed; sessions: OpenSession[] }

const TITLES = { customer: "A customer's text", agent: "An agent's text" }

/** Runs all sections in order: in each, first the integration, then the baseline. */
export async function measureAll([integration, baseline]: readonly [TestBed, TestBed], report: Report): Promise<void> {
  report(section('Load, in a fresh process', measureLoad(bundles.integration), measureLoad(bundles.baseline)))
  report(section('Load of the bare SDK, as every integration has it', measureLoad(bundles.bareAsItComes)))
  report(section('Load of the bare SDK, bundled as this integration', measureLoad(bundles.bare)))
  report(section("One call, through axios and through Node's own client", await measureCall()))
  const saved = `Saves, ${sizes.callMs} ms a call`
  report(section(saved, await measureSaves(integration), await measureSaves(baseline)))
  const both = [await ready(integration), await ready(baseline)] as const
  const compare = async (title: string, measure: (ready: Ready) => Promise<Values>) =>
    report(section(title, await measure(both[0]), await measure(both[1])))

  for (const direction of ['customer', 'agent'] as const) {
    for (const condition of sizes.latencies) {
      await compare(`${TITLES[direction]}, ${condition.ms} ms a call`, ({ bed, sessions }) =>
        measureLatency(bed, sessions, direction, condition),
      )
    }
  }
  await compare(`Throughput, ${sizes.callMs} ms a call`, ({ bed, sessions }) => measureThroughput(bed, sessions))
  await compare(`A batch of ${2 * sizes.threads} events, ${sizes.callMs} ms a call`, ({ bed, sessions }) =>
    measureBatch(bed, sessions.splice(0, sizes.threads)),
  )
  await compare("A customer's file", async ({ bed, sessions: [session] }) => {
    if (!session) throw new Error('No unused session is left')
    return measureFiles(bed, session)
  })
  report(await measureGrowth(integration))
}

/** A warm test bed with enough sessions for all measurements. Only the batch sends thread events. */
async function ready(bed: TestBed): Promise<Ready> {
  bed.hubspot.setAppWebhook(undefined)
  const sessions = await openSessions(bed, sizes.threads + 1)
  await warmUp(bed, sessions)
  return { bed, sessions }
}

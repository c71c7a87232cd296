import { buildBundles } from './bundles'
import { measureMessages } from './measure/messages'
import { openSessions } from './sessions'
import { startStage } from './stage'
import { spreadOf } from './statistics'

async function main() {
  await buildBundles()
  for (const strategy of ['integration', 'baseline'] as const) {
    const stage = await startStage(strategy)
    console.log(await stage.botpress.register())
    const sessions = await openSessions(stage, 1)
    stage.hubspot.setAppWebhook(undefined)
    for (const direction of ['customer', 'agent'] as const) {
      await measureMessages(stage, sessions, { direction, count: 100 })
      for (const ms of [0, 40]) {
        stage.setLatency(ms)
        const { durations, processorMs, traffic } = await measureMessages(stage, sessions, { direction, count: 50 })
        console.log(strategy, direction, ms, spreadOf(durations), processorMs, traffic)
      }
      stage.setLatency(0)
    }
    await stage.close()
  }
}
main().catch((thrown: unknown) => {
  console.error(thrown)
  process.exit(1)
})

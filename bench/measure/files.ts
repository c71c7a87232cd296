import { operationWith } from '../exchange'
import type { Values } from '../figures'
import { serveFiles } from '../file-server'
import type { OpenSession } from '../sessions'
import { sizes } from '../sizes'
import type { Stage } from '../stage'
import { median } from '../statistics'

/** Customers' files, each size in a process of its own: how much a process has used at most is never taken back. */
export async function measureFiles(stage: Stage, session: OpenSession): Promise<Values> {
  const values: Values = {}
  const files = await serveFiles()
  let sent = 0
  const send = async (bytes: number): Promise<number> => {
    sent += 1
    const name = `${sent}-of-these.zip`
    const done = operationWith(stage, name)
    await session.customer.send({ type: 'file', payload: { fileUrl: `${files.url}/${bytes}/${name}` } })
    return done
  }
  for (const mb of sizes.filesMb) {
    await stage.restartIntegration()
    await send(50_000)
    const durations: number[] = []
    for (let count = 0; count < sizes.filesOfEach; count += 1) durations.push(await send(mb * 1_000_000))
    const { peakMb } = await stage.integration.usage()
    values[`${mb} MB [MB/s]`] = (mb * 1000) / median(durations)
    values[`${mb} MB, peak memory of the process [MB]`] = peakMb
  }
  files.close()
  return values
}

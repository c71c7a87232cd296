import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { bundles } from './bundles'
import { answer, type Question, type Usage } from './child/messages'

/** An integration in its own process, which reports its resource usage. */
export type IntegrationProcess = {
  url: string
  usage: () => Promise<Usage>
  /** The usage after a garbage collection. */
  usageWithoutGarbage: () => Promise<Usage>
  /** Moves the process's clock further ahead. */
  clockAhead: (ms: number) => Promise<void>
  close: () => Promise<void>
}

/** `log` collects the integration's output. */
export async function startIntegration(
  bundle: string,
  environment: Record<string, string>,
  log: string[],
): Promise<IntegrationProcess> {
  const child = fork(bundles.serve, [bundle], {
    env: { ...process.env, NODE_OPTIONS: '', ...environment },
    execArgv: ['--expose-gc'],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (lines: Buffer) => log.push(lines.toString()))
  const port = await portOf(child, log)
  const ask = questions(child)
  return {
    url: `http://127.0.0.1:${port}`,
    usage: () => ask({ ask: 'usage' }),
    usageWithoutGarbage: () => ask({ ask: 'collect' }),
    clockAhead: async (aheadMs) => void (await ask({ ask: 'clock', aheadMs })),
    close: async () => {
      const ended = once(child, 'exit')
      child.disconnect()
      await ended
    },
  }
}

function portOf(child: ChildProcess, log: readonly string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('exit', () => reject(new Error(`The integration did not start: ${log.join('')}`)))
    child.once('message', (message) => {
      const told = answer.parse(message)
      if ('port' in told) resolve(told.port)
    })
  })
}

function questions(child: ChildProcess) {
  const waiting = new Map<number, (usage: Usage) => void>()
  let last = 0
  child.on('message', (message) => {
    const told = answer.parse(message)
    if (!('id' in told)) return
    waiting.get(told.id)?.(told.usage)
    waiting.delete(told.id)
  })
  return (question: Omit<Question, 'id'>): Promise<Usage> =>
    new Promise((resolve) => {
      last += 1
      waiting.set(last, resolve)
      child.send({ id: last, ...question })
    })
}

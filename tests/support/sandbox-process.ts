import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { vi } from 'vitest'
import { VARIABLES } from '../../sandbox/real/variables'

export type SandboxProcess = {
  /** What it has printed so far. */
  told: () => string
  /** The first match in what it prints, by now or later; throws when it ends without. */
  tells: (wanted: RegExp) => Promise<RegExpExecArray>
  end: (signal: NodeJS.Signals) => void
  /** The exit status; null when a signal has killed it. */
  status: Promise<number | null>
}

type Started = { options?: string[]; environment?: Record<string, string>; preload?: string }

/** Set to nothing, so that neither this machine's nor those of `.env` reach the process. */
const NO_ACCOUNT = Object.fromEntries(VARIABLES.map(({ name }) => [name, '']))

/** What `npm start` runs once the bundle is built, with the page on a free port. */
export function startProcess({ options = [], environment = {}, preload }: Started): SandboxProcess {
  const loaded = ['tsx', ...(preload === undefined ? [] : [preload])].flatMap((module) => ['--import', module])
  const child = spawn(process.execPath, [...loaded, 'sandbox/main.ts', ...options], {
    env: { ...process.env, ...NO_ACCOUNT, PORT: '0', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
  }
  const status = once(child, 'close').then(() => child.exitCode)
  return {
    told: () => output,
    tells: (wanted) =>
      vi.waitUntil(
        () => {
          const found = wanted.exec(output)
          if (!found && child.exitCode !== null) throw new Error(`It ended without ${wanted}:\n${output}`)
          return found
        },
        { timeout: 40_000, interval: 20 },
      ),
    end: (signal) => void child.kill(signal),
    status,
  }
}

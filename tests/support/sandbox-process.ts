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
  /** Whatever is left of it, and of what it has started. */
  kill: () => void
  /** Once nothing of it runs any more: the exit status, or null when a signal has killed it. */
  status: Promise<number | null>
}

type Started = {
  options?: string[]
  environment?: Record<string, string>
  preload?: string
  /** As npm runs a script: with a shell in between, which is what signals come to. */
  inShell?: boolean
}

/** Set to nothing, so that neither this machine's nor those of `.env` reach the process. */
const NO_ACCOUNT = Object.fromEntries(VARIABLES.map(({ name }) => [name, '']))

/** What `npm start` runs once the bundle is built, with the page on a free port. */
export function startProcess({ options = [], environment = {}, preload, inShell = false }: Started): SandboxProcess {
  const loaded = ['tsx', ...(preload === undefined ? [] : [preload])].flatMap((module) => ['--import', module])
  const command = [process.execPath, ...loaded, 'sandbox/main.ts', ...options]
  // What follows keeps the shell from giving its place to the command.
  const [file = '', ...args] = inShell ? ['sh', '-c', '"$@"; exit', 'sh', ...command] : command
  const npm = inShell ? { npm_lifecycle_event: 'start' } : {}
  const child = spawn(file, args, {
    env: { ...process.env, ...NO_ACCOUNT, ...npm, PORT: '0', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
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
    kill: () => {
      try {
        if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
      } catch {
        // Nothing is left.
      }
    },
    status,
  }
}

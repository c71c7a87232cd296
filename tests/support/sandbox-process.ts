import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { vi } from 'vitest'
import { secrets } from '../../definitions'
import { VARIABLES } from '../../sandbox/real/variables'

export type SandboxProcess = {
  /** The output so far. */
  told: () => string
  /** Resolves to the first match in the output. Rejects if the process ends without one. */
  tells: (wanted: RegExp) => Promise<RegExpExecArray>
  end: (signal: NodeJS.Signals) => void
  /** Kills the process and everything it has started. */
  kill: () => void
  /** Resolves when the process has ended: to its exit status, or to null if a signal killed it. */
  status: Promise<number | null>
}

type Started = {
  options?: string[]
  environment?: Record<string, string>
  preload?: string
  /** Starts it like npm starts a script: in a shell, which receives the signals. */
  inShell?: boolean
}

/** Empty variables, so that neither those of this machine nor those in `.env` reach the process. */
const NO_ACCOUNT = Object.fromEntries(
  [...VARIABLES.map(({ name }) => name), ...Object.keys(secrets).map((name) => `SECRET_${name}`)].map((name) => [
    name,
    '',
  ]),
)

/** Runs what `npm start` runs after the build, with the page on a free port. */
export function startProcess({ options = [], environment = {}, preload, inShell = false }: Started): SandboxProcess {
  const loaded = ['tsx', ...(preload === undefined ? [] : [preload])].flatMap((module) => ['--import', module])
  const command = [process.execPath, ...loaded, 'sandbox/main.ts', ...options]
  // The `exit` prevents the shell from replacing itself with the command.
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
          if (!found && child.exitCode !== null) throw new Error(`The process ended without ${wanted}:\n${output}`)
          return found
        },
        { timeout: 40_000, interval: 20 },
      ),
    end: (signal) => void child.kill(signal),
    kill: () => {
      try {
        if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
      } catch {
        // The process has already ended.
      }
    },
    status,
  }
}

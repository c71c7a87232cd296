import { format } from 'node:util'

export type CapturedConsole = { readonly lines: readonly string[]; release: () => void }

const METHODS = ['debug', 'info', 'log', 'warn', 'error'] as const

/**
 * Collects the integration's log instead of printing it. Botpress shows this log to the bot's owner. `onLine` is called
 * with each line.
 */
export function captureConsole(onLine?: (line: string) => void): CapturedConsole {
  const lines: string[] = []
  const originals = METHODS.map((method) => [method, console[method]] as const)
  for (const method of METHODS) {
    console[method] = (...args: unknown[]) => {
      const line = `${method}: ${format(...args)}`
      lines.push(line)
      onLine?.(line)
    }
  }
  return {
    lines,
    release: () => {
      for (const [method, original] of originals) console[method] = original
    },
  }
}

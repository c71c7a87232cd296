import { format } from 'node:util'

export type CapturedConsole = { readonly lines: readonly string[]; release: () => void }

const METHODS = ['debug', 'info', 'log', 'warn', 'error'] as const

/** Collects what the integration logs, which is what Botpress shows to the bot's owner, instead of printing it. */
export function captureConsole(): CapturedConsole {
  const lines: string[] = []
  const originals = METHODS.map((method) => [method, console[method]] as const)
  for (const method of METHODS) console[method] = (...args: unknown[]) => lines.push(`${method}: ${format(...args)}`)
  return {
    lines,
    release: () => {
      for (const [method, original] of originals) console[method] = original
    },
  }
}

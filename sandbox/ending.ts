/** How long closing may take before the process exits anyway, in milliseconds. */
const CLOSES_WITHIN_MS = 3000

const POLL_MS = 250

/** Resolves when the process should end: Ctrl+C, SIGTERM or a closed terminal. */
export function untilEnded(): Promise<'ended'> {
  return new Promise((resolve) => {
    const end = () => {
      setTimeout(() => process.exit(1), CLOSES_WITHIN_MS).unref()
      resolve('ended')
    }
    // Not `once`: the process group and the parent process may both send the signal.
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, end)
    if (process.env['npm_lifecycle_event'] !== undefined) whenParentIsGone(end)
  })
}

/** On SIGTERM, npm ends the shell that runs a script, but the shell does not pass the signal on. */
function whenParentIsGone(end: () => void): void {
  const parent = process.ppid
  const watch = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(watch)
    end()
  }, POLL_MS)
  watch.unref()
}

/** How long closing may take before the process ends all the same, in milliseconds. */
const CLOSES_WITHIN_MS = 3000

const LOOKS_EVERY_MS = 250

/** Resolves when somebody ends the process: Ctrl+C, SIGTERM, a closed terminal. */
export function untilEnded(): Promise<'ended'> {
  return new Promise((resolve) => {
    const end = () => {
      setTimeout(() => process.exit(1), CLOSES_WITHIN_MS).unref()
      resolve('ended')
    }
    // Not `once`: a signal may come to the whole group of processes and again from the one that started this one.
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, end)
    if (process.env['npm_lifecycle_event'] !== undefined) whenParentIsGone(end)
  })
}

/** npm ends by SIGTERM and tells it to the shell that it runs a script in; that ends too and tells nobody. */
function whenParentIsGone(end: () => void): void {
  const parent = process.ppid
  const watch = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(watch)
    end()
  }, LOOKS_EVERY_MS)
  watch.unref()
}

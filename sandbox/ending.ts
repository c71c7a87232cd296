/** How long closing may take before the process ends all the same, in milliseconds. */
const CLOSES_WITHIN_MS = 3000

/** Resolves when somebody ends the process: Ctrl+C, SIGTERM, a closed terminal. */
export function untilEnded(): Promise<'ended'> {
  return new Promise((resolve) => {
    // Not `once`: a signal often comes to the whole group of processes and again from the one that started this one.
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
      process.on(signal, () => {
        setTimeout(() => process.exit(1), CLOSES_WITHIN_MS).unref()
        resolve('ended')
      })
    }
  })
}

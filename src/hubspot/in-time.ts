/** Resolves to what `work` resolves to or, after `ms` milliseconds, to what `late` returns. Late work goes on. */
export async function inTime<T, L>(work: Promise<T>, ms: number, late: () => L): Promise<T | L> {
  let timer: NodeJS.Timeout | undefined
  const over = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, Math.max(0, ms))
  })
  return Promise.race([work, over.then(late)]).finally(() => clearTimeout(timer))
}

import { useState } from 'preact/hooks'

/** A choice of this window alone: it outlives a reload, and another window can choose differently. */
export function useRemembered(name: string, initial: string): [string, (value: string) => void] {
  const [value, setValue] = useState(() => sessionStorage.getItem(name) ?? initial)
  return [
    value,
    (next) => {
      sessionStorage.setItem(name, next)
      setValue(next)
    },
  ]
}

const RUN = 'run'

/** What was chosen before the sandbox started over means nothing now. */
export function forgetOtherRuns(run: string): void {
  if (sessionStorage.getItem(RUN) === run) return
  sessionStorage.clear()
  sessionStorage.setItem(RUN, run)
}

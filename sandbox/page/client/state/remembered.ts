import { useState } from 'preact/hooks'

/** A choice or draft that belongs to this window and survives a reload. */
export function useRemembered(name: string, initial = ''): [string, (value: string) => void] {
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

/** Forgets what is from before the sandbox started over. */
export function forgetOtherRuns(run: string): void {
  if (sessionStorage.getItem(RUN) === run) return
  sessionStorage.clear()
  sessionStorage.setItem(RUN, run)
}

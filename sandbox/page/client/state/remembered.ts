import { useState } from 'preact/hooks'

/** A choice that belongs to this window and survives a reload. */
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

/** Clears choices from before the sandbox started over. Tells whether it has. */
export function forgetOtherRuns(run: string): boolean {
  if (sessionStorage.getItem(RUN) === run) return false
  sessionStorage.clear()
  sessionStorage.setItem(RUN, run)
  return true
}

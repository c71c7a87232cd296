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

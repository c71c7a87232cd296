import { useState } from 'preact/hooks'

const all = new Set<Map<string, unknown>>()

/** Makes a hook like `useState` whose values survive while something else is shown, by chat or thread. */
function drafts<T>(initial: T): (of: string) => [T, (change: (now: T) => T) => void] {
  const kept = new Map<string, T>()
  all.add(kept)
  return (of) => {
    const [, render] = useState({})
    const read = () => kept.get(of) ?? initial
    return [
      read(),
      (change) => {
        kept.set(of, change(read()))
        render({})
      },
    ]
  }
}

export const useTextDraft = drafts('')
export const useFilesDraft = drafts<File[]>([])

/** After the sandbox has started over. */
export function forgetDrafts(): void {
  for (const kept of all) kept.clear()
}

import { useEffect, useState } from 'preact/hooks'

/** A value outside all components, which can subscribe to its changes. */
export type Store<T> = { get: () => T; set: (value: T) => void; subscribe: (listener: () => void) => () => void }

export function createStore<T>(first: T): Store<T> {
  let value = first
  const listeners = new Set<() => void>()
  return {
    get: () => value,
    set: (next) => {
      value = next
      for (const listener of listeners) listener()
    },
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

export function useStore<T>({ get, subscribe }: Store<T>): T {
  const [value, setValue] = useState(get)
  useEffect(() => {
    setValue(get)
    return subscribe(() => setValue(get))
  }, [])
  return value
}

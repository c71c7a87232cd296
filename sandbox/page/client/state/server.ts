import { useEffect, useState } from 'preact/hooks'
import type { View } from '../../view'
import { forgetDrafts } from './drafts'
import { forgetOtherRuns } from './remembered'

/** What the server has told. */
type Told = {
  /** The latest view; undefined until the handoff at the start has been played. */
  view?: View
  /** False while the server does not respond. The browser reconnects automatically. */
  isConnected: boolean
  /** Why the last action failed. */
  problem?: string | undefined
}

let told: Told = { isConnected: true }
const listeners = new Set<(told: Told) => void>()

function tell(change: Partial<Told>): void {
  told = { ...told, ...change }
  for (const listener of listeners) listener(told)
}

export function useServer(): Told {
  const [value, setValue] = useState(told)
  useEffect(() => {
    setValue(told)
    listeners.add(setValue)
    return () => void listeners.delete(setValue)
  }, [])
  return value
}

/** Subscribes to the server's views. They are not validated, because the page comes from the same server. */
export function followChanges(): void {
  const source = new EventSource('/changes')
  source.addEventListener('open', () => tell({ isConnected: true }))
  // The server's own errors have a reason.
  source.addEventListener('error', (event) =>
    tell(event instanceof MessageEvent ? { problem: String(event.data) } : { isConnected: false }),
  )
  source.addEventListener('message', ({ data }: MessageEvent<string>) => {
    const view: View = JSON.parse(data)
    if (forgetOtherRuns(view.run)) forgetDrafts()
    tell({ view })
  })
}

export const forgetProblem = (): void => tell({ problem: undefined })

/** Runs an action on the server, which then sends the new view. Resolves to its answer, or to undefined if it failed. */
export const act = (name: string, given: Record<string, unknown> = {}): Promise<Response | undefined> =>
  post(name, { body: JSON.stringify(given), headers: { 'content-type': 'application/json' } })

/** Like `act`, with files. */
export const actWithFiles = (name: string, form: FormData): Promise<Response | undefined> => post(name, { body: form })

async function post(name: string, sent: { body: BodyInit; headers?: HeadersInit }): Promise<Response | undefined> {
  try {
    const answer = await fetch(`/do/${name}`, { method: 'POST', ...sent })
    tell({ problem: answer.ok ? undefined : await answer.text() })
    return answer.ok ? answer : undefined
  } catch {
    tell({ problem: 'The sandbox does not respond. Is it still running?' })
    return undefined
  }
}

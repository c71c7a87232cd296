import type { View } from '../../view'
import { forgetOtherRuns } from './remembered'

/** What the server has told. */
export type Told = {
  /** The latest view; undefined until the handoff at the start has been played. */
  view?: View
  /** False while the server does not respond. The browser reconnects automatically. */
  isConnected: boolean
  /** Why the last action failed. */
  problem?: string | undefined
}

let told: Told = { isConnected: true }
let show = (_: Told): void => {}

function tell(change: Partial<Told>): void {
  told = { ...told, ...change }
  show(told)
}

/** Subscribes to the server's views. They are not validated, because the page comes from the same server. */
export function followChanges(listener: (told: Told) => void): void {
  show = listener
  const source = new EventSource('/changes')
  source.addEventListener('open', () => tell({ isConnected: true }))
  // The server's own errors have a reason.
  source.addEventListener('error', (event) =>
    tell(event instanceof MessageEvent ? { problem: String(event.data) } : { isConnected: false }),
  )
  source.addEventListener('message', ({ data }: MessageEvent<string>) => {
    const view: View = JSON.parse(data)
    forgetOtherRuns(view.run)
    tell({ view })
  })
}

/** Runs an action on the server, which then sends the new view. Resolves to its answer, or to undefined if it failed. */
export async function act(name: string, given: Record<string, unknown> | FormData = {}): Promise<Response | undefined> {
  const json = { body: JSON.stringify(given), headers: { 'content-type': 'application/json' } }
  try {
    const sent = given instanceof FormData ? { body: given } : json
    const answer = await fetch(`/do/${name}`, { method: 'POST', ...sent })
    tell({ problem: answer.ok ? undefined : await answer.text() })
    return answer.ok ? answer : undefined
  } catch {
    tell({ problem: 'The sandbox does not respond. Is it still running?' })
    return undefined
  }
}

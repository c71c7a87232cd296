import type { View } from '../../view'
import { problem } from './act'
import { forgetDrafts } from './drafts'
import { forgetOtherRuns } from './remembered'
import { createStore, useStore } from './store'

const view = createStore<View | undefined>(undefined)
const isConnected = createStore(true)

/** The latest view from the server; undefined until the handoff at the start has been played. */
export const useView = (): View | undefined => useStore(view)

/** False while the server does not respond. The browser reconnects automatically. */
export const useIsConnected = (): boolean => useStore(isConnected)

/** Subscribes to the server's views. They are not validated, because the page comes from the same server. */
export function followChanges(): void {
  const source = new EventSource('/changes')
  source.addEventListener('open', () => isConnected.set(true))
  source.addEventListener('error', (event) => {
    // The server's own errors have a reason.
    if (event instanceof MessageEvent) problem.set(String(event.data))
    else isConnected.set(false)
  })
  source.addEventListener('message', ({ data }: MessageEvent<string>) => {
    const next: View = JSON.parse(data)
    if (forgetOtherRuns(next.run)) forgetDrafts()
    view.set(next)
  })
}

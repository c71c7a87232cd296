import type { View } from '../../view'
import { forgetOtherRuns } from './remembered'
import { createStore, useStore } from './store'

const view = createStore<View | undefined>(undefined)
const isConnected = createStore(true)

/** The latest view from the server. */
export const useView = (): View | undefined => useStore(view)

/** False while the server does not respond. The browser reconnects automatically. */
export const useIsConnected = (): boolean => useStore(isConnected)

/** Subscribes to the server's views. They are not validated, because the page comes from the same server. */
export function followChanges(): void {
  const source = new EventSource('/changes')
  source.addEventListener('open', () => isConnected.set(true))
  source.addEventListener('error', () => isConnected.set(false))
  source.addEventListener('message', ({ data }: MessageEvent<string>) => {
    const next: View = JSON.parse(data)
    forgetOtherRuns(next.run)
    view.set(next)
  })
}

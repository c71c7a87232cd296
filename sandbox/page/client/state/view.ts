import type { View } from '../../view'
import { forgetOtherRuns } from './remembered'
import { createStore, useStore } from './store'

const view = createStore<View | undefined>(undefined)
const isConnected = createStore(true)

/** What the server told last. */
export const useView = (): View | undefined => useStore(view)

/** False while the server does not answer; the browser tries again by itself. */
export const useIsConnected = (): boolean => useStore(isConnected)

/** The server tells of every change; it is trusted, since the page came from there. */
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

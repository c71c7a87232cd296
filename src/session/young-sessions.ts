import { ExpiringMap } from '../installation/expiring-map'
import type { InstallationKey } from '../installation/key'

/** For so long after it began, an event can overtake the opening of its session. In milliseconds. */
export const YOUNG_MS = 30_000

const createdAt = new ExpiringMap<string, number>(YOUNG_MS)

/** Remembers when the conversation of a thread was made, in milliseconds since 1970, as long as it is young. */
export function rememberSession(key: InstallationKey, integrationThreadId: string, at: number): void {
  createdAt.set(`${key} ${integrationThreadId}`, at)
}

/** When the conversation of a thread was made, if this process knows. */
export const rememberedSession = (key: InstallationKey, integrationThreadId: string): number | undefined =>
  createdAt.get(`${key} ${integrationThreadId}`)

/** For so long after it began, an event can overtake the opening of its session. In milliseconds. */
export const YOUNG_MS = 30_000

const createdAt = new Map<string, number>()

/** Remembers when the conversation of a thread was made, as long as it is young. */
export function rememberSession(integrationThreadId: string, at: number): void {
  for (const [known, when] of createdAt) if (Date.now() - when > YOUNG_MS) createdAt.delete(known)
  createdAt.set(integrationThreadId, at)
}

/** When the conversation of a thread was made, if this process knows: milliseconds since 1970. */
export const rememberedSession = (integrationThreadId: string): number | undefined => createdAt.get(integrationThreadId)

import type { Stack } from '../../sandbox/stack'

/** The owner changes fields of the form; undefined clears a field. */
export function fillIn({ botpress }: Stack, changed: Record<string, unknown>): void {
  const all = Object.entries({ ...botpress.configuration, ...changed })
  botpress.configuration = Object.fromEntries(all.filter(([, value]) => value !== undefined))
}

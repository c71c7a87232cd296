import { startStack, type Stack, type StackOptions } from '../../sandbox/stack'
import { REQUIRED_SCOPES } from '../../src/hubspot/scopes'

/** An installation with the app's four values saved, and nothing else: nobody has authorized yet. */
export async function startUnconnected(
  options: StackOptions['hubspot'] = {},
  apiFamily: 'v3' | 'dated' = 'v3',
): Promise<Stack> {
  const stack = await startStack({ hubspot: { requiredScopes: [...REQUIRED_SCOPES], ...options }, apiFamily })
  stack.botpress.configuration = { ...stack.hubspot.app }
  return stack
}

/** The owner changes fields of the form; undefined empties one. */
export function fillIn({ botpress }: Stack, changed: Record<string, unknown>): void {
  const all = Object.entries({ ...botpress.configuration, ...changed })
  botpress.configuration = Object.fromEntries(all.filter(([, value]) => value !== undefined))
}

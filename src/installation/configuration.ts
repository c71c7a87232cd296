import { RuntimeError } from '@botpress/sdk'
import { configurationSchema } from '../../definitions/configuration'
import type * as bp from '../bp'

/** The owner's configuration as the rest of the code uses it: trimmed, without what was left empty. */
export type Settings = {
  developerApiKey: string
  appId: string
  clientId: string
  clientSecret: string
  /** What the owner entered; undefined for an installation that is connected by authorizing. */
  refreshToken: string | undefined
  /** The inbox for all cards that name none, then the others; empty where they are chosen while authorizing. */
  inboxIds: readonly string[]
  unknownContact: 'refuse' | 'create' | 'visitor'
  keepAgentFiles: boolean
}

/** Throws `RuntimeError` naming the fields that are missing, as the form does. */
export function configurationOf(ctx: bp.Context): Settings {
  const given = Object.entries<unknown>(ctx.configuration)
  const parsed = configurationSchema.safeParse(Object.fromEntries(given.map(([field, value]) => [field, trim(value)])))
  if (!parsed.success) {
    const fields = parsed.error.issues.map((issue) => `"${fieldTitle(String(issue.path[0]))}"`)
    const names = [...new Set(fields)].join(', ')
    throw new RuntimeError(`Fill in ${names} in the configuration of this integration and save again.`)
  }
  const { refreshToken, inboxId, additionalInboxIds = [], unknownContact, keepAgentFiles, ...app } = parsed.data
  const inboxIds = [inboxId ?? '', ...additionalInboxIds].filter((id) => id !== '')
  if (!inboxId && inboxIds.length > 0) {
    throw new RuntimeError(
      `"${fieldTitle('additionalInboxIds')}" needs "${fieldTitle('inboxId')}", where conversations of all other cards go. Fill that in too, or leave both empty and choose while authorizing.`,
    )
  }
  return {
    ...app,
    refreshToken: refreshToken || undefined,
    inboxIds: [...new Set(inboxIds)],
    unknownContact: unknownContact ?? 'refuse',
    keepAgentFiles: keepAgentFiles ?? false,
  }
}

/** Pasted values bring blanks along. The definition itself cannot trim: Botpress knows it as a JSON schema. */
function trim(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(trim)
  return typeof value === 'string' ? value.trim() : value
}

/** How the form calls a field. */
export function fieldTitle(field: keyof bp.Configuration | (string & {})): string {
  const shape: Record<string, { ui?: { title?: unknown } }> = configurationSchema.shape
  const title = shape[field]?.ui?.title
  return typeof title === 'string' ? title : field
}

import { RuntimeError } from '@botpress/sdk'
import { configurationSchema } from '../../definitions/configuration'
import type * as bp from '../bp'

/** Where the owner corrects what a sentence names. */
export const IN_FORM = 'in the configuration of this integration'

/** The owner's configuration as the rest of the code uses it: trimmed, without empty values. */
export type Settings = {
  /** As entered by the owner; undefined for an installation that is connected by authorizing. */
  refreshToken: string | undefined
  /** The only HubSpot account that may be connected; undefined where the first connection decides. */
  portalId: string | undefined
  /** The default inbox, then the others; empty if the owner chooses them while authorizing. */
  inboxIds: readonly string[]
  unknownContact: 'refuse' | 'create' | 'visitor'
  keepAgentFiles: boolean
  showAgentName: boolean
  redactCardNumbers: boolean
}

/** Throws `RuntimeError` naming the invalid field by its title in the form. */
export function settingsOf(ctx: Pick<bp.Context, 'configuration'>): Settings {
  const { additionalInboxIds = [], ...form } = formValues(ctx)
  const { refreshToken, portalId, inboxId } = form
  if (portalId !== undefined && !/^\d+$/.test(portalId)) {
    throw new RuntimeError(
      `${quotedField('portalId')} is not a number. Copy it from HubSpot, where it is shown next to the account's name, or clear the field.`,
    )
  }
  const others = additionalInboxIds.filter((id) => id !== '')
  if (inboxId === undefined && others.length > 0) {
    throw new RuntimeError(
      `${quotedField('additionalInboxIds')} requires ${quotedField('inboxId')}, the default for cards that name no inbox. Fill in both, or leave both empty and choose while authorizing.`,
    )
  }
  return {
    refreshToken,
    portalId,
    inboxIds: [...new Set(inboxId === undefined ? [] : [inboxId, ...others])],
    unknownContact: form.unknownContact ?? 'visitor',
    keepAgentFiles: form.keepAgentFiles ?? false,
    showAgentName: form.showAgentName ?? false,
    redactCardNumbers: form.redactCardNumbers ?? false,
  }
}

/**
 * The form's values. A cleared field arrives as '', as null or not at all, and pasted values can carry whitespace and
 * invisible characters. The definition cannot normalize them, because Botpress stores it as a JSON schema. Throws
 * `RuntimeError`.
 */
export function formValues(ctx: Pick<bp.Context, 'configuration'>): bp.Configuration {
  const given = Object.entries<unknown>(ctx.configuration)
    .map(([field, value]) => [field, trim(value)] as const)
    .filter(([, value]) => value !== '' && value !== null)
  const parsed = configurationSchema.safeParse(Object.fromEntries(given))
  if (parsed.success) return parsed.data
  const fields = parsed.error.issues.map((issue) => quotedField(String(issue.path[0])))
  throw new RuntimeError(`Correct ${[...new Set(fields)].join(', ')} ${IN_FORM} and save again.`)
}

function trim(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(trim)
  return typeof value === 'string' ? value.replaceAll(/\p{Cf}/gu, '').trim() : value
}

/** A field as our sentences name it: by its title in the form, in quotes. */
export const quotedField = (field: keyof bp.Configuration | (string & {})): string => `"${fieldTitle(field)}"`

/** A field's title in the form. */
export function fieldTitle(field: keyof bp.Configuration | (string & {})): string {
  const shape = new Map<string, { ui?: { title?: unknown } }>(Object.entries(configurationSchema.shape))
  const title = shape.get(field)?.ui?.title
  return typeof title === 'string' ? title : field
}

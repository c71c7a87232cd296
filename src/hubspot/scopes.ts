/**
 * The scopes and events of the HubSpot app. Tests hold `hubspot-app/`, the authorize link, the check at saving and docs/
 * to these lists: HubSpot refuses an install whose link asks for other required scopes than the app's, or for an optional
 * one that the app does not list.
 */
export const REQUIRED_SCOPES = [
  'oauth',
  'conversations.read',
  'conversations.write',
  'conversations.custom_channels.read',
  'conversations.custom_channels.write',
  'crm.objects.contacts.read',
  'files.read',
  'files.write',
] as const

/** Needed where unknown customers become contacts. */
export const CREATE_CONTACTS_SCOPE = 'crm.objects.contacts.write'

/** An account can do without these: a feature whose scope is missing says so, and the rest works. */
export const OPTIONAL_SCOPES = [
  CREATE_CONTACTS_SCOPE,
  'crm.objects.users.read',
  'crm.objects.owners.read',
  'crm.objects.tickets.read',
  'crm.objects.tickets.write',
] as const

type Scope = (typeof REQUIRED_SCOPES | typeof OPTIONAL_SCOPES)[number]

/** The coarse scope that HubSpot has replaced with the finer one. Older apps list it, and grants may still show it. */
const FORMER_SCOPES: Partial<Record<Scope, string>> = {
  'files.read': 'files',
  'files.write': 'files',
  'crm.objects.tickets.read': 'tickets',
  'crm.objects.tickets.write': 'tickets',
}

/** Whether a grant allows what the scope is for. */
export function hasScope(granted: readonly string[], scope: Scope): boolean {
  const former = FORMER_SCOPES[scope]
  return granted.includes(scope) || (former !== undefined && granted.includes(former))
}

/** The required scopes that a grant lacks, in the order of the list. */
export const missingScopes = (granted: readonly string[]): string[] =>
  REQUIRED_SCOPES.filter((scope) => !hasScope(granted, scope))

/**
 * What an authorize link asks for. `all`: everything. `required`: no optional scope, for an app that does not list all
 * of them. `legacy`: the required ones under their former names and no optional one, for an app of an older integration.
 */
export const SCOPE_VARIANTS = ['all', 'required', 'legacy'] as const

export type ScopeVariant = (typeof SCOPE_VARIANTS)[number]

export const scopesToAskFor = (variant: ScopeVariant) => ({
  required:
    variant === 'legacy'
      ? [...new Set(REQUIRED_SCOPES.map((scope) => FORMER_SCOPES[scope] ?? scope))]
      : REQUIRED_SCOPES,
  optional: variant === 'all' ? OPTIONAL_SCOPES : [],
})

/** What the app subscribes to. */
export const APP_EVENTS = [
  { subscriptionType: 'conversation.propertyChange', propertyName: 'assignedTo' },
  { subscriptionType: 'conversation.propertyChange', propertyName: 'status' },
  { subscriptionType: 'conversation.deletion' },
  { subscriptionType: 'conversation.privacyDeletion' },
] as const

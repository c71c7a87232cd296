/**
 * What the HubSpot app is granted and told. `hubspot-app/`, the authorize link, the check at saving and hub.md are held
 * to these lists by tests: HubSpot refuses an install whose link asks for other required scopes than the app's.
 */

/** Each entry is used by a call in this folder; `oauth` is asked for by every HubSpot app. */
export const REQUIRED_SCOPES = [
  'oauth',
  'conversations.read',
  'conversations.write',
  'conversations.custom_channels.read',
  'conversations.custom_channels.write',
  'crm.objects.contacts.read',
  'files',
] as const

/** Asked for only where the owner wants unknown customers to become contacts. */
export const CREATE_CONTACTS_SCOPE = 'crm.objects.contacts.write'

/** The events that the app subscribes to; `src/events` handles each of them. */
export const APP_EVENTS = [
  { subscriptionType: 'conversation.propertyChange', propertyName: 'assignedTo' },
  { subscriptionType: 'conversation.propertyChange', propertyName: 'status' },
  { subscriptionType: 'conversation.deletion' },
  { subscriptionType: 'conversation.privacyDeletion' },
] as const

/** The required scopes that are not among `granted`, in the order of the list. */
export const missingScopes = (granted: readonly string[]): string[] =>
  REQUIRED_SCOPES.filter((scope) => !granted.includes(scope))

export type ScopeVariant = 'all' | 'required' | 'legacy'

export const hasScope = (granted: readonly string[], scope: string): boolean => granted.includes(scope)

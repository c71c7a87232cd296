/** What the HubSpot app needs to be granted; each entry is used by a call in this folder. */
const REQUIRED_SCOPES = [
  'oauth',
  'conversations.read',
  'conversations.write',
  'conversations.custom_channels.read',
  'conversations.custom_channels.write',
  'crm.objects.contacts.read',
  'files',
] as const

/** The required scopes that are not among `granted`, in the order of the list. */
export function missingScopes(granted: readonly string[]): string[] {
  return REQUIRED_SCOPES.filter((scope) => !granted.includes(scope))
}

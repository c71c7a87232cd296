import { RuntimeError } from '@botpress/sdk'
import type { Inbox } from '../hubspot/schemas'
import { fieldTitle } from '../session/configuration'

/** The inbox or help desk with this id. Throws `RuntimeError` with the list of those that there are. */
export function chooseInbox(inboxes: readonly Inbox[], inboxId: string): Inbox {
  const inbox = inboxes.find(({ id }) => id === inboxId)
  if (inbox) return inbox
  const field = fieldTitle('inboxId')
  if (inboxes.length === 0) {
    throw new RuntimeError(
      `"${field}" cannot be used: this HubSpot account has no inbox and no help desk. Create one in HubSpot and save again.`,
    )
  }
  const found = inboxes.map((each) => `${each.id} (${kindOf(each)} "${each.name}")`).join(', ')
  throw new RuntimeError(
    `"${field}" is not one of this HubSpot account. Found: ${found}. Enter one of these and save again.`,
  )
}

export const kindOf = ({ type }: Pick<Inbox, 'type'>): string => (type === 'HELP_DESK' ? 'help desk' : 'inbox')

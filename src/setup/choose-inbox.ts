import { RuntimeError } from '@botpress/sdk'
import type { Inbox } from '../hubspot/schemas'
import { fieldTitle } from '../session/configuration'
import { described } from '../session/described'

/** The first is for all cards that name none. */
export type ChosenInboxes = readonly [Inbox, ...Inbox[]]

/**
 * The inboxes and help desks with these ids, in this order. With no id given, the only one there is.
 * Throws `RuntimeError` with the list of those that there are.
 */
export function chooseInboxes(inboxes: readonly Inbox[], inboxIds: readonly string[]): ChosenInboxes {
  if (inboxes.length === 0) {
    throw new RuntimeError(
      'This HubSpot account has no inbox and no help desk where conversations could appear. Create one in HubSpot and save again.',
    )
  }
  const unknown = inboxIds.findIndex((id) => !inboxes.some((inbox) => inbox.id === id))
  if (unknown >= 0) {
    const field = fieldTitle(unknown === 0 ? 'inboxId' : 'additionalInboxIds')
    const which = unknown === 0 ? 'is not one' : `names ${inboxIds[unknown] ?? ''}, which is not one`
    throw new RuntimeError(
      `"${field}" ${which} of this HubSpot account. Found: ${listed(inboxes)}. Enter one of these and save again.`,
    )
  }
  const [first, ...others] =
    inboxIds.length === 0 ? inboxes : inboxIds.flatMap((id) => inboxes.filter((inbox) => inbox.id === id))
  if (first && (inboxIds.length > 0 || others.length === 0)) return [first, ...others]
  throw new RuntimeError(
    `"${fieldTitle('inboxId')}" is empty, and this HubSpot account has more than one. Found: ${listed(inboxes)}. Enter one of these and save again, or click Authorize and choose there.`,
  )
}

const listed = (inboxes: readonly Inbox[]): string =>
  inboxes.map((inbox) => `${inbox.id} (${described(inbox)})`).join(', ')

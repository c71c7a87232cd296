import { RuntimeError } from '@botpress/sdk'
import type { Inbox } from '../hubspot/schemas'
import { fieldTitle } from '../installation/configuration'
import { described } from '../installation/described'

/** The first is for all cards that name none. */
export type ChosenInboxes = readonly [Inbox, ...Inbox[]]

/** Ids that the owner has entered in the form, or chosen from the list while authorizing. */
export type WantedInboxes = { ids: readonly string[]; from: 'form' | 'list' }

/**
 * The wanted inboxes and help desks, in this order. With none named, the only one there is.
 * Throws `RuntimeError` with the list of those that there are.
 */
export function chooseInboxes(inboxes: readonly Inbox[], wanted: WantedInboxes): ChosenInboxes {
  assertSomeInbox(inboxes)
  const unknown = wanted.ids.find((id) => !inboxes.some((inbox) => inbox.id === id))
  if (unknown !== undefined) throw new RuntimeError(notFound(unknown, wanted, inboxes))
  const [first, ...others] =
    wanted.ids.length === 0 ? inboxes : wanted.ids.flatMap((id) => inboxes.filter((inbox) => inbox.id === id))
  if (first && (wanted.ids.length > 0 || others.length === 0)) return [first, ...others]
  throw new RuntimeError(
    `"${fieldTitle('inboxId')}" is empty, and this HubSpot account has more than one. Found: ${listed(inboxes)}. Enter one of these and save again, or click Authorize and choose there.`,
  )
}

/** Throws `RuntimeError` when there is nothing to choose from. */
export function assertSomeInbox(inboxes: readonly Inbox[]): void {
  if (inboxes.length > 0) return
  throw new RuntimeError(
    'This HubSpot account has no inbox and no help desk where conversations could appear. Create one in HubSpot first.',
  )
}

function notFound(id: string, { ids, from }: WantedInboxes, inboxes: readonly Inbox[]): string {
  const found = `Found: ${listed(inboxes)}.`
  if (from === 'list') {
    return `The inbox or help desk ${id}, which was chosen while authorizing, is no longer there. ${found} Click Authorize and choose again.`
  }
  if (id === ids[0]) {
    return `"${fieldTitle('inboxId')}" is not one of this HubSpot account. ${found} Enter one of these and save again.`
  }
  return `"${fieldTitle('additionalInboxIds')}" names ${id}, which is not one of this HubSpot account. ${found} Enter one of these and save again.`
}

const listed = (inboxes: readonly Inbox[]): string =>
  inboxes.map((inbox) => `${inbox.id} (${described(inbox)})`).join(', ')

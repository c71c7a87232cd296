import { RuntimeError } from '@botpress/sdk'
import type { Inbox } from '../hubspot/schemas'
import { fieldTitle } from '../installation/configuration'
import { listedInboxes } from '../installation/channel-state'

/** The first is the default, for cards that name no inbox. */
export type ChosenInboxes = readonly [Inbox, ...Inbox[]]

/** Ids that the owner entered in the form or chose from the list while authorizing. */
export type WantedInboxes = { ids: readonly string[]; from: 'form' | 'list' }

/**
 * The wanted inboxes and help desks, in this order. If `wanted` is empty, the account's only one.
 * Throws `RuntimeError` listing the available ones.
 */
export function chooseInboxes(inboxes: readonly Inbox[], wanted: WantedInboxes): ChosenInboxes {
  assertSomeInbox(inboxes)
  const [first, ...others] = wanted.ids.map((id) => inboxes.find((inbox) => inbox.id === id))
  if (first === undefined && wanted.ids.length === 0) return onlyInbox(inboxes)
  const unknown = wanted.ids.filter((id) => !inboxes.some((inbox) => inbox.id === id))
  if (first === undefined || unknown.length > 0) throw new RuntimeError(notFound(unknown, wanted, inboxes))
  return [first, ...others.filter((inbox) => inbox !== undefined)]
}

function onlyInbox(inboxes: readonly Inbox[]): ChosenInboxes {
  const [only, ...others] = inboxes
  if (only && others.length === 0) return [only]
  throw new RuntimeError(
    `"${fieldTitle('inboxId')}" is empty, but this HubSpot account has more than one inbox or help desk. Available: ${listedInboxes(inboxes)}. Enter one of these and save again, or click Authorize and choose from the list.`,
  )
}

/** Throws `RuntimeError` when there is nothing to choose from. */
export function assertSomeInbox(inboxes: readonly Inbox[]): void {
  if (inboxes.length > 0) return
  throw new RuntimeError('This HubSpot account has no inbox and no help desk. Create one in HubSpot first.')
}

function notFound(unknown: readonly string[], { ids, from }: WantedInboxes, inboxes: readonly Inbox[]): string {
  const available = `Available: ${listedInboxes(inboxes)}.`
  if (from === 'list') {
    return `This HubSpot account no longer has the inbox or help desk ${unknown.join(', ')}, which was chosen while authorizing. ${available} Click Authorize and choose again.`
  }
  const named = unknown.map((id) => `${id} ("${fieldTitle(id === ids[0] ? 'inboxId' : 'additionalInboxIds')}")`)
  return `This HubSpot account has no inbox or help desk with the ID ${named.join(' or ')}. ${available} Enter one of these and save again.`
}

import { RuntimeError } from '@botpress/sdk'
import { inboxLabel, listedInboxes, type ChannelState } from '../installation/channel-state'
import { fieldTitle } from '../installation/configuration'

/** Where a session opens. */
export type ConnectedInbox = { portalId: string; channelId: string; channelAccountId: string; inboxId: string }

/**
 * The inbox or help desk that the escalation card names by ID or name, or the one for all cards that name none.
 * Throws `RuntimeError` with the list of those that are connected.
 */
export function inboxFor({ portalId, channelId, defaultInboxId, accounts }: ChannelState, named = ''): ConnectedInbox {
  const connected = Object.entries(accounts).map(([id, account]) => ({ id, ...account }))
  const wanted = named.trim() || defaultInboxId
  const [inbox, ...others] = inboxesNamed(wanted, connected)
  if (inbox && others.length === 0) {
    return { portalId, channelId, channelAccountId: inbox.channelAccountId, inboxId: inbox.id }
  }
  const problem = inbox ? 'is the name of several' : 'is not connected'
  throw new RuntimeError(
    `"${fieldTitle('inboxId')}" of the escalation card ${problem}: ${wanted}. Connected: ${listedInboxes(connected)}. Enter one of these in the card${inbox ? '' : ', or connect that one in the configuration of this integration'}.`,
  )
}

/** An ID takes precedence over names. A name may also be written as our own sentences do, with kind and ID. */
function inboxesNamed<T extends Parameters<typeof inboxLabel>[0]>(named: string, inboxes: readonly T[]): T[] {
  const byId = inboxes.filter(({ id }) => id === named)
  const isNamed = (inbox: T) =>
    [inbox.name, inboxLabel(inbox), listedInboxes([inbox])].some((text) => plain(text) === plain(named))
  return byId.length > 0 ? byId : inboxes.filter(isNamed)
}

/** What people type differently: case, blanks, and quotes around a name. */
const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/["'“”„‘’«»]/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim()

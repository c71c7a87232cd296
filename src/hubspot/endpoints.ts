/**
 * Every HubSpot path and its version. Support for v3 ends in September 2027, and for 2026-03 at about the same time:
 * the dated family is 2026-09. Uploads and signed links have no 2026-09 version yet, so files stay on 2026-03.
 * https://developers.hubspot.com/docs/api-reference/conversations-custom-channels-v3/guide
 */
export type ApiFamily = 'v3' | 'dated'

const bases = {
  v3: {
    channelCollections: ['/conversations/v3/custom-channels', '/conversations/custom-channels/v3'],
    channels: '/conversations/v3/custom-channels',
    conversations: '/conversations/v3/conversations',
    assignments: '/conversations/conversations/v3',
    objects: '/crm/v3/objects',
    owners: '/crm/v3/owners',
    files: '/files/v3/files',
    token: '/oauth/v3/token',
  },
  dated: {
    channelCollections: ['/conversations/custom-channels/2026-09'],
    channels: '/conversations/custom-channels/2026-09',
    conversations: '/conversations/conversations/2026-09',
    assignments: '/conversations/conversations/2026-09',
    objects: '/crm/objects/2026-09',
    owners: '/crm/owners/2026-09',
    files: '/files/2026-03/files',
    token: '/oauth/2026-09/token',
  },
} as const

export type Endpoints = ReturnType<typeof endpointsOf>

export function endpointsOf(family: ApiFamily) {
  const base = bases[family]
  const channel = (channelId: string) => `${base.channels}/${segment(channelId)}`
  const thread = (threadId: string) => `${base.conversations}/threads/${segment(threadId)}`
  return {
    token: base.token,
    introspect: `${base.token}/introspect`,
    /** v3 lists and creates channels at the first path, the second or both: the next one is tried after a 404. */
    channelCollections: base.channelCollections as readonly string[],
    channel,
    accounts: (channelId: string) => `${channel(channelId)}/channel-accounts`,
    account: (channelId: string, accountId: string) => `${channel(channelId)}/channel-accounts/${segment(accountId)}`,
    messages: (channelId: string) => `${channel(channelId)}/messages`,
    message: (channelId: string, messageId: string) => `${channel(channelId)}/messages/${segment(messageId)}`,
    inboxes: `${base.conversations}/inboxes`,
    actor: (actorId: string) => `${base.conversations}/actors/${segment(actorId)}`,
    thread,
    threadMessages: (threadId: string) => `${thread(threadId)}/messages`,
    assignee: (threadId: string) => `${base.assignments}/threads/${segment(threadId)}/assignee`,
    contact: (id: string) => `${base.objects}/contacts/${segment(id)}`,
    contacts: `${base.objects}/contacts`,
    contactSearch: `${base.objects}/contacts/search`,
    users: `${base.objects}/users`,
    owners: base.owners,
    owner: (ownerId: string) => `${base.owners}/${segment(ownerId)}`,
    ticket: (ticketId: string) => `${base.objects}/tickets/${segment(ticketId)}`,
    files: base.files,
    signedUrl: (fileId: string) => `${base.files}/${segment(fileId)}/signed-url`,
  }
}

/** A path for people and logs, of which only these words are shown: ids and addresses can be a customer's. */
export const withoutIds = (path: string): string =>
  path
    .split('/')
    .map((part) => (PUBLIC_PART.test(part) ? part : '…'))
    .join('/')

const PUBLIC_PART =
  /^(|v3|\d{4}-\d{2}|conversations|custom-channels|channel-accounts|messages|inboxes|threads|assignee|actors|crm|objects|contacts|tickets|users|owners|search|files|signed-url|oauth|token|introspect)$/

/** Ids come from webhooks and forms: a slash in an id must not lead to another endpoint. */
const segment = (id: string): string => (/^\.{1,2}$/.test(id) ? '_' : encodeURIComponent(id))

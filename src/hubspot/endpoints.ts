/**
 * Every HubSpot path and its version. HubSpot's v1 to v3 families are unsupported from September 2027; the dated
 * ones replace them. Conversations are described from 2026-09 on only, hence their own date.
 * https://developers.hubspot.com/docs/api-reference/conversations-custom-channels-v3/guide
 */
export type ApiFamily = 'v3' | 'dated'

const bases = {
  v3: {
    channelCollections: ['/conversations/v3/custom-channels', '/conversations/custom-channels/v3'],
    channels: '/conversations/v3/custom-channels',
    conversations: '/conversations/v3/conversations',
    contacts: '/crm/v3/objects/contacts',
    files: '/files/v3/files',
    token: '/oauth/v3/token',
  },
  dated: {
    channelCollections: ['/conversations/custom-channels/2026-03'],
    channels: '/conversations/custom-channels/2026-03',
    conversations: '/conversations/conversations/2026-09',
    contacts: '/crm/objects/2026-03/contacts',
    files: '/files/2026-03/files',
    token: '/oauth/2026-03/token',
  },
} as const

export type Endpoints = ReturnType<typeof endpointsOf>

export function endpointsOf(family: ApiFamily) {
  const base = bases[family]
  const channel = (channelId: string) => `${base.channels}/${segment(channelId)}`
  const thread = (threadId: string) => `${base.conversations}/threads/${segment(threadId)}`
  return {
    token: base.token,
    /** HubSpot's v3 moved list and create to the second path and answers both; the later ones are tried on 404. */
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
    contact: (id: string) => `${base.contacts}/${segment(id)}`,
    contacts: base.contacts,
    contactSearch: `${base.contacts}/search`,
    files: base.files,
    signedUrl: (fileId: string) => `${base.files}/${segment(fileId)}/signed-url`,
  }
}

/** Ids come from webhooks and forms: a slash in one must not lead to another endpoint. */
const segment = (id: string): string => (/^\.{1,2}$/.test(id) ? '_' : encodeURIComponent(id))

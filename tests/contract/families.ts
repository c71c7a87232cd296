/** A family's path for each resource. */
export type Family = {
  channelList: string
  channels: string
  conversations: string
  assignee: { method: string; base: string }
  contacts: string
  users: string
  owners: string
  tickets: string
  files: string
  oauth: string
}

export const versionThree: Family = {
  channelList: '/conversations/custom-channels/v3',
  channels: '/conversations/v3/custom-channels',
  conversations: '/conversations/v3/conversations',
  assignee: { method: 'PUT', base: '/conversations/conversations/v3' },
  contacts: '/crm/v3/objects/contacts',
  users: '/crm/v3/objects/users',
  owners: '/crm/v3/owners',
  tickets: '/crm/v3/objects/tickets',
  files: '/files/v3/files',
  oauth: '/oauth/v3',
}

export const families: Record<string, Family> = {
  'version 3': versionThree,
  'version 3 as clients use it': {
    channelList: '/conversations/v3/custom-channels',
    channels: '/conversations/v3/custom-channels',
    conversations: '/conversations/v3/conversations',
    assignee: { method: 'POST', base: '/conversations/v3/conversations' },
    contacts: '/crm/v3/objects/contacts',
    users: '/crm/v3/objects/users',
    owners: '/crm/v3/owners',
    tickets: '/crm/v3/objects/tickets',
    files: '/files/v3/files',
    oauth: '/oauth/v3',
  },
  '2026-09': {
    channelList: '/conversations/custom-channels/2026-09',
    channels: '/conversations/custom-channels/2026-09',
    conversations: '/conversations/conversations/2026-09',
    assignee: { method: 'PUT', base: '/conversations/conversations/2026-09' },
    contacts: '/crm/objects/2026-09/contacts',
    users: '/crm/objects/2026-09/users',
    owners: '/crm/owners/2026-09',
    tickets: '/crm/objects/2026-09/tickets',
    // Uploads and signed links have no description of 2026-09.
    files: '/files/2026-03/files',
    oauth: '/oauth/2026-09',
  },
}

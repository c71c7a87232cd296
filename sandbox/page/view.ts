/** All that the page shows, as the server tells it. Times are milliseconds since 1970. */
export type View = {
  /** Another one after each start: what somebody chose before means nothing then. */
  run: string
  chats: ChatView[]
  calls: CallsView
  /** The agents' side: played on this machine, or a real account. */
  hubspot: DeskView | AccountView
}

export type DeskView = {
  kind: 'stand-in'
  contacts: ContactView[]
  inboxes: InboxView[]
  agents: AgentView[]
  threads: ThreadView[]
  troubles: TroubleView[]
}

export type AccountView = {
  kind: 'real'
  /** Where agents answer. */
  appUrl: string
  /** The connected inboxes and help desks; none as long as the account is not connected. */
  inboxes: InboxView[]
}

export type ChatView = {
  id: number
  name: string
  /** The agent's name, once one has joined. */
  agent?: string | undefined
  isWithPerson: boolean
  lines: LineView[]
}

export type LineView = {
  id: string
  at: number
  /** `owner` is what Botpress tells the bot's owner, which the customer does not see. */
  who: 'customer' | 'bot' | 'agent' | 'owner'
  name?: string | undefined
  /** Markdown, as webchat shows it. */
  text?: string | undefined
  file?: FileView | undefined
  /** What the customer can choose from. */
  choices: string[]
}

export type FileView = { name: string; kind: 'image' | 'other'; url: string }

export type ContactView = { name: string; email?: string | undefined; phone?: string | undefined }

export type InboxView = { id: string; name: string; isHelpDesk: boolean }

export type AgentView = { id: string; name: string }

export type ThreadView = {
  id: string
  inboxId: string
  state: 'open' | 'closed' | 'trash'
  assignedTo?: string | undefined
  customer: ContactView & { isKnown: boolean }
  /** How many of the customer's messages nobody has looked at. */
  unread: number
  items: ItemView[]
}

export type ItemView = {
  id: string
  at: number
  kind: 'customer' | 'agent' | 'note' | 'event'
  name: string
  text: string
  /** The same as HTML, of which only what formats is to be shown. */
  html?: string | undefined
  files: FileView[]
  receipt?: ReceiptView | undefined
}

export type ReceiptView = { state: 'waiting' } | { state: 'sent' } | { state: 'failed'; reason: string }

export type Party = 'Botpress' | 'Integration' | 'HubSpot'

export type CallsView = {
  counts: { from: Party; to: Party; count: number }[]
  /** The latest, in the order in which they began. */
  latest: CallView[]
  /** Calls that take long and have not ended yet, in the order in which they began. */
  underWay: WaitingCallView[]
}

export type WaitingCallView = Pick<CallView, 'from' | 'to' | 'what' | 'call' | 'startedAt'>

export type CallView = {
  id: number
  from: Party
  to: Party
  /** In plain words. */
  what: string
  /** As it goes over the wire, secrets masked. */
  call: string
  /** 0 when the connection was cut. */
  status: number
  startedAt: number
  durationMs: number
}

/** Bodies with secrets masked. */
export type CallDetails = { request: string; response: string }

export type TroubleView = {
  id: string
  title: string
  description: string
  isPlaying: boolean
  outcome?: { isFine: boolean; text: string } | undefined
}

/** Everything the page shows, as the server sends it. Times are milliseconds since 1970. */
export type View = {
  /** Changes at each start, which invalidates choices that a browser remembers. */
  run: string
  chats: ChatView[]
  calls: CallsView
  /** The agents' side: simulated on this machine, or a real account. */
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
  /** Where agents reply. */
  appUrl: string
  /** The connected inboxes and help desks; empty until the account is connected. */
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
  /** `owner` lines are errors for the bot's owner. The customer does not see them. */
  who: 'customer' | 'bot' | 'agent' | 'owner'
  name?: string | undefined
  /** Markdown, as webchat displays it. */
  text?: string | undefined
  file?: FileView | undefined
  /** The customer's options. */
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
  /** How many of the customer's messages are unread. */
  unread: number
  items: ItemView[]
}

export type ItemView = {
  id: string
  at: number
  kind: 'customer' | 'agent' | 'note' | 'event'
  name: string
  text: string
  /** The same as untrusted HTML. Only its formatting may be shown. */
  html?: string | undefined
  files: FileView[]
  receipt?: ReceiptView | undefined
}

export type ReceiptView = { state: 'waiting' } | { state: 'sent' } | { state: 'failed'; reason: string }

export type Party = 'Botpress' | 'Integration' | 'HubSpot'

export type CallsView = {
  counts: { from: Party; to: Party; count: number }[]
  /** The latest calls, in the order in which they began. */
  latest: CallView[]
  /** Slow calls that have not ended yet, in the order in which they began. */
  underWay: WaitingCallView[]
}

export type WaitingCallView = Pick<CallView, 'from' | 'to' | 'what' | 'call' | 'startedAt'>

export type CallView = {
  id: number
  from: Party
  to: Party
  /** In plain words. */
  what: string
  /** Method and path, with secrets masked. */
  call: string
  /** 0 if the connection was cut. */
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

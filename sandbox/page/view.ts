import type { Step } from '../story'

/** Everything the page shows, as the server sends it. Times are milliseconds since 1970. */
export type View = {
  /** Changes at each start, which invalidates choices that a browser remembers. */
  run: string
  /** The handoff that was played at the start, which the page can replay. */
  steps: readonly Step[]
  /** Whether the page replays it by itself when it opens. */
  isReplayed: boolean
  /** When the configuration was last saved. */
  savedAt?: number | undefined
  chats: ChatView[]
  calls: CallsView
  /** The agents' side: simulated on this machine, or a real account. */
  hubspot: DeskView | AccountView
}

export type DeskView = {
  kind: 'stand-in'
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

/** Replaying leaves out whatever has a later `at`. */
export type Moment = { at: number }

export type ChatView = Moment & {
  id: number
  name: string
  lines: ItemView[]
  /** The customer's options. */
  choices: string[]
  sessions: SessionView[]
}

/** One escalation, from when the customer asked, and when it reached each of its stages. */
export type SessionView = Moment & {
  threadId: string
  agent?: string | undefined
  joined?: Moment | undefined
  answered?: Moment | undefined
  closed?: Moment | undefined
}

/** Something in a chat or thread. */
export type ItemView = Moment & {
  id: string
  /** A chat's notes are errors for the bot's owner. The customer does not see them. */
  kind: 'customer' | 'bot' | 'agent' | 'note' | 'event'
  name: string
  text: string
  /** The same as untrusted HTML. Only its formatting may be shown. */
  html?: string | undefined
  files: FileView[]
  /** Of an agent's message in a thread. Without one, it is on its way. */
  receipt?: ReceiptView | 'awaited' | undefined
  /** What an event changed: the agent, or null for nobody. */
  assignedTo?: string | null
  state?: 'open' | 'closed'
}

/** A failed one has a reason. */
export type ReceiptView = Moment & { reason?: string }

export type FileView = { name: string; isImage: boolean; url: string }

export type InboxView = { id: string; name: string; isHelpDesk: boolean }

export type AgentView = { id: string; name: string; isAvailable: boolean }

export type ThreadView = Moment & {
  id: string
  inboxId: string
  /** Whose it is. */
  chat?: number | undefined
  state: 'open' | 'closed' | 'trash'
  assignedTo?: string | undefined
  /** A known one is a contact. */
  customer: { name: string; address?: string | undefined; isKnown: boolean }
  /** How many of the customer's messages are unread. */
  unread: number
  items: ItemView[]
  /** Of a thread in a help desk. */
  ticket?: TicketView | undefined
}

/** Properties in plain words. Those without a value are missing. */
export type TicketView = { number: string; subject: string; properties: { name: string; value: string }[] }

export type Party = 'Botpress' | 'Integration' | 'HubSpot'

export type CallsView = {
  counts: { from: Party; to: Party; count: number }[]
  /** The latest calls by what caused them, in the order in which they began. */
  groups: CallGroupView[]
}

export type CallGroupView = Moment & {
  id: number
  /** What happened, in plain words. */
  cause: string
  /** Until the integration was done, in milliseconds. */
  durationMs: number
  calls: CallView[]
}

export type CallView = Moment & {
  id: number
  from: Party
  to: Party
  /** In plain words. */
  what: string
  /** Method and path, with secrets masked. */
  call: string
  /** The HTTP status, and what it means where that is not obvious. */
  outcome: string
  tone: 'good' | 'neutral' | 'bad'
  durationMs: number
}

/** Bodies with secrets masked. */
export type CallDetails = { request: string; response: string }

export type TroubleView = {
  title: string
  description: string
  isPlaying: boolean
  outcome?: { isFine: boolean; text: string } | undefined
}

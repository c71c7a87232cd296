import type * as bp from '../bp'
import type { Portal } from '../installation/connection'

/** `words` are lines that say what HubSpot shows in a form of its own: options, a place, a contact. */
export type AgentAttachment =
  | {
      kind: 'file'
      fileId: string | undefined
      url: string | undefined
      name: string | undefined
      fileUsageType: string | undefined
    }
  | { kind: 'words'; lines: string[] }
  | { kind: 'unknown' }

/** What can happen in HubSpot that concerns a session. Times are milliseconds since 1970. */
export type AgentMessage = {
  kind: 'agentMessage'
  threadId: string
  occurredAt: number
  portalId: string | undefined
  channelId: string
  messageId: string
  actorId: string | undefined
  /** As the message itself says; HubSpot mostly leaves it out. */
  senderName: string | undefined
  /** The app that wrote the message, when it was not a person in HubSpot. */
  sentByAppId: string | undefined
  integrationThreadId: string | undefined
  text: string
  richText: string
  attachments: AgentAttachment[]
}
export type ThreadAssigned = {
  kind: 'assigned'
  threadId: string
  occurredAt: number
  portalId: string | undefined
  appId: string | undefined
  /** Undefined when the thread was taken from an agent and not given to another. */
  actorId: string | undefined
}
export type ThreadEnded = {
  kind: 'ended'
  endedBy: 'agent' | 'deletion'
  threadId: string
  occurredAt: number
  portalId: string | undefined
  appId: string | undefined
}

export type WebhookEvent = AgentMessage | ThreadAssigned | ThreadEnded

/** What every handler of an event gets. */
export type EventProps = {
  client: bp.Client
  logger: bp.Logger
  /** The account that the event happened in. */
  portal: Portal
}

import type * as bp from '../bp'
import type { contentOf } from '../hubspot/message'
import type { Portal } from '../installation/connection'

/** What can happen in HubSpot that concerns a session. Times are milliseconds since 1970. */
export type AgentMessage = ReturnType<typeof contentOf> & {
  kind: 'agentMessage'
  threadId: string
  occurredAt: number
  portalId: string | undefined
  channelId: string
  integrationThreadId: string | undefined
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

export type Tags = Record<string, string>
export type Payload = Record<string, unknown>

/** What every operation and API call of one installation names. */
export type Identity = {
  token: string
  botId: string
  botUserId: string
  integrationId: string
  /** What the bot calls this installation: several of one integration in a bot differ in it. */
  alias: string
  webhookId: string
}

export type User = {
  id: string
  createdAt: string
  updatedAt: string
  tags: Tags
  name?: string
  pictureUrl?: string
  attributes?: Record<string, string>
}

export type Conversation = {
  id: string
  createdAt: string
  updatedAt: string
  channel: string
  integration: string
  tags: Tags
}

/** Incoming: from the integration to the bot. Outgoing: from the bot to the integration. */
export type Message = {
  id: string
  createdAt: string
  updatedAt: string
  type: string
  payload: Payload
  direction: 'incoming' | 'outgoing'
  userId: string
  conversationId: string
  tags: Tags
  origin?: 'synthetic'
}

export type BotEvent = {
  id: string
  createdAt: string
  type: string
  payload: Payload
  conversationId?: string
  userId?: string
  messageId?: string
  status: 'pending' | 'processed' | 'ignored' | 'failed' | 'scheduled'
  failureReason: string | null
}

export type State = {
  id: string
  createdAt: string
  updatedAt: string
  botId: string
  conversationId?: string
  userId?: string
  name: string
  type: StateType
  payload: Payload
}

export type StateType = 'integration' | 'conversation' | 'user'

/** Either a moment or a delay in milliseconds. */
export type Schedule = { dateTime?: string | undefined; delay?: number | undefined }

export type OperationResult = {
  ok: boolean
  /** The integration's HTTP status; 0 when it could not be reached. */
  status: number
  /** Why it failed, as the bot owner reads it. */
  message?: string
  /** What an action returned. */
  output?: unknown
}

export type OperationName = 'register' | 'unregister' | 'action_triggered' | 'message_created' | 'webhook_received'

export type OperationRequest = { operation: OperationName; type?: string; body: unknown }
export type OperationAnswer = { status: number; headers: Headers; body: string }

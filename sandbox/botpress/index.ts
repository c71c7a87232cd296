import type { Hono } from 'hono'
import type { CallLog } from '../http/call-log'
import type { FaultPlan } from '../http/faults'
import { serveOnLoopback, type Served } from '../http/serve'
import { register } from './actions'
import type { StoredFile } from './api/files'
import type { HitlPlugin } from './hitl-plugin'
import { SHARED_PATH } from './identifiers'
import { newId } from './ids'
import type { OperationFaultPlan } from './operation-faults'
import type { OperationLog } from './operations'
import type { BotEvent, Conversation, Message, OperationResult, State, User } from './types'
import type { Webchat } from './webchat'
import { wire, type BotpressOptions, type Parts } from './wiring'

export type { Customer } from './webchat'

/** A strict Botpress for one installed integration: runtime API, webhook gateway, HITL plugin and a webchat. */
export async function startBotpress(options: BotpressOptions): Promise<Botpress> {
  const parts = wire(options)
  const served = await serveOnLoopback(parts.app, options.port)
  return new Botpress(parts, served, options.publicUrl ?? served.url)
}

export type Upload = { name: string; contentType: string; content: Uint8Array<ArrayBuffer> }

export class Botpress {
  /** BP_API_URL */
  readonly url: string
  /** BP_WEBHOOK_URL */
  readonly webhookBase: string
  readonly webhookUrl: string
  /** Where HubSpot sends browsers back to, the same for all installations. */
  readonly redirectUrl: string
  /** Where the events of an app arrive that installations share. */
  readonly sharedWebhookUrl: string
  /** The webhook address alone, to be served where the public comes. */
  readonly gateway: Hono
  readonly token: string
  readonly botId: string
  readonly botUserId: string
  readonly integrationId: string
  readonly alias: string
  readonly webhookId: string
  /** Calls of the runtime API. */
  readonly log: CallLog
  readonly operations: OperationLog
  readonly plugin: HitlPlugin
  readonly chat: Webchat
  readonly #parts: Parts
  readonly #served: Served

  constructor(parts: Parts, served: Served, publicUrl: string) {
    const { token, botId, botUserId, integrationId, alias, webhookId } = parts.identity
    this.url = served.url
    this.webhookBase = `${publicUrl}/webhooks`
    this.webhookUrl = `${this.webhookBase}/${webhookId}`
    this.redirectUrl = `${this.webhookBase}/oauth`
    this.sharedWebhookUrl = `${this.webhookBase}${SHARED_PATH}`
    this.gateway = parts.gateway
    this.token = token
    this.botId = botId
    this.botUserId = botUserId
    this.integrationId = integrationId
    this.alias = alias
    this.webhookId = webhookId
    this.log = parts.log
    this.operations = parts.operations.log
    this.plugin = parts.plugin
    this.chat = parts.chat
    this.#parts = parts
    this.#served = served
  }

  get configuration(): Record<string, unknown> {
    return this.#parts.settings.configuration
  }

  set configuration(configuration: Record<string, unknown>) {
    this.#parts.settings.configuration = configuration
  }

  /** Hits calls of the runtime API only. */
  get faults(): FaultPlan | undefined {
    return this.#parts.settings.faults
  }

  set faults(plan: FaultPlan | undefined) {
    this.#parts.settings.faults = plan
  }

  /** Hits operations, which are calls of the integration: actions, deliveries and webhooks. */
  get operationFaults(): OperationFaultPlan | undefined {
    return this.#parts.settings.operationFaults
  }

  set operationFaults(plan: OperationFaultPlan | undefined) {
    this.#parts.settings.operationFaults = plan
  }

  get isEnabled(): boolean {
    return this.#parts.settings.isEnabled
  }

  set isEnabled(isEnabled: boolean) {
    this.#parts.settings.isEnabled = isEnabled
  }

  /** What Botpress knows this installation by once it is connected. */
  get identifier(): string | undefined {
    return this.#parts.identifiers.of(this.webhookId)
  }

  get users(): readonly User[] {
    return structuredClone(this.#parts.store.users.list())
  }

  get conversations(): readonly Conversation[] {
    return structuredClone(this.#parts.store.conversations.list())
  }

  get messages(): readonly Message[] {
    return structuredClone(this.#parts.store.messages.list())
  }

  get events(): readonly BotEvent[] {
    return structuredClone(this.#parts.store.events.list())
  }

  /** What the integration, and customers in the webchat, have uploaded. */
  get files(): readonly StoredFile[] {
    return structuredClone(this.#parts.files)
  }

  get states(): readonly State[] {
    return structuredClone(this.#parts.store.states.list())
  }

  /** A customer picks a file in the webchat: its address is what the message then holds. */
  upload({ name, contentType, content }: Upload): string {
    const id = newId('file')
    this.#parts.files.push({ id, key: `webchat/${id}/${name}`, contentType, content, isPublic: true })
    return `${this.url}/files/${id}/${encodeURIComponent(name)}`
  }

  /** The owner saves the configuration. */
  async register(): Promise<OperationResult> {
    const result = await register(this.#parts.operations, this.configuration, this.webhookUrl)
    if (result.ok) this.isEnabled = true
    return result
  }

  /** The owner removes the integration, and with it as whom it was connected. */
  async unregister(): Promise<OperationResult> {
    this.#parts.identifiers.claim(this.webhookId, null)
    return this.#parts.operations.run({ operation: 'unregister', body: { webhookUrl: this.webhookUrl } })
  }

  action(type: string, input: unknown): Promise<OperationResult> {
    return this.#parts.action(type, input)
  }

  /** Resolves when no operation, delivery or scheduled event is outstanding. */
  settled(): Promise<void> {
    return this.#parts.pending.settled()
  }

  async close(): Promise<void> {
    this.#parts.pending.close()
    await this.#served.close()
  }
}

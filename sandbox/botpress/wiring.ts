import { randomBytes, randomUUID } from 'node:crypto'
import { createCallLog } from '../http/call-log'
import type { FaultPlan } from '../http/faults'
import { runAction } from './actions'
import { definition } from './definition'
import { webhookGateway } from './gateway'
import { HitlPlugin } from './hitl-plugin'
import { Outbox } from './hitl/outbox'
import { repeating } from './hitl/repeating'
import { StandIns, type RunAction } from './hitl/stand-ins'
import { Identifiers } from './identifiers'
import { newId } from './ids'
import { Operations } from './operations'
import type { OperationFaultPlan } from './operation-faults'
import { Pending } from './pending'
import type { StoredFile } from './api/files'
import { createServer } from './server'
import { createStore } from './store'
import type { BotEvent, Identity, Message } from './types'
import { Webchat } from './webchat'

export type BotpressOptions = {
  /** Where the integration's handler listens. */
  integrationUrl: string | (() => string)
  configuration: Record<string, unknown>
  token?: string
  botId?: string
  integrationId?: string
  /** Left out, it is the integration's own name. */
  alias?: string
  webhookId?: string
  port?: number
  /** Where the public finds the webhooks, without a slash at its end; left out, it is the stand-in's own address. */
  publicUrl?: string
  /** Shared by the installations of one Botpress. */
  identifiers?: Identifiers
}

/** What can change while the stand-in runs. */
export type Settings = {
  configuration: Record<string, unknown>
  faults: FaultPlan | undefined
  operationFaults: OperationFaultPlan | undefined
  /** Whether the installation is switched on. Botpress switches it on when the owner saves, and off at uninstalling. */
  isEnabled: boolean
}

export type Parts = ReturnType<typeof wire>

export function wire(options: BotpressOptions) {
  const settings: Settings = {
    configuration: options.configuration,
    faults: undefined,
    operationFaults: undefined,
    isEnabled: true,
  }
  const identity = identityOf(options)
  const { identifiers = new Identifiers() } = options
  const pending = new Pending()
  const store = createStore(identity)
  const { integrationUrl } = options
  const operations = new Operations({ identity, integrationUrl, settings, pending })
  const action: RunAction = (type, input) => runAction(operations, type, input)
  const chat: Webchat = new Webchat(pending, () => plugin)
  const botAction = repeating(action, (ms) => pending.sleep(ms))
  const standIns = new StandIns(botAction, store, identity)
  const outbox = new Outbox({ store, operations, pending, botUserId: identity.botUserId })
  const plugin = new HitlPlugin({ upstream: chat, store, pending, standIns, outbox, runAction: botAction })
  const api = {
    identity,
    store,
    pending,
    onMessage: (message: Message) => plugin.takeFromAgent(message),
    onEvent: (event: BotEvent) => plugin.takeEvent(event),
    onConfigured: (identifier: string | null) => {
      identifiers.configure(identity.webhookId, identifier)
    },
  }
  const log = createCallLog()
  const files: StoredFile[] = []
  const gateway = webhookGateway({
    webhookId: identity.webhookId,
    operations,
    identifiers,
    isEnabled: () => settings.isEnabled,
  })
  const app = createServer({ api, files, gateway, log, faults: () => settings.faults })
  return { settings, identifiers, identity, pending, store, log, operations, action, chat, plugin, files, gateway, app }
}

function identityOf(options: BotpressOptions): Identity {
  return {
    token: options.token ?? randomBytes(24).toString('hex'),
    botId: options.botId ?? randomUUID(),
    botUserId: newId('user'),
    integrationId: options.integrationId ?? newId('intver'),
    alias: options.alias ?? definition.name,
    webhookId: options.webhookId ?? randomUUID(),
  }
}

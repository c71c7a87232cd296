import { Listeners } from '../listeners'
import { withFault, type OperationFaultPlan } from './operation-faults'
import type { Pending } from './pending'
import type { Identity, OperationAnswer, OperationName, OperationRequest, OperationResult } from './types'

/** How long Botpress waits for an integration. */
const TIMEOUT_MS = 60_000

/** One POST to the integration. Bodies are JSON as text. */
export type Operation = {
  operation: OperationName
  /** The action or the message type, when the operation has one. */
  type?: string
  /** 0 when the integration could not be reached. */
  status: number
  requestBody: string
  responseBody: string
  /** Milliseconds since 1970. */
  startedAt: number
  durationMs: number
}

/** A list that tells of each operation as it ends. */
export class OperationLog extends Array<Operation> {
  readonly #listeners = new Listeners<Operation>()

  /** Filtering and mapping it gives plain lists. */
  static override get [Symbol.species](): ArrayConstructor {
    return Array
  }

  /** Returns the way to stop listening. */
  subscribe(listener: (operation: Operation) => void): () => void {
    return this.#listeners.subscribe(listener)
  }

  /** Strangers can send webhooks as long and as many as they like: of refused ones little is kept. */
  record(operation: Operation): void {
    const recorded = isRefused(operation)
      ? { ...operation, requestBody: operation.requestBody.slice(0, MOST_OF_A_REFUSED) }
      : operation
    this.push(recorded)
    this.#listeners.tell(recorded)
    if (isRefused(operation) && this.filter(isRefused).length > MOST_REFUSED) this.splice(this.findIndex(isRefused), 1)
  }
}

/** In characters. */
const MOST_OF_A_REFUSED = 20_000
const MOST_REFUSED = 100

const isRefused = ({ operation, status }: Operation): boolean =>
  operation === 'webhook_received' && status >= 300 && status < 500

export type OperationsOptions = {
  identity: Identity
  integrationUrl: string | (() => string)
  /** Read anew at each operation. */
  settings: { configuration: Record<string, unknown>; operationFaults: OperationFaultPlan | undefined }
  pending: Pending
}

/** Calls the integration as Botpress does. */
export class Operations {
  readonly log = new OperationLog()
  readonly #options: OperationsOptions

  constructor(options: OperationsOptions) {
    this.#options = options
  }

  send(request: OperationRequest): Promise<OperationAnswer> {
    return this.#options.pending.track(this.#post(request))
  }

  async run(request: OperationRequest): Promise<OperationResult> {
    return toResult(await this.send(request))
  }

  async #post(request: OperationRequest): Promise<OperationAnswer> {
    const { operation, type, body } = request
    const fault = this.#options.settings.operationFaults?.(request)
    const [startedAt, started] = [Date.now(), performance.now()]
    const requestBody = JSON.stringify(body)
    const answer = await withFault(fault, () => this.#fetch(requestBody, { operation, type })).catch(unreachable)
    const durationMs = performance.now() - started
    const { status, body: responseBody } = answer
    const named = { operation, ...(type !== undefined && { type }) }
    this.log.record({ ...named, status, requestBody, responseBody, startedAt, durationMs })
    return answer
  }

  async #fetch(body: string, { operation, type }: Pick<Operation, 'operation'> & { type: string | undefined }) {
    const { identity, integrationUrl, settings, pending } = this.#options
    const response = await fetch(typeof integrationUrl === 'string' ? integrationUrl : integrationUrl(), {
      method: 'POST',
      redirect: 'manual',
      signal: AbortSignal.any([pending.signal, AbortSignal.timeout(TIMEOUT_MS)]),
      headers: headersOf(identity, settings.configuration, { operation, type }),
      body: escapeNonAscii(body),
    })
    return { status: response.status, headers: response.headers, body: await response.text() }
  }
}

/** How Botpress tells the integration what the operation is and whose. */
export const headersOf = (
  identity: Omit<Identity, 'token'>,
  configuration: Record<string, unknown>,
  { operation, type }: { operation: OperationName; type: string | undefined },
): Record<string, string> => ({
  'content-type': 'application/json',
  'x-bot-id': identity.botId,
  'x-bot-user-id': identity.botUserId,
  'x-integration-id': identity.integrationId,
  'x-integration-alias': identity.alias,
  'x-webhook-id': identity.webhookId,
  'x-bp-configuration': Buffer.from(JSON.stringify(configuration)).toString('base64'),
  'x-bp-operation': operation,
  ...(type !== undefined && { 'x-bp-type': type }),
})

/** The SDK's server decodes each chunk by itself, which breaks a character that two chunks share. */
function escapeNonAscii(json: string): string {
  return json.replaceAll(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

function unreachable(error: unknown): OperationAnswer {
  const cause = error instanceof Error && error.cause instanceof Error ? `: ${error.cause.message}` : ''
  const message = `The integration did not answer: ${error instanceof Error ? error.message : String(error)}${cause}`
  return { status: 0, headers: new Headers(), body: JSON.stringify({ message }) }
}

function toResult({ status, body }: OperationAnswer): OperationResult {
  const parsed = parseObject(body)
  if (status === 200) return { ok: true, status, ...('output' in parsed && { output: parsed['output'] }) }
  const message = typeof parsed['message'] === 'string' ? parsed['message'] : body
  return { ok: false, status, message }
}

function parseObject(body: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(body)
    return typeof value === 'object' && value !== null ? { ...value } : {}
  } catch {
    return {}
  }
}

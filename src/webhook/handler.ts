import type * as bp from '../bp'
import { assertSignature, SignatureError } from '../hubspot/signature'
import { isHubSpotError } from '../hubspot/errors'
import { answerBrowser } from '../authorize'
import { webhookUrl } from '../installation/addresses'
import { SessionOpening } from '../session/find-session'
import { dispatch } from './dispatch'
import { parseWebhook } from './parse'

type Request = bp.HandlerProps['req']
/** HubSpot gives up after five seconds; what is not done by then comes again and does no harm. */
const ANSWER_WITHIN_MS = 4_000

const DONE: bp.WebhookAnswer = { status: 200, body: '{}' }
const FORGED: bp.WebhookAnswer = { status: 401, body: '{"error":"The signature is missing or wrong."}' }
const UNREADABLE: bp.WebhookAnswer = { status: 400, body: '{"error":"The body is not an event of HubSpot."}' }
const AGAIN: bp.WebhookAnswer = { status: 503, body: '{"error":"Not everything could be handled. Send it again."}' }

/**
 * Everything that comes to the webhook URL. Browsers on their way to a connection get pages (`authorize/`); the rest is what
 * HubSpot sends: read, verified, parsed, dispatched, answered. Any answer but 2xx makes HubSpot send
 * the same again. Nothing is logged before the signature has been verified.
 */
export const handler: bp.IntegrationProps['handler'] = async (props) => {
  const page = await answerBrowser(props)
  if (page) return page
  if (!isSigned(props)) return FORGED
  const parsed = parseWebhook(props.req.body ?? '')
  if (!parsed) return UNREADABLE
  const failures = await inTime(dispatch(parsed.events, props))
  if (failures === 'late') return AGAIN
  for (const failure of failures) props.logger.warn(`A HubSpot event failed and will come again: ${nameOf(failure)}`)
  if (failures.length > 0) return AGAIN
  return parsed.malformed > 0 ? UNREADABLE : DONE
}

function isSigned({ ctx, req }: bp.HandlerProps): boolean {
  const request = {
    secret: ctx.configuration.clientSecret?.trim() ?? '',
    method: req.method.toUpperCase(),
    uri: publicUri(ctx.webhookId, req),
    rawBody: req.body ?? '',
    timestamp: req.headers['x-hubspot-request-timestamp'] ?? '',
  }
  try {
    assertSignature(request, req.headers['x-hubspot-signature-v3'] ?? '', Date.now())
    return true
  } catch (thrown) {
    if (thrown instanceof SignatureError) return false
    throw thrown
  }
}

const publicUri = (webhookId: string, { path, query }: Request): string =>
  `${webhookUrl(webhookId)}${path}${query ? `?${query}` : ''}`

async function inTime<T>(work: Promise<T>): Promise<T | 'late'> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), ANSWER_WITHIN_MS)
  })
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}

/** What failed, in words that hold nothing of what people wrote. */
function nameOf(failure: unknown): string {
  if (failure instanceof SessionOpening) return failure.message
  if (isHubSpotError(failure)) return `HubSpot ${failure.kind}, correlation id ${failure.correlationId ?? 'none'}`
  return failure instanceof Error ? failure.name : typeof failure
}

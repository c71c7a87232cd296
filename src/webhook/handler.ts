import type * as bp from '../bp'
import { assertSignature, isSignedV1, SignatureError, type SignedRequest } from '../hubspot/signature'
import { isHubSpotError } from '../hubspot/errors'
import { inTime } from '../hubspot/retry-policy'
import { answerBrowser } from '../authorize'
import { noteBadSignature } from '../authorize/try-it'
import { webhookUrl } from '../installation/addresses'
import { completeAppOf } from '../installation/app'
import { errorName } from '../installation/explain'
import { SessionOpening } from '../session/find-session'
import { dispatch } from './dispatch'
import { parseWebhook, type UnreadableEntry } from './parse'

/** HubSpot gives up after five seconds; it sends again what is not done by then, which does no harm. */
const ANSWER_WITHIN_MS = 4_000

const DONE: bp.WebhookAnswer = { status: 200, body: '{}' }
const FORGED: bp.WebhookAnswer = { status: 401, body: '{"error":"The signature is missing or wrong."}' }
const UNREADABLE: bp.WebhookAnswer = { status: 400, body: '{"error":"The body is not an event of HubSpot."}' }
const AGAIN: bp.WebhookAnswer = { status: 503, body: '{"error":"Not everything could be handled. Send it again."}' }

/**
 * Every request to the webhook URL. Browsers on their way to a connection get pages (`authorize/`). HubSpot's webhooks are
 * verified, parsed, dispatched and answered; after any answer but 2xx HubSpot sends the same again. Nothing is logged
 * before the signature has been verified.
 */
export const handler: bp.IntegrationProps['handler'] = async (props) => {
  const page = await answerBrowser(props)
  if (page) return page
  const { logger, req } = props
  const signature = signatureOf(props)
  if (signature === 'version 1') logger.forBot().warn(VERSION_1)
  if (signature !== 'version 3') return FORGED
  const parsed = parseWebhook(req.body ?? '')
  if (!parsed) {
    logger.warn('A webhook from HubSpot cannot be read: its body is not JSON of an event')
    return UNREADABLE
  }
  if (parsed.unreadable.length > 0) logger.warn(unreadableLine(parsed.unreadable))
  const late = new AbortController()
  const failures = await inTime(dispatch(parsed, props, late.signal), ANSWER_WITHIN_MS, () => late.abort())
  if (!failures) return AGAIN
  for (const failure of failures) logger.warn(`A HubSpot event failed and will come again: ${nameOf(failure)}`)
  if (failures.length > 0) return AGAIN
  return parsed.unreadable.length > 0 ? UNREADABLE : DONE
}

const VERSION_1 =
  'A webhook from HubSpot was refused: it carries version 1 of the signature only. This integration needs version 3, which covers address and time as well and which HubSpot sends to OAuth apps. If this repeats, ask HubSpot support why your app does not get it.'

function signatureOf({ ctx, req }: bp.HandlerProps): 'version 3' | 'version 1' | 'none' {
  const app = completeAppOf(ctx)
  const request = {
    secret: app?.clientSecret ?? '',
    method: req.method.toUpperCase(),
    rawBody: req.body ?? '',
    timestamp: req.headers['x-hubspot-request-timestamp'] ?? '',
  }
  const given = req.headers['x-hubspot-signature-v3']
  // How Botpress shows a path below the shared address is unknown, so the address of a shared app is taken as configured.
  const uris = [publicUri(ctx.webhookId, req), ...(app?.isShared ? [app.targetUrl] : [])]
  if (uris.some((uri) => isSigned({ ...request, uri }, given ?? ''))) return 'version 3'
  const isVersion1 = isSignedV1(request, req.headers['x-hubspot-signature'] ?? '')
  if (isVersion1) noteBadSignature(ctx)
  return isVersion1 && given === undefined ? 'version 1' : 'none'
}

function isSigned(request: SignedRequest, signature: string): boolean {
  try {
    assertSignature(request, signature, Date.now())
    return true
  } catch (thrown) {
    if (thrown instanceof SignatureError) return false
    throw thrown
  }
}

/** A batch is one line, however many of its entries are odd. */
const unreadableLine = (entries: readonly UnreadableEntry[]): string =>
  `A webhook from HubSpot cannot be read: ${[...new Set(entries.map(({ where }) => where))].slice(0, 5).join('; ')}`

const publicUri = (webhookId: string, { path, query }: bp.HandlerProps['req']): string =>
  `${webhookUrl(webhookId)}${path}${query ? `?${query}` : ''}`

/** What failed, without anything that people wrote. */
function nameOf(failure: unknown): string {
  if (failure instanceof SessionOpening) return failure.message
  if (isHubSpotError(failure, 'unreadable')) return failure.message
  if (isHubSpotError(failure)) return `HubSpot ${failure.kind}, correlation id ${failure.correlationId ?? 'none'}`
  return errorName(failure)
}

import { randomUUID } from 'node:crypto'
import type { ContentfulStatusCode } from 'hono/utils/http-status'

export type ErrorDetail = { message: string; code?: string; in?: string; context?: Record<string, string[]> }

type Envelope = {
  message: string
  category: string
  subCategory?: string
  context?: Record<string, string[]>
  errors?: ErrorDetail[]
  links?: Record<string, string>
}

/** A refusal as HubSpot words it. Thrown anywhere, answered in one place. */
export class Problem extends Error {
  constructor(
    readonly status: ContentfulStatusCode,
    private readonly envelope: Envelope,
  ) {
    super(envelope.message)
  }

  body(): Envelope & { status: 'error'; correlationId: string } {
    const { message, ...rest } = this.envelope
    return { status: 'error', message, correlationId: randomUUID(), ...rest }
  }
}

export function invalid(message: string, errors?: ErrorDetail[]): Problem {
  return new Problem(400, { message, category: 'VALIDATION_ERROR', ...(errors && { errors }) })
}

export function notFound(what: string, id: string): Problem {
  return new Problem(404, { message: `${what} ${id} was not found`, category: 'OBJECT_NOT_FOUND' })
}

export function conflict(message: string): Problem {
  return new Problem(409, { message, category: 'CONFLICT' })
}

export function unauthenticated(message: string): Problem {
  return new Problem(401, { message, category: 'INVALID_AUTHENTICATION' })
}

export function credentialsMissing(): Problem {
  return unauthenticated(
    'Authentication credentials not found. This API supports OAuth 2.0 authentication and you can find more details at https://developers.hubspot.com/docs/methods/auth/oauth-overview',
  )
}

export function tokenExpired(expiresAt: number, now: number): Problem {
  return new Problem(401, {
    message: `This oauth-token is expired! expiresAt: ${new Date(expiresAt).toISOString()}, now: ${new Date(now).toISOString()}`,
    category: 'EXPIRED_AUTHENTICATION',
    errors: [
      {
        message: `The OAuth token used to make this call expired ${Math.ceil((now - expiresAt) / 1000)} second(s) ago.`,
      },
    ],
  })
}

export function scopesMissing(requiredGranularScopes: string[]): Problem {
  return new Problem(403, {
    message:
      "This app hasn't been granted all required scopes to make this call. Read more about required scopes here: https://developers.hubspot.com/scopes.",
    category: 'MISSING_SCOPES',
    errors: [{ message: 'One or more of the following scopes are required.', context: { requiredGranularScopes } }],
    links: { scopes: 'https://developers.hubspot.com/scopes' },
  })
}

export function planRefuses(): Problem {
  return new Problem(403, {
    message: 'This account does not have access to custom channels.',
    category: 'FORBIDDEN',
  })
}

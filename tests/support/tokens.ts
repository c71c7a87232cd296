import * as z from 'zod/mini'
import type { Call } from '../../sandbox/http/call-log'
import type { Stack } from '../../sandbox/stack'
import { writeState } from './behind-its-back'
import { callsOf, TOKEN } from './faults'

/** The tokens in the installation's state. */
export function storedTokens({ botpress }: Stack): Record<string, unknown> {
  const state = botpress.states.find(({ name }) => name === 'tokens')
  if (!state) throw new Error('No tokens are stored')
  return state.payload
}

/** HubSpot's latest tokens, as the installation must store them. */
export function tokensGivenLast({ hubspot }: Stack): Record<string, unknown> {
  const calls = callsOf(hubspot, TOKEN)
  const answer: unknown = JSON.parse(calls[calls.length - 1]?.responseBody ?? '{}')
  const { access_token: accessToken, refresh_token: refreshToken, hub_id: portalId } = given.parse(answer)
  return { accessToken, refreshToken, portalId: String(portalId) }
}

const given = z.object({ access_token: z.string(), refresh_token: z.string(), hub_id: z.number() })

/** Expires the stored access token, and restarts the integration so that no cache has a valid one. */
export async function outliveAccessToken(stack: Stack): Promise<void> {
  await changeStoredTokens(stack, { expiresAt: Date.now() - 1 })
  await stack.restartIntegration()
}

/** Changes the stored tokens. Processes keep their caches. */
export const changeStoredTokens = (stack: Stack, change: Record<string, unknown>): Promise<void> =>
  writeState(stack, 'tokens', { ...storedTokens(stack), ...change })

/** Milliseconds since 1970. */
export const endOf = ({ startedAt, durationMs }: Call): number => startedAt + durationMs

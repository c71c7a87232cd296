import axios from 'axios'
import * as z from 'zod/mini'
import type * as bp from '../../src/bp'
import { env } from '../../src/env'

type Installation = { client: bp.Client; ctx: bp.Context }

/** Read again for each message, because nothing is cached. */
export async function tokensOf({ client, ctx }: Installation): Promise<bp.States['tokens']> {
  const { state } = await client.getState({ type: 'integration', id: ctx.integrationId, name: 'tokens' })
  return state.payload
}

export async function channelOf({ client, ctx }: Installation): Promise<bp.States['channel']> {
  const { state } = await client.getState({ type: 'integration', id: ctx.integrationId, name: 'channel' })
  return state.payload
}

type Call = {
  method: 'GET' | 'POST'
  path: string
  token?: string
  params?: Record<string, string>
  data?: unknown
}

/** One call without retries. */
export async function hubspot<S extends z.ZodMiniType>(answer: S, { path, token, ...call }: Call): Promise<z.infer<S>> {
  const { data } = await axios.request<unknown>({
    ...call,
    url: `${env.hubspotApiUrl()}${path}`,
    headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
    maxBodyLength: Infinity,
  })
  return answer.parse(data)
}

/** The response fields that the baseline reads. */
export const named = z.object({ id: z.string() })

import { isApiError, RuntimeError } from '@botpress/sdk'
import type { z } from '@botpress/sdk'
import { states } from '../../definitions'
import type * as bp from '../bp'

type Name = keyof bp.States

export const NOT_CONNECTED =
  'This integration is not connected to HubSpot yet. Click Authorize in its configuration and choose where conversations appear.'

const schemas: { [N in Name]: z.ZodType<bp.States[N]> } = {
  tokens: states.tokens.schema,
  channel: states.channel.schema,
  setup: states.setup.schema,
}

/** A state of the installation; undefined when it was never set, was cleared or has an older shape. */
export async function readState<N extends Name>(
  client: bp.Client,
  integrationId: string,
  name: N,
): Promise<bp.States[N] | undefined> {
  const parsed = schemas[name].safeParse(await fetchPayload(client, integrationId, name))
  return parsed.success ? parsed.data : undefined
}

/** As `readState`, but its absence is the owner's to mend: throws `RuntimeError`. */
export async function requireState<N extends Name>(
  client: bp.Client,
  integrationId: string,
  name: N,
): Promise<bp.States[N]> {
  const state = await readState(client, integrationId, name)
  if (state) return state
  throw new RuntimeError(NOT_CONNECTED)
}

async function fetchPayload(client: bp.Client, integrationId: string, name: Name): Promise<unknown> {
  try {
    const { state } = await client.getState({ id: integrationId, type: 'integration', name })
    return state.payload
  } catch (thrown) {
    if (isApiError(thrown) && thrown.type === 'ResourceNotFound') return undefined
    throw thrown
  }
}

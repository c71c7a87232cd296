import { isApiError, z } from '@botpress/sdk'
import { states } from '../../definitions/states'
import type * as bp from '../bp'

/**
 * One integration in one bot: the key of everything that this process caches. `ctx.integrationId` cannot be the key:
 * all bots that installed this version share it, and one process serves all of them.
 */
export type InstallationKey = z.infer<typeof installationKey>
const installationKey = z.string().brand<'InstallationKey'>()

export const keyOf = ({ webhookId }: Pick<bp.Context, 'webhookId'>): InstallationKey => installationKey.parse(webhookId)

/** An installation as the owner of its states. The client is bound to its bot and installation. */
export type StateOwner = { key: InstallationKey; client: bp.Client; integrationId: string }

export const ownerOf = ({ ctx, client }: { ctx: bp.Context; client: bp.Client }): StateOwner => ({
  key: keyOf(ctx),
  client,
  integrationId: ctx.integrationId,
})

type Name = keyof bp.States

const schemas: { [N in Name]: z.ZodType<bp.States[N]> } = {
  tokens: states.tokens.schema,
  channel: states.channel.schema,
  setup: states.setup.schema,
}

/** A state of the installation; undefined if it was never set, was cleared or does not match the schema. */
export async function readState<N extends Name>(owner: StateOwner, name: N): Promise<bp.States[N] | undefined> {
  const parsed = schemas[name].safeParse(await fetchPayload(owner, name))
  return parsed.success ? parsed.data : undefined
}

/** `undefined` clears it. */
export async function writeState<N extends Name>(
  { client, integrationId }: StateOwner,
  name: N,
  payload: bp.States[N] | undefined,
): Promise<void> {
  const named: Name = name
  await client.setState({ id: integrationId, type: 'integration', name: named, payload: payload ?? null })
}

async function fetchPayload({ client, integrationId }: StateOwner, name: Name): Promise<unknown> {
  try {
    const { state } = await client.getState({ id: integrationId, type: 'integration', name })
    return state.payload
  } catch (thrown) {
    if (isApiError(thrown) && thrown.type === 'ResourceNotFound') return undefined
    throw thrown
  }
}

import * as z from 'zod/mini'
import type * as bp from '../bp'

const installationKey = z.string().brand<'InstallationKey'>()

/**
 * One integration in one bot: the key of everything that this process caches. `ctx.integrationId` cannot be the key:
 * all bots that installed this version share it, and one process serves all of them.
 */
export type InstallationKey = z.infer<typeof installationKey>

export const keyOf = ({ webhookId }: Pick<bp.Context, 'webhookId'>): InstallationKey => installationKey.parse(webhookId)

import type * as bp from '../bp'

declare const installation: unique symbol

/**
 * One integration in one bot: the key of everything that this process remembers. `ctx.integrationId` is no such key, it
 * is shared by all bots that installed this version, and one process serves all of them.
 */
export type InstallationKey = string & { readonly [installation]: true }

/** The cast is the brand's only source: a plain string is no key. */
export const keyOf = ({ webhookId }: Pick<bp.Context, 'webhookId'>): InstallationKey => webhookId as InstallationKey

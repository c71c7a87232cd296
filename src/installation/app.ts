import { RuntimeError } from '@botpress/sdk'
import type * as bp from '../bp'
import { fieldTitle, filledIn } from './configuration'

/** The HubSpot app through which an installation is connected. */
export type App = { developerApiKey: string; appId: string; clientId: string; clientSecret: string }

export const APP_FIELDS = ['developerApiKey', 'appId', 'clientId', 'clientSecret'] as const

/**
 * The owner's app; undefined while none of its fields is filled in. Throws `RuntimeError` naming those that are missing
 * when some of them are.
 */
export function appOf(ctx: Pick<bp.Context, 'configuration'>): App | undefined {
  const { developerApiKey = '', appId = '', clientId = '', clientSecret = '' } = filledIn(ctx)
  const app = { developerApiKey, appId, clientId, clientSecret }
  const missing = APP_FIELDS.filter((field) => app[field] === '')
  if (missing.length === 0) return app
  if (missing.length === APP_FIELDS.length) return undefined
  const names = missing.map((field) => `"${fieldTitle(field)}"`).join(', ')
  throw new RuntimeError(`Fill in ${names} in the configuration of this integration and save again.`)
}

import { RuntimeError } from '@botpress/sdk'
import type * as bp from '../bp'
import { fieldTitle, formValues } from './configuration'

/** The HubSpot app that an installation connects through. */
export type App = { developerApiKey: string; appId: string; clientId: string; clientSecret: string }

export const APP_FIELDS = ['developerApiKey', 'appId', 'clientId', 'clientSecret'] as const

/**
 * The owner's app; undefined while all of its fields are empty. Throws `RuntimeError` naming the missing fields when
 * only some are filled in.
 */
export function appOf(ctx: Pick<bp.Context, 'configuration'>): App | undefined {
  const { developerApiKey = '', appId = '', clientId = '', clientSecret = '' } = formValues(ctx)
  const app = { developerApiKey, appId, clientId, clientSecret }
  const missing = APP_FIELDS.filter((field) => app[field] === '')
  if (missing.length === 0) return app
  if (missing.length === APP_FIELDS.length) return undefined
  const names = missing.map((field) => `"${fieldTitle(field)}"`).join(', ')
  throw new RuntimeError(`Fill in ${names} in the configuration of this integration and save again.`)
}

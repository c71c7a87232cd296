import { Hono } from 'hono'
import { localOnly } from './http/local-only'
import { pageRoutes } from './page/routes'
import type { RealStack } from './real/stack'
import type { RenewableStack } from './renewable'
import { SETTINGS_PATH } from './settings/render'
import { settingsRoutes } from './settings/routes'

/**
 * Everything that the sandbox serves to browsers. The settings come first, because the page's policy must not apply to
 * them.
 */
export const sandboxPages = (sandbox: RenewableStack | RealStack): Hono =>
  new Hono().use(localOnly).route(SETTINGS_PATH, settingsRoutes(sandbox)).route('/', pageRoutes(sandbox))

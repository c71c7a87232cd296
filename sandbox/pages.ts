import { Hono } from 'hono'
import { localOnly } from './http/local-only'
import { pageRoutes } from './page/routes'
import type { RealStack } from './real/stack'
import type { RenewableStack } from './renewable'
import { SETTINGS_PATH } from './settings/render'
import { settingsRoutes } from './settings/routes'

/** All that the sandbox shows in a browser. The settings come first: what the page allows itself is not for them. */
export const sandboxPages = (sandbox: RenewableStack | RealStack): Hono =>
  new Hono().use(localOnly).route(SETTINGS_PATH, settingsRoutes(sandbox)).route('/', pageRoutes(sandbox))

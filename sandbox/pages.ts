import { Hono } from 'hono'
import { localOnly } from './http/local-only'
import { pageRoutes } from './page/routes'
import { renewable } from './renewable'
import { SETTINGS_PATH } from './settings/render'
import { settingsRoutes } from './settings/routes'
import type { Stack } from './stack'

/** All that the sandbox shows in a browser. The settings come first: what the page allows itself is not for them. */
export function sandboxPages(given: Stack): Hono {
  const stack = renewable(given)
  return new Hono().use(localOnly).route(SETTINGS_PATH, settingsRoutes(stack)).route('/', pageRoutes(stack))
}

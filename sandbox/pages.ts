import { Hono } from 'hono'
import { localOnly } from './http/local-only'
import { pageRoutes } from './page/routes'
import type { Sandbox } from './assemble'
import { SETTINGS_PATH } from './settings/render'
import { settingsRoutes } from './settings/routes'
import type { Story } from './story'

/**
 * Everything that the sandbox serves to browsers. The settings come first, because the page's policy must not apply to
 * them. They wait for a story, because a save in between would disturb it.
 */
export const sandboxPages = (sandbox: Sandbox, story?: Story): Hono =>
  new Hono()
    .use(localOnly)
    .use(`${SETTINGS_PATH}/*`, async (_, next) => {
      await story?.steps
      await next()
    })
    .route(SETTINGS_PATH, settingsRoutes(sandbox))
    .route('/', pageRoutes(sandbox, story))

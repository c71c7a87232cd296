import { Hono } from 'hono'
import { Problem } from '../problem'
import type { World } from '../state/world'
import { subscribed } from '../webhooks/app-events'
import { developerKey } from './auth'

/** Where the app's events go and which ones it subscribes to: told for legacy public apps, refused for projects. */
export const appWebhooks = (world: World): Hono =>
  new Hono()
    .use('/:appId/*', developerKey(world), async (_c, next) => {
      if (world.switches.isLegacyApp) return next()
      throw new Problem(403, { message: 'This app is managed by a project.', category: 'FORBIDDEN' })
    })
    .get('/:appId/settings', (c) =>
      c.json({
        targetUrl: world.appEvents.targetUrl ?? '',
        throttling: { period: 'SECONDLY', maxConcurrentRequests: 10 },
        createdAt: '2025-02-03T10:00:00.000Z',
      }),
    )
    .get('/:appId/subscriptions', (c) => c.json({ results: subscribed(world.switches) }))

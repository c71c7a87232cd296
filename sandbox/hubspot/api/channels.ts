import { Hono } from 'hono'
import * as z from 'zod'
import { invalid, notFound } from '../problem'
import type { StoredChannel } from '../state/model'
import { isoNow, type World } from '../state/world'
import { developerKey } from './auth'
import { readJson } from './body'
import { assertCapabilities, invalidCapabilities } from './capabilities'
import { page } from './paging'

const webAddress = z.url({ protocol: /^https?$/ })

const createSchema = z.strictObject({
  name: z.string().min(1),
  capabilities: z.record(z.string(), z.unknown()),
  webhookUrl: webAddress.optional(),
  channelAccountConnectionRedirectUrl: webAddress.optional(),
  channelDescription: z.string().optional(),
  channelLogoUrl: webAddress.optional(),
})

/** The description requires every field of a PATCH as well; sending only what changes is what works in practice. */
const patchSchema = createSchema.partial()

/** Listing and creating, which v3 serves under a path of its own. */
export function channelCollection(world: World): Hono {
  const key = developerKey(world)
  return new Hono()
    .get('/', key, (c) => {
      const visible = [...world.channels.values()].filter((stored) => isVisible(world, stored))
      const channels = visible.map(({ channel }) => channel)
      return c.json({ total: channels.length, ...page(c, channels, { byDefault: 100, max: 500 }) })
    })
    .post('/', key, async (c) => {
      const input = await readJson(world, c, createSchema)
      assertCapabilities(input.capabilities, world.switches.formats)
      const limit = world.switches.channelLimit
      if (limit !== undefined && world.channels.size >= limit) {
        throw invalid(`The app has reached its limit of ${limit} custom channels`)
      }
      const id = world.ids.next('channel')
      const channel = { id, createdAt: isoNow(world), ...input }
      world.channels.set(id, { channel, createdAtMs: world.options.now(), idempotency: new Map() })
      return c.json(channel, 201)
    })
}

export function singleChannel(world: World): Hono {
  const key = developerKey(world)
  return new Hono()
    .get('/:channelId', key, (c) => c.json(findChannel(world, c.req.param('channelId')).channel))
    .patch('/:channelId', key, async (c) => {
      const { channel } = findChannel(world, c.req.param('channelId'))
      const changes = await readJson(world, c, patchSchema)
      if (changes.capabilities) {
        assertCapabilities(changes.capabilities, world.switches.formats)
        if (!world.switches.acceptsNewCapabilities) throw invalidCapabilities(Object.keys(changes.capabilities))
      }
      Object.assign(channel, changes)
      return c.json(channel)
    })
    .delete('/:channelId', key, (c) => {
      const { channel } = findChannel(world, c.req.param('channelId'))
      world.channels.delete(channel.id)
      for (const account of world.accounts.values()) {
        if (account.channelId === channel.id) world.accounts.delete(account.id)
      }
      return c.body(null, 204)
    })
}

/** A channel that was just created can be neither read nor connected yet. */
export function findChannel(world: World, id: string): StoredChannel {
  const stored = world.channels.get(id)
  if (stored === undefined || !isVisible(world, stored)) throw notFound('Channel', id)
  return stored
}

function isVisible(world: World, { createdAtMs }: StoredChannel): boolean {
  return world.options.now() >= createdAtMs + world.switches.channelVisibleAfterMs
}

import { Hono } from 'hono'
import * as z from 'zod'
import { conflict, invalid, notFound } from '../problem'
import type { ChannelAccount } from '../state/model'
import { isoNow, portalOf, type World } from '../state/world'
import { tellAccountChange } from '../webhooks/channel-events'
import { callersPortal, customChannelsPlan, scope } from './auth'
import { readJson } from './body'
import { deliveryIdentifier } from './channel-message-schema'
import { findChannel } from './channels'
import { page } from './paging'

const createSchema = z.strictObject({
  authorized: z.boolean(),
  inboxId: z.string(),
  name: z.string().min(1),
  deliveryIdentifier: deliveryIdentifier.optional(),
})

const updateSchema = z.strictObject({ authorized: z.boolean().optional(), name: z.string().min(1).optional() })

export function channelAccounts(world: World): Hono {
  const allowed = scope(world, 'conversations.custom_channels.read', 'conversations.custom_channels.write')
  const plan = customChannelsPlan(world)
  const base = '/:channelId/channel-accounts'
  return new Hono()
    .get(base, allowed, plan, (c) => {
      const { channel } = findChannel(world, c.req.param('channelId'))
      const types = c.req.queries('deliveryIdentifierType')
      const values = c.req.queries('deliveryIdentifierValue')
      const accounts = [...world.accounts.values()].filter(
        ({ channelId, inboxId, deliveryIdentifier: own }) =>
          channelId === channel.id &&
          portalOf(world, inboxId) === callersPortal(world, c) &&
          (types === undefined || (own !== undefined && types.includes(own.type))) &&
          (values === undefined || (own !== undefined && values.includes(own.value))),
      )
      return c.json({ total: accounts.length, ...page(c, accounts, { byDefault: 100, max: 500 }) })
    })
    .post(base, allowed, plan, async (c) => {
      const { channel } = findChannel(world, c.req.param('channelId'))
      const input = await readJson(world, c, createSchema)
      if (!isInboxOf(world, input.inboxId, callersPortal(world, c))) {
        throw invalid(`Inbox ${input.inboxId} does not exist`)
      }
      const account = addAccount(world, channel.id, input)
      tellAccountChange(world, account, 'CREATED')
      return c.json(account, 201)
    })
    .get(`${base}/:accountId`, allowed, plan, (c) => c.json(findAccount(world, c.req.param())))
    .patch(`${base}/:accountId`, allowed, plan, async (c) => {
      const account = findAccount(world, c.req.param())
      const { authorized = account.authorized, name = account.name } = await readJson(world, c, updateSchema)
      Object.assign(account, { authorized, active: authorized, name })
      tellAccountChange(world, account, 'UPDATED')
      return c.json(account)
    })
}

const isInboxOf = (world: World, inboxId: string, portalId: number | undefined): boolean =>
  world.inboxes.some(({ id }) => id === inboxId) && portalOf(world, inboxId) === portalId

function addAccount(world: World, channelId: string, input: z.infer<typeof createSchema>): ChannelAccount {
  const { deliveryIdentifier: wanted, authorized } = input
  for (const { channelId: own, deliveryIdentifier: taken } of world.accounts.values()) {
    if (own === channelId && taken && taken.type === wanted?.type && taken.value === wanted.value) {
      throw conflict(`A channel account with delivery identifier ${taken.value} already exists on channel ${channelId}`)
    }
  }
  const id = world.ids.next('account')
  const account = { id, channelId, active: authorized, archived: false, createdAt: isoNow(world), ...input }
  world.accounts.set(id, account)
  return account
}

function findAccount(world: World, { channelId, accountId }: { channelId: string; accountId: string }): ChannelAccount {
  findChannel(world, channelId)
  const account = world.accounts.get(accountId)
  if (account === undefined || account.channelId !== channelId) throw notFound('Channel account', accountId)
  return account
}

export function purgeAccount(world: World, id: string): void {
  const account = world.accounts.get(id)
  if (account === undefined) throw new Error(`There is no channel account ${id}`)
  world.accounts.delete(id)
  tellAccountChange(world, account, 'PURGED')
}

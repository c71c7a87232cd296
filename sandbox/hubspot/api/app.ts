import type { HttpBindings } from '@hono/node-server'
import { Hono, type MiddlewareHandler } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { CallLog } from '../../http/call-log'
import { injectFaults, type Fault, type FaultPlan } from '../../http/faults'
import { Problem } from '../problem'
import { shapedAnswers } from '../shapes/answers'
import { shapedErrors } from '../shapes/errors'
import type { World } from '../state/world'
import { actors } from './actors'
import { appPages } from './app-pages'
import { appWebhooks } from './app-webhooks'
import { assignee } from './assignee'
import { callLimit, tooManyCalls } from './call-limit'
import { channelAccounts } from './channel-accounts'
import { channelMessages } from './channel-messages'
import { channelCollection, singleChannel } from './channels'
import { consent } from './consent'
import { contacts } from './contacts'
import { fileBytes } from './file-bytes'
import { files } from './files'
import { inboxes } from './inboxes'
import { oauth } from './oauth'
import { owners } from './owners'
import { threadMessages } from './thread-messages'
import { threads } from './threads'
import { tickets } from './tickets'
import { users } from './users'

/** Where each resource is served: the v3 family and the dated ones. */
const bases = {
  oauth: ['/oauth/v3', '/oauth/2026-09'],
  customChannels: ['/conversations/v3/custom-channels', '/conversations/custom-channels/2026-09'],
  conversations: ['/conversations/v3/conversations', '/conversations/conversations/2026-09'],
  /** Where v3 has the assignee by its description; the guide has it beside the other thread paths. */
  assigneeV3: ['/conversations/conversations/v3'],
  contacts: ['/crm/v3/objects/contacts', '/crm/objects/2026-09/contacts'],
  users: ['/crm/v3/objects/users', '/crm/objects/2026-09/users'],
  owners: ['/crm/v3/owners', '/crm/owners/2026-09'],
  tickets: ['/crm/v3/objects/tickets', '/crm/objects/2026-09/tickets'],
  files: ['/files/v3/files', '/files/2026-03/files'],
}

const oldCollection = '/conversations/v3/custom-channels'
const newCollection = '/conversations/custom-channels/v3'

type App = Hono<{ Bindings: HttpBindings }>

export function hubspotApp(world: World, log: CallLog, faults: () => FaultPlan | undefined): App {
  const app: App = new Hono<{ Bindings: HttpBindings }>({ strict: false })
  app.onError((error, c) => {
    if (error instanceof Problem) return c.json(error.body(), error.status)
    if (error instanceof HTTPException) return error.getResponse()
    throw error
  })
  app.notFound((c) => c.json({ status: 'error', message: 'resource not found' }, 404))
  app.use(log.record)
  app.route('/', fileBytes(world))
  app.route('/', consent(world))
  app.route('/', appPages(world))
  app.use(
    latency(world),
    retryAfter(world),
    callLimit(world),
    injectFaults(() => asHubSpot(faults())),
    shapedAnswers(world),
    shapedErrors(world),
  )
  app.use(oldCollection, servedUnless(world, 'new')).use(newCollection, servedUnless(world, 'old'))
  app.route(newCollection, channelCollection(world))
  mount(app, bases.customChannels, [
    channelCollection(world),
    singleChannel(world),
    channelAccounts(world),
    channelMessages(world),
  ])
  mount(app, bases.oauth, [oauth(world)])
  mount(app, bases.conversations, [inboxes(world), threads(world), threadMessages(world), actors(world)])
  mount(app, [...bases.conversations, ...bases.assigneeV3], [assignee(world)])
  mount(app, bases.contacts, [contacts(world)])
  mount(app, bases.users, [users(world)])
  mount(app, bases.owners, [owners(world)])
  mount(app, bases.tickets, [tickets(world)])
  mount(app, bases.files, [files(world)])
  app.route('/webhooks/v3', appWebhooks(world))
  return app
}

function mount(app: App, paths: string[], resources: Hono[]): void {
  for (const path of paths) for (const resource of resources) app.route(path, resource)
}

function servedUnless(world: World, moved: 'old' | 'new'): MiddlewareHandler {
  return (c, next) => (world.switches.channelPaths === moved ? Promise.resolve(c.notFound()) : next())
}

function latency(world: World): MiddlewareHandler {
  return async (_c, next) => {
    const { latencyMs } = world.switches
    if (latencyMs > 0) await new Promise((resolve) => setTimeout(resolve, latencyMs))
    await next()
  }
}

function retryAfter(world: World): MiddlewareHandler {
  return async (c, next) => {
    await next()
    const seconds = world.switches.retryAfterHeader
    if (c.res.status === 429 && seconds !== undefined) c.res.headers.set('retry-after', String(seconds))
  }
}

/** An injected refusal without a body of its own gets the one that HubSpot would send. */
function asHubSpot(plan: FaultPlan | undefined): FaultPlan | undefined {
  return plan && ((call) => withBody(plan(call)))
}

function withBody(fault: Fault | undefined): Fault | undefined {
  if (fault?.kind !== 'status' || fault.body !== undefined) return fault
  if (fault.status === 429) return { ...fault, body: tooManyCalls() }
  return { ...fault, body: new Problem(500, { message: 'internal error', category: 'INTERNAL_ERROR' }).body() }
}

import project from '../../hubspot-app/src/app/app-hsmeta.json'
import type { FaultPlan } from '../http/faults'
import type { Agent, Inbox, Pipeline, StoredChannel } from './state/model'
import type { HubSpotSwitches } from './switches'

export type HubSpotApp = { developerApiKey: string; appId: string; clientId: string; clientSecret: string }

/** A HubSpot account; its name is for people. */
export type Portal = { portalId: number; name: string; inboxes: Pick<Inbox, 'id' | 'name' | 'type'>[] }

export type HubSpotOptions = {
  /** 0 takes a free port. */
  port: number
  portalId: number
  portalName: string
  app: HubSpotApp
  /** The scopes of the app's project: an authorize link must ask for all of them and for nothing else. */
  requiredScopes: string[]
  /** Scopes that a link may ask for as optional. */
  optionalScopes: string[]
  /** The redirect URL of a link must be one of these exactly. */
  redirectUrls: string[]
  inboxes: Portal['inboxes']
  /** Other accounts that the app can be installed in. They have inboxes of their own; everything else is found by id. */
  otherPortals: Portal[]
  agents: Agent[]
  /** People with a seat in the account who cannot be assigned to conversations. */
  otherUsers: Omit<Agent, 'avatar'>[]
  /** Of tickets. */
  pipelines: Pipeline[]
  /** Properties of tickets that the account has added. */
  ownTicketProperties: string[]
  switches: Partial<HubSpotSwitches>
  faults: FaultPlan | undefined
  /** The app's channels, for several stand-ins that play accounts of one app. */
  channels: Map<string, StoredChannel>
  /** The clock of tokens, links and new channels, in milliseconds since 1970. */
  now: () => number
}

export const defaultOptions: Omit<HubSpotOptions, 'channels'> = {
  port: 0,
  portalId: 243842089,
  portalName: 'Example Company',
  app: {
    developerApiKey: '0b1f6a52-6f1f-4f7e-9a51-c0ffee000001',
    appId: '1160452',
    clientId: '5a6f9f0e-3c6c-4c9e-8d8e-c0ffee000002',
    clientSecret: '7d0c1f9b-52f1-4a0d-bb8e-c0ffee000003',
  },
  requiredScopes: project.config.auth.requiredScopes,
  optionalScopes: project.config.auth.optionalScopes,
  redirectUrls: [],
  inboxes: [
    { id: '481939', name: 'Sales inbox', type: 'INBOX' },
    { id: '481940', name: 'Support help desk', type: 'HELP_DESK' },
  ],
  otherPortals: [
    { portalId: 243842777, name: 'Sample Stores', inboxes: [{ id: '592051', name: 'Store inbox', type: 'INBOX' }] },
  ],
  agents: [
    agent('A-3892666', 'Grace Sample', 'grace.sample'),
    agent('A-3892667', 'Alan Specimen', 'alan.specimen'),
    agent('A-3892668', 'Edith Example', 'edith.example'),
  ],
  otherUsers: [{ actorId: 'A-3892690', name: 'Dorothy Office', email: 'dorothy.office@agents.example.com' }],
  pipelines: [
    {
      id: '0',
      label: 'Support Pipeline',
      stages: [
        { id: '1', label: 'New' },
        { id: '2', label: 'Waiting on contact' },
        { id: '3', label: 'Waiting on us' },
        { id: '4', label: 'Closed' },
      ],
    },
    {
      id: '77001',
      label: 'Returns',
      stages: [
        { id: '77011', label: 'Announced' },
        { id: '77012', label: 'Refunded' },
      ],
    },
  ],
  ownTicketProperties: ['order_number', 'product_line'],
  switches: {},
  faults: undefined,
  now: Date.now,
}

function agent(actorId: string, name: string, account: string): Agent {
  return {
    actorId,
    name,
    email: `${account}@agents.example.com`,
    avatar: `https://avatars.example.com/${account}.png`,
  }
}

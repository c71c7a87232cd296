import * as sdk from '@botpress/sdk'
import {
  actions as ownActions,
  bundling,
  configuration,
  conversationTags,
  events as ownEvents,
  hitlSession,
  messageTags,
  secrets,
  states,
  userTags,
} from './definitions'
import { hitl } from './interfaces/hitl'

const definition = new sdk.IntegrationDefinition({
  name: 'hubspot-hitl',
  version: '0.1.0',
  title: 'HubSpot Inbox & Help Desk HITL',
  description: 'Hand conversations over to human agents in a HubSpot inbox or help desk, and back to the bot.',
  icon: 'icon.svg',
  readme: 'hub.md',
  attributes: { category: 'Customer Support' },
  configuration,
  secrets,
  identifier: { extractScript: 'extract.vrl' },
  states,
  actions: ownActions,
  events: ownEvents,
  user: { tags: userTags },
  entities: { hitlSession },
  __advanced: { useLegacyZuiTransformer: true, esbuild: bundling },
}).extend(hitl, ({ entities }) => ({
  entities: { hitlSession: entities.hitlSession },
  channels: {
    hitl: {
      title: 'HubSpot',
      description: 'Messages between the customer and the HubSpot agent',
      conversation: { tags: conversationTags },
      message: { tags: messageTags },
    },
  },
}))

// `extend` changes the definition but not its `props`. Newer CLIs build the deployed definition from `props` alone and
// would lose everything that comes from the interface.
const { actions, channels, events, interfaces } = definition
Object.assign(definition.props, { actions, channels, events, interfaces })

export default definition

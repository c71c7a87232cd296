import * as sdk from '@botpress/sdk'
import { bundling, configuration, conversationTags, hitlSession, messageTags, states, userTags } from './definitions'
import { hitl } from './interfaces/hitl'

export default new sdk.IntegrationDefinition({
  name: 'hubspot-hitl',
  version: '0.1.0',
  title: 'HubSpot Inbox & Help Desk HITL',
  description: 'Hand a conversation over to human agents in a HubSpot inbox or help desk, and back to the bot.',
  icon: 'icon.svg',
  readme: 'hub.md',
  configuration,
  states,
  user: { tags: userTags },
  entities: { hitlSession },
  __advanced: { useLegacyZuiTransformer: true, esbuild: bundling },
}).extend(hitl, ({ entities }) => ({
  entities: { hitlSession: entities.hitlSession },
  channels: {
    hitl: {
      name: 'hitl',
      title: 'HubSpot',
      description: 'Messages between the customer and the HubSpot agent',
      conversation: { tags: conversationTags },
      message: { tags: messageTags },
    },
  },
}))

import type { AnySchema } from '@hubspot/project-parsing-lib/schema'

const closed = (properties: Record<string, AnySchema>, optional: string[] = []) => ({
  type: 'object',
  properties,
  required: Object.keys(properties).filter((name) => !optional.includes(name)),
  additionalProperties: false,
})

const listOf = (items: AnySchema) => ({ type: 'array', items, uniqueItems: true })

const scopes = listOf({ type: 'string', pattern: '^[a-z0-9._-]+$' })
const publicAddress = { type: 'string', format: 'uri', pattern: '^https://' }
const addresses = listOf(publicAddress)

const app = closed({
  name: { type: 'string', minLength: 1, maxLength: 200, pattern: '^\\S(.*\\S)?$' },
  description: { type: 'string', minLength: 1, maxLength: 8192 },
  distribution: { enum: ['private', 'marketplace'] },
  auth: closed({
    type: { const: 'oauth' },
    redirectUrls: { ...addresses, minItems: 1 },
    requiredScopes: scopes,
    optionalScopes: scopes,
    conditionallyRequiredScopes: scopes,
  }),
  permittedUrls: closed({ fetch: addresses, iframe: addresses, img: addresses }),
  support: closed({
    supportEmail: { type: 'string', format: 'email' },
    documentationUrl: publicAddress,
    supportUrl: publicAddress,
  }),
})

const active = { const: true }
const ofAThread = [
  'conversation.creation',
  'conversation.deletion',
  'conversation.privacyDeletion',
  'conversation.newMessage',
]

const hubEvent = {
  anyOf: [
    closed({ subscriptionType: { enum: ['contact.privacyDeletion', ...ofAThread] }, active }),
    closed({
      subscriptionType: { const: 'conversation.propertyChange' },
      propertyName: { enum: ['assignedTo', 'status', 'isArchived'] },
      active,
    }),
  ],
}

const webhooks = closed({
  settings: closed({ targetUrl: publicAddress, maxConcurrentRequests: { type: 'integer', exclusiveMinimum: 5 } }),
  subscriptions: closed({ hubEvents: listOf(hubEvent) }),
})

/**
 * Replaces the schema that HubSpot's tools fetch for a signed-in account, which we have not seen. It follows HubSpot's
 * documentation for the parts that we use, and refuses everything else.
 */
export const schema = { APPLICATION: app, WEBHOOKS: webhooks }

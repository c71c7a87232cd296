import type { SecretDefinition } from '@botpress/sdk'

const optional = (description: string) => ({ optional: true, description })

/**
 * A HubSpot app of the publisher's, for installations without one of their own. Given at `bp deploy --secrets`; without
 * the first three there is no such app. See docs/publishing.md.
 */
export const secrets = {
  HUBSPOT_APP_ID: optional("The publisher's HubSpot app: its App ID"),
  HUBSPOT_CLIENT_ID: optional("The publisher's HubSpot app: its Client ID"),
  HUBSPOT_CLIENT_SECRET: optional("The publisher's HubSpot app: its Client Secret, which also verifies webhooks"),
  HUBSPOT_DEVELOPER_API_KEY: optional('Registers and updates the channel. Not needed if HUBSPOT_CHANNEL_ID is given'),
  HUBSPOT_CHANNEL_ID: optional('The custom channel that all installations share. By default, the first save makes it'),
  HUBSPOT_TARGET_URL: optional(
    "The target URL of the app and its channel. Needed in a workspace with a handle: Botpress' address for all installations then contains it",
  ),
} as const satisfies Record<string, SecretDefinition>

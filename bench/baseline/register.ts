import type * as z from 'zod/mini'
import type * as bp from '../../src/bp'
import { CAPABILITIES } from '../../src/hubspot/custom-channels'
import { tokenReply } from '../../src/hubspot/schemas'
import { hubspot, named } from './hubspot'

/** Each save creates a channel and connects the inbox. */
export const register: bp.IntegrationProps['register'] = async ({ ctx, client, webhookUrl }) => {
  const { clientId = '', clientSecret = '', refreshToken = '', inboxId = '' } = ctx.configuration
  const { developerApiKey = '', appId = '' } = ctx.configuration
  const grant = { grant_type: 'refresh_token', refresh_token: refreshToken }
  const reply = await hubspot(tokenReply, {
    method: 'POST',
    path: '/oauth/v3/token',
    data: new URLSearchParams({ client_id: clientId, client_secret: clientSecret, ...grant }),
  })
  const installation = { type: 'integration', id: ctx.integrationId } as const
  await client.setState({ ...installation, name: 'tokens', payload: tokensFrom(reply, clientId) })
  const { id: channelId } = await hubspot(named, {
    method: 'POST',
    path: '/conversations/v3/custom-channels',
    params: { hapikey: developerApiKey, appId },
    data: { name: 'Baseline', webhookUrl, capabilities: CAPABILITIES },
  })
  const { id: channelAccountId } = await hubspot(named, {
    method: 'POST',
    path: `/conversations/v3/custom-channels/${channelId}/channel-accounts`,
    token: reply.access_token,
    data: { inboxId, name: 'Baseline', authorized: true },
  })
  const accounts = { [inboxId]: { channelAccountId, name: 'Inbox', type: 'INBOX' as const } }
  const payload = { channelId, portalId: reply.hub_id ?? '', webhookUrl, defaultInboxId: inboxId, accounts }
  await client.setState({ ...installation, name: 'channel', payload })
}

const tokensFrom = (reply: z.infer<typeof tokenReply>, clientId: string): bp.States['tokens'] => ({
  accessToken: reply.access_token,
  expiresAt: Date.now() + (reply.expires_in ?? 0) * 1000,
  refreshToken: reply.refresh_token ?? '',
  clientId,
  configuredTokenHash: '',
  portalId: reply.hub_id ?? '',
  scopes: reply.scopes ?? [],
})

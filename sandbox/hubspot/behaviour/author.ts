import type { Client } from '../state/model'
import type { World } from '../state/world'

/** Who did something, as messages and app events name them. */
export type Author = { actorId: string; client: Client; changeSource: string; sourceId?: string }

export function agentAuthor(actorId: string): Author {
  return {
    actorId,
    client: { clientType: 'HUBSPOT' },
    changeSource: 'USERS',
    sourceId: `userId:${actorId.replace(/^[A-Z]-/, '')}`,
  }
}

export function appAuthor({ options: { app } }: World): Author {
  const integrationAppId = Number(app.appId)
  return {
    actorId: `I-${app.appId}`,
    client: { clientType: 'INTEGRATION', integrationAppId },
    changeSource: 'INTEGRATION',
  }
}

export function systemAuthor(): Author {
  return { actorId: 'S-hubspot', client: { clientType: 'SYSTEM' }, changeSource: 'CONVERSATIONS' }
}

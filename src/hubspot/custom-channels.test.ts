import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startHubSpot, type HubSpot as StandIn } from '../../sandbox/hubspot'
import { connectChannel } from '../../sandbox/hubspot/testing'
import { clientOf } from '../../tests/support/client-of'
import type { HubSpot } from './client'
import type { IncomingMessage } from './custom-channels'

let standIn: StandIn
let channels: HubSpot['customChannels']
let message: IncomingMessage

beforeEach(async () => {
  standIn = await startHubSpot()
  const { client, channel, account } = await connectChannel(standIn)
  channels = clientOf(standIn, client.token).customChannels
  message = {
    channelId: channel,
    channelAccountId: account,
    integrationThreadId: 'thread-1',
    idempotencyId: 'message-1',
    sender: { name: 'Ada', identifier: { type: 'HS_EMAIL_ADDRESS', value: 'ada@example.com' } },
    recipient: { type: 'CHANNEL_SPECIFIC_OPAQUE_ID', value: 'bot' },
    timestamp: '2026-11-20T10:11:12.345Z',
    text: 'Hello',
    attachments: [],
  }
})
afterEach(async () => standIn.close())

describe('a message whose contact HubSpot refuses', () => {
  const GONE = '140999'

  it('is refused where the contact is required', async () => {
    await expect(channels.publish({ ...message, contactId: GONE })).rejects.toMatchObject({ kind: 'validation' })
    expect(standIn.threads()).toEqual([])
  })

  it('is published without it where it is optional', async () => {
    const published = await channels.publish({ ...message, contactId: GONE }, 'optional')
    expect(standIn.messages(published?.conversationsThreadId ?? '')).toMatchObject([{ text: 'Hello' }])
  })

  it('is refused once more where the contact was not at fault', async () => {
    const odd = { ...message, channelAccountId: '1', contactId: GONE }
    await expect(channels.publish(odd, 'optional')).rejects.toMatchObject({ kind: 'validation' })
  })
})

it('a message whose contact HubSpot knows keeps it, optional or not', async () => {
  const { id: contactId } = standIn.contacts.add({ email: 'ada@example.com' })
  const published = await channels.publish({ ...message, contactId }, 'optional')
  expect(standIn.thread(published?.conversationsThreadId ?? '').associatedContactId).toBe(contactId)
})

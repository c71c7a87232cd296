import { describe, expect, it } from 'vitest'
import { inboxFor } from './channel-state'

const channel = {
  portalId: '243842089',
  channelId: '7',
  webhookUrl: 'https://webhook.example.com',
  defaultInboxId: '481939',
  accounts: {
    '481939': { channelAccountId: '1', name: 'Sales', type: 'INBOX' as const },
    '481940': { channelAccountId: '2', name: 'Support', type: 'HELP_DESK' as const },
  },
}

describe('a session opens in', () => {
  it.each([
    ['', '1'],
    [undefined, '1'],
    [' 481940 ', '2'],
  ])('the inbox that the card names, or the default one: %j', (named, channelAccountId) =>
    expect(inboxFor(channel, named)).toMatchObject({ portalId: '243842089', channelId: '7', channelAccountId }),
  )

  it.each(['481941', '__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
    'no inbox that is not connected, and the error lists those that are: %s',
    (named) =>
      expect(() => inboxFor(channel, named)).toThrow(
        `is not connected: ${named}. Connected: 481939 (inbox "Sales"), 481940 (help desk "Support").`,
      ),
  )
})

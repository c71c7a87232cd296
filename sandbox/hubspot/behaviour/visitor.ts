import type { Message, Sender, Thread } from '../state/model'
import { isoNow, type World } from '../state/world'
import { systemAuthor, type Author } from './author'
import { addMessage, openThread } from './threads'

/** HubSpot's own live chat. */
const LIVE_CHAT = { channelId: '1000', channelAccountId: '500100', name: 'Live chat' }

/** A visitor starts a live chat on the portal's website, which causes app events like any other thread. */
export function openForeignThread(world: World): Thread {
  const visitorId = world.ids.next('visitor')
  const customer: Sender = { actorId: `V-${visitorId}` }
  const author: Author = { ...systemAuthor(), actorId: `V-${visitorId}` }
  world.visitors.set(`live-chat:${visitorId}`, { actorId: `V-${visitorId}`, name: undefined, email: undefined })
  const stored = openThread(world, {
    inboxId: world.inboxes[0]?.id ?? '1',
    channelId: LIVE_CHAT.channelId,
    channelAccountId: LIVE_CHAT.channelAccountId,
    contactId: visitorId,
    customer,
    author,
  })
  const message: Message = {
    id: world.ids.message(),
    type: 'MESSAGE',
    conversationsThreadId: stored.thread.id,
    channelId: LIVE_CHAT.channelId,
    channelAccountId: LIVE_CHAT.channelAccountId,
    createdAt: isoNow(world),
    createdBy: author.actorId,
    client: author.client,
    senders: [customer],
    recipients: [],
    archived: false,
    text: 'Do you deliver on Saturdays?',
    attachments: [],
    direction: 'INCOMING',
    truncationStatus: 'NOT_TRUNCATED',
    status: { statusType: 'RECEIVED' },
  }
  addMessage(world, stored, message, author)
  return stored.thread
}

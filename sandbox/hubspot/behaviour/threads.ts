import { notFound } from '../problem'
import type { Comment, Message, Sender, Thread } from '../state/model'
import { isoNow, portalOf, type StoredThread, type World } from '../state/world'
import type { AppEvent } from '../webhooks/app-events'
import type { Author } from './author'
import { addTicket } from './tickets'

export type NewThread = {
  inboxId: string
  channelId: string
  channelAccountId: string
  contactId: string
  customer: Sender
  key?: string | undefined
  integrationThreadId?: string | undefined
  author: Author
}

export function openThread(world: World, opened: NewThread): StoredThread {
  const stored: StoredThread = {
    thread: {
      id: world.ids.next('thread'),
      createdAt: isoNow(world),
      status: 'OPEN',
      inboxId: opened.inboxId,
      originalChannelId: opened.channelId,
      originalChannelAccountId: opened.channelAccountId,
      associatedContactId: opened.contactId,
      spam: false,
      archived: false,
    },
    history: [],
    key: opened.key,
    integrationThreadId: opened.integrationThreadId,
    customer: opened.customer,
    ...(isHelpDesk(world, opened.inboxId) && { ticketId: addTicket(world, opened.customer.name).id }),
  }
  world.threads.set(stored.thread.id, stored)
  tell(world, stored, opened.author, { subscriptionType: 'conversation.creation', changeFlag: 'NEW' })
  return stored
}

const isHelpDesk = ({ inboxes }: World, inboxId: string): boolean =>
  inboxes.some(({ id, type }) => id === inboxId && type === 'HELP_DESK')

/** Archived threads are found only when asked for, as in HubSpot's reads. */
export function findThread(world: World, id: string, archived = false): StoredThread {
  const stored = world.threads.get(id)
  if (stored === undefined || stored.thread.archived !== archived) throw notFound('Thread', id)
  return stored
}

/** The history is in order of arrival, while messages and the thread's timestamps keep the time of writing. */
export function addMessage(world: World, stored: StoredThread, message: Message | Comment, author: Author): void {
  stored.history.push(message)
  if (message.type === 'MESSAGE') {
    stored.thread.latestMessageTimestamp = message.createdAt
    if (message.direction === 'INCOMING') stored.thread.latestMessageReceivedTimestamp = message.createdAt
    else stored.thread.latestMessageSentTimestamp = message.createdAt
  }
  tell(world, stored, author, {
    subscriptionType: 'conversation.newMessage',
    messageId: message.id,
    messageType: message.type,
    changeFlag: 'NEW_MESSAGE',
  })
}

/** Setting the current status again changes nothing and sends no event. */
export function setStatus(world: World, stored: StoredThread, newStatus: Thread['status'], author: Author): void {
  const { thread } = stored
  if (thread.status === newStatus) return
  thread.status = newStatus
  thread.closedAt = newStatus === 'CLOSED' ? isoNow(world) : undefined
  note(world, stored, author, { type: 'THREAD_STATUS_CHANGE', newStatus })
  tellProperty(world, stored, author, { propertyName: 'status', propertyValue: newStatus })
}

export function assign(world: World, stored: StoredThread, assignedTo: string | undefined, author: Author): void {
  const { thread } = stored
  const assignedFrom = thread.assignedTo
  if (assignedFrom === assignedTo) return
  thread.assignedTo = assignedTo
  note(world, stored, author, { type: 'ASSIGNMENT', assignedFrom, assignedTo })
  const bare = world.switches.assignedToForm === 'bare'
  const propertyValue = (bare ? assignedTo?.replace(/^A-/, '') : assignedTo) ?? ''
  tellProperty(world, stored, author, { propertyName: 'assignedTo', propertyValue })
}

export function archive(world: World, stored: StoredThread, author: Author): void {
  stored.thread.archived = true
  tell(world, stored, author, { subscriptionType: 'conversation.deletion' })
}

export function restore(world: World, stored: StoredThread, author: Author): void {
  stored.thread.archived = false
  tellProperty(world, stored, author, { propertyName: 'isArchived', propertyValue: 'FALSE' })
}

export function purge(world: World, stored: StoredThread, author: Author): void {
  world.threads.delete(stored.thread.id)
  tell(world, stored, author, { subscriptionType: 'conversation.privacyDeletion' })
}

type Note =
  | { type: 'ASSIGNMENT'; assignedFrom: string | undefined; assignedTo: string | undefined }
  | { type: 'THREAD_STATUS_CHANGE'; newStatus: Thread['status'] }

function note(world: World, stored: StoredThread, author: Author, facts: Note): void {
  stored.history.push({ ...facts, ...written(world, stored, author) })
}

/** The fields of history items without recipients. */
export const written = (world: World, { thread }: StoredThread, author: Author) => ({
  id: world.ids.message(),
  conversationsThreadId: thread.id,
  createdAt: isoNow(world),
  createdBy: author.actorId,
  client: author.client,
  senders: [{ actorId: author.actorId }],
  recipients: [],
  archived: false,
})

type PropertyChange = { propertyName: 'assignedTo' | 'status' | 'isArchived'; propertyValue: string }

function tellProperty(world: World, stored: StoredThread, author: Author, change: PropertyChange): void {
  tell(world, stored, author, { subscriptionType: 'conversation.propertyChange', ...change })
}

/** Distributes over the union of events, which the plain Omit would flatten. */
type WithoutOrigin<T> = T extends unknown ? Omit<T, 'portalId' | 'threadId' | 'changeSource' | 'sourceId'> : never

function tell(world: World, { thread }: StoredThread, author: Author, facts: WithoutOrigin<AppEvent>): void {
  const { changeSource, sourceId } = author
  const portalId = portalOf(world, thread.inboxId)
  world.appEvents.tell({ ...facts, portalId, threadId: thread.id, changeSource, ...(sourceId && { sourceId }) })
}

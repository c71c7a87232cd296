import type { HubSpot } from '../../hubspot'
import type { HistoryItem, Thread } from '../../hubspot/state/model'
import type { Stack } from '../../stack'
import type { ChatView, DeskView, FileView, ItemView, ThreadView, TicketView } from '../view'
import { fileView } from './file-view'

type Message = Extract<HistoryItem, { type: 'MESSAGE' }>
type Contact = ReturnType<HubSpot['contacts']['list']>[number]

/** What HubSpot would show agents, newest threads first; `seen` is the number of read items per thread. */
export function deskView(
  stack: Stack,
  chats: ChatView[],
  seen: ReadonlyMap<string, number>,
): Omit<DeskView, 'troubles'> {
  const { inboxes, agents, users } = stack.hubspot
  const available = users.list().filter(({ record }) => record.properties['hs_availability_status'] === 'available')
  return {
    kind: 'stand-in',
    inboxes: inboxes.map(({ id, name, type }) => ({ id, name, isHelpDesk: type === 'HELP_DESK' })),
    agents: agents.map(({ actorId: id, name }) => ({
      id,
      name,
      isAvailable: available.some(({ actorId }) => actorId === id),
    })),
    threads: threadsView(stack, chats, seen),
  }
}

function threadsView(stack: Stack, chats: ChatView[], seen: ReadonlyMap<string, number>): ThreadView[] {
  const { hubspot } = stack
  // Copies of all of them, so not for each thread anew.
  const contacts = hubspot.contacts.list()
  const labels = labelsOf(hubspot)
  const threads = hubspot.threads().sort((a, b) => Number(b.id) - Number(a.id))
  return threads.map((thread) => {
    const { id, createdAt, inboxId, status, archived, assignedTo } = thread
    const history = hubspot.messages(id)
    const customer = customerOf(contacts, thread, history)
    const nameOf = (actorId: string | undefined) =>
      hubspot.agents.find((agent) => agent.actorId === actorId)?.name ?? customer.name
    // An agent has read everything before a reply.
    const read = history.reduce((last, item, index) => (isMessage(item, 'OUTGOING') ? index : last), seen.get(id) ?? 0)
    return {
      id,
      at: Date.parse(createdAt),
      inboxId,
      chat: chats.find(({ sessions }) => sessions.some(({ threadId }) => threadId === id))?.id,
      state: archived ? 'trash' : status === 'OPEN' ? 'open' : 'closed',
      assignedTo,
      customer,
      unread: history.slice(read).filter((item) => isMessage(item, 'INCOMING')).length,
      items: history.map((item) => itemView(stack, item, nameOf)),
      ticket: ticketView(hubspot.ticketOf(id), labels),
    }
  })
}

const isMessage = (item: HistoryItem, direction: Message['direction']): boolean =>
  item.type === 'MESSAGE' && item.direction === direction

/** Names of HubSpot's own properties. An account's own are shown by their internal names. */
const LABELS: Record<string, string> = {
  content: 'Description',
  hs_ticket_priority: 'Priority',
  hs_pipeline: 'Pipeline',
  hs_pipeline_stage: 'Stage',
  hubspot_owner_id: 'Owner',
}

const SHOWN_ELSEWHERE = new Set(['subject', 'createdate', 'hs_lastmodifieddate', 'hs_object_id'])

/** What pipelines, their stages and owners are called, by id. */
const labelsOf = ({ pipelines, users }: HubSpot) =>
  new Map<string, string | null | undefined>([
    ...users.list().map(({ ownerId, record }) => [ownerId, record.properties['hs_email']] as const),
    ...pipelines.flatMap((each) => [each, ...each.stages]).map(({ id, label }) => [id, label] as const),
  ])

function ticketView(
  ticket: ReturnType<HubSpot['ticketOf']>,
  labels: ReturnType<typeof labelsOf>,
): TicketView | undefined {
  if (!ticket) return undefined
  const inWords = (name: string, value: string) => (/pipeline|owner/.test(name) ? (labels.get(value) ?? value) : value)
  const properties = Object.entries(ticket.properties).flatMap(([name, value]) =>
    value === null || SHOWN_ELSEWHERE.has(name) ? [] : [{ name: LABELS[name] ?? name, value: inWords(name, value) }],
  )
  return { number: ticket.id, subject: ticket.properties['subject'] ?? '', properties }
}

function customerOf(contacts: readonly Contact[], thread: Thread, history: HistoryItem[]): ThreadView['customer'] {
  const contact = contacts.find(({ id }) => id === thread.associatedContactId)
  if (!contact) {
    // A visitor has no contact, so the thread is the only source.
    const [sender] = history.find((item) => isMessage(item, 'INCOMING'))?.senders ?? []
    const { type, value } = sender?.deliveryIdentifier ?? {}
    const address = type === 'CHANNEL_SPECIFIC_OPAQUE_ID' ? undefined : value
    return { name: sender?.name ?? 'Visitor', address, isKnown: false }
  }
  const { firstname, lastname, email, phone, mobilephone } = contact.properties
  const address = email ?? phone ?? mobilephone ?? undefined
  const name = [firstname, lastname].filter(Boolean).join(' ')
  return { name: name || (email ?? 'Nameless contact'), address, isKnown: true }
}

type NameOf = (actorId: string | undefined) => string

function itemView(stack: Stack, item: HistoryItem, nameOf: NameOf): ItemView {
  const base = { id: item.id, at: Date.parse(item.createdAt), files: [] }
  switch (item.type) {
    case 'MESSAGE': {
      const { senders, text, richText: html } = item
      const content = { ...base, name: nameOf(senders[0]?.actorId), text, html, files: filesOf(stack, item) }
      if (item.direction === 'INCOMING') return { ...content, kind: 'customer' }
      return { ...content, kind: 'agent', receipt: receiptOf(item) }
    }
    case 'COMMENT':
      return { ...base, kind: 'note', name: 'Internal note: only agents see it', text: item.text, html: item.richText }
    case 'ASSIGNMENT': {
      const text = item.assignedTo === undefined ? 'Unassigned' : `Assigned to ${nameOf(item.assignedTo)}`
      return { ...base, kind: 'event', name: '', text, assignedTo: item.assignedTo ?? null }
    }
    case 'THREAD_STATUS_CHANGE': {
      const isClosed = item.newStatus === 'CLOSED'
      const text = isClosed ? 'Thread closed' : 'Thread reopened'
      return { ...base, kind: 'event', name: '', text, state: isClosed ? 'closed' : 'open' }
    }
  }
}

/** HubSpot marks a reply as sent at once. Only a later update is the receipt. */
function receiptOf({ status, createdAt, updatedAt }: Message): ItemView['receipt'] {
  const at = Date.parse(updatedAt ?? createdAt)
  if (status.statusType !== 'FAILED') return updatedAt === undefined ? 'awaited' : { at }
  return { at, reason: status.failureDetails?.errorMessage ?? 'No reason given' }
}

const filesOf = (stack: Stack, { attachments }: Message): FileView[] =>
  attachments.flatMap(({ url, name, fileUsageType }) =>
    typeof url === 'string'
      ? [fileView(stack, { url, name: typeof name === 'string' ? name : 'File', isImage: fileUsageType === 'IMAGE' })]
      : [],
  )

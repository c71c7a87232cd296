import type { HubSpot } from '../../hubspot'
import type { Attachment, HistoryItem, Message, Thread } from '../../hubspot/state/model'
import type { ContactView, FileView, ItemView, ReceiptView, ThreadView, TicketView } from '../view'
import { fileView } from './file-view'

/** The agents' threads, newest first; `seen` is the number of read items per thread. */
export function threadsView(hubspot: HubSpot, seen: ReadonlyMap<string, number>): ThreadView[] {
  const threads = hubspot.threads().sort((a, b) => Number(b.id) - Number(a.id))
  // Copies of all of them, so not for each thread anew.
  const contacts = hubspot.contacts.list()
  const labels = labelsOf(hubspot)
  return threads.map((thread) => ({
    ...threadView(hubspot, thread, { contacts, seen: seen.get(thread.id) ?? 0 }),
    ticket: ticketView(hubspot.ticketOf(thread.id), labels),
  }))
}

type Around = { contacts: readonly Contact[]; seen: number }

function threadView(hubspot: HubSpot, thread: Thread, { contacts, seen }: Around): Omit<ThreadView, 'ticket'> {
  const history = hubspot.messages(thread.id)
  const customer = customerOf(contacts, thread, history)
  const nameOf = (actorId: string | undefined) =>
    hubspot.agents.find((agent) => agent.actorId === actorId)?.name ?? customer.name
  return {
    id: thread.id,
    inboxId: thread.inboxId,
    state: stateOf(thread),
    assignedTo: thread.assignedTo,
    customer,
    unread: history.slice(Math.max(seen, repliedTo(history))).filter(isFromCustomer).length,
    items: history.map((item) => itemView(item, nameOf)),
  }
}

/** Names of HubSpot's own properties. An account's own are shown by their internal names. */
const LABELS: Record<string, string> = {
  content: 'Description',
  hs_ticket_priority: 'Priority',
  hs_pipeline: 'Pipeline',
  hs_pipeline_stage: 'Stage',
  hubspot_owner_id: 'Owner',
}

const SHOWN_ELSEWHERE = new Set(['subject', 'createdate', 'hs_lastmodifieddate', 'hs_object_id'])

type Labels = ReadonlyMap<string, string | null | undefined>

/** What pipelines, their stages and owners are called, by id. */
const labelsOf = ({ pipelines, users }: HubSpot): Labels =>
  new Map([
    ...users.list().map(({ ownerId, record }) => [ownerId, record.properties['hs_email']] as const),
    ...pipelines
      .flatMap(({ id, label, stages }) => [{ id, label }, ...stages])
      .map((each) => [each.id, each.label] as const),
  ])

function ticketView(ticket: ReturnType<HubSpot['ticketOf']>, labels: Labels): TicketView | undefined {
  if (!ticket) return undefined
  const inWords = (name: string, value: string) => (/pipeline|owner/.test(name) ? (labels.get(value) ?? value) : value)
  const properties = Object.entries(ticket.properties).flatMap(([name, value]) =>
    value === null || SHOWN_ELSEWHERE.has(name) ? [] : [{ name: LABELS[name] ?? name, value: inWords(name, value) }],
  )
  return { number: ticket.id, subject: ticket.properties['subject'] ?? '', properties }
}

/** An agent has read everything before a reply. */
const repliedTo = (history: HistoryItem[]): number =>
  history.reduce((last, item, index) => (item.type === 'MESSAGE' && item.direction === 'OUTGOING' ? index : last), 0)

const isFromCustomer = (item: HistoryItem): boolean => item.type === 'MESSAGE' && item.direction === 'INCOMING'

type Contact = ReturnType<HubSpot['contacts']['list']>[number]

function contactView({ properties }: Contact): ContactView {
  const { firstname, lastname, email, phone, mobilephone } = properties
  const name = [firstname, lastname].filter(Boolean).join(' ')
  return {
    name: name || (email ?? 'Nameless contact'),
    email: email ?? undefined,
    phone: phone ?? mobilephone ?? undefined,
  }
}

function stateOf({ archived, status }: Thread): ThreadView['state'] {
  if (archived) return 'trash'
  return status === 'OPEN' ? 'open' : 'closed'
}

/** A visitor has no contact, so the thread is the only source. */
function customerOf(contacts: readonly Contact[], thread: Thread, history: HistoryItem[]): ThreadView['customer'] {
  const contact = contacts.find(({ id }) => id === thread.associatedContactId)
  if (contact) return { ...contactView(contact), isKnown: true }
  const [sender] = history.find(isFromCustomer)?.senders ?? []
  const { type, value } = sender?.deliveryIdentifier ?? {}
  return {
    name: sender?.name ?? 'Visitor',
    email: type === 'HS_EMAIL_ADDRESS' ? value : undefined,
    phone: type === 'HS_PHONE_NUMBER' ? value : undefined,
    isKnown: false,
  }
}

function itemView(item: HistoryItem, nameOf: (actorId: string | undefined) => string): ItemView {
  const { id, createdAt } = item
  const base = { id, at: Date.parse(createdAt), files: [] }
  switch (item.type) {
    case 'MESSAGE':
      return { ...base, ...messageView(item, nameOf) }
    case 'COMMENT':
      return { ...base, kind: 'note', name: 'Internal note', text: item.text, html: item.richText }
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

function messageView(message: Message, nameOf: (actorId: string | undefined) => string) {
  const { senders, text, richText, attachments, direction } = message
  const content = { name: nameOf(senders[0]?.actorId), text, html: richText, files: attachments.flatMap(attachedFile) }
  if (direction === 'INCOMING') return { ...content, kind: 'customer' } as const
  return { ...content, kind: 'agent', receipt: receiptView(message) } as const
}

/** HubSpot marks a reply as sent at once. Only a later update is the receipt. */
function receiptView({ status, createdAt, updatedAt }: Message): ReceiptView | undefined {
  const at = Date.parse(updatedAt ?? createdAt)
  if (status.statusType !== 'FAILED') return updatedAt === undefined ? undefined : { at }
  return { at, reason: status.failureDetails?.errorMessage ?? 'No reason given' }
}

function attachedFile(attachment: Attachment): FileView[] {
  const { url, name, fileUsageType } = attachment
  if (typeof url !== 'string') return []
  return [fileView({ url, name: typeof name === 'string' ? name : 'File', isImage: fileUsageType === 'IMAGE' })]
}

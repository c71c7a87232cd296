import { html, raw } from 'hono/html'
import type { Attachment, FileUsageType, Message, Thread } from '../state/model'
import type { StoredThread, World } from '../state/world'
import { attachFile } from './attachments'
import { agentAuthor } from './author'
import { storeFile } from './files'
import { assertCarried, assertInlineImages } from './outgoing-limits'
import { sendReply } from './reply'
import * as threads from './threads'

type NewFile = { name: string; contentType: string; content: string | Uint8Array; fileUsageType?: FileUsageType }

/** A file that is in HubSpot already, one that the agent picks from their own disk, or something else, sent as it is. */
export type AgentAttachment =
  | { fileId: string; fileUsageType?: FileUsageType }
  | NewFile
  | { type: string; [field: string]: unknown }

export type AgentReply = {
  /** An agent, or `L-…` and `B-…` for something automated. */
  actorId: string
  text: string
  /** HubSpot's editor always writes some; left out, it is the text as paragraphs. */
  richText?: string
  attachments?: AgentAttachment[]
  /** Inserted behind the words, where HubSpot has an address for them that opens only inside HubSpot. */
  pictures?: NewFile[]
}

/** What people do in HubSpot's inbox. Throws an Error where HubSpot's screen would not let them. */
export type AgentActions = {
  assign: (threadId: string, actorId: string) => void
  unassign: (threadId: string) => void
  reply: (threadId: string, reply: AgentReply) => Message
  close: (threadId: string, actorId?: string) => void
  reopen: (threadId: string) => void
  /** Moves the thread to the trash. */
  archive: (threadId: string) => void
  /** Out of the trash again. */
  restore: (threadId: string) => void
  /** Deletes the thread for good. */
  purge: (threadId: string) => void
}

export function agentActions(world: World): AgentActions {
  const someone = () => agentAuthor(world.options.agents[0]?.actorId ?? 'A-1')
  const authorOf = (stored: StoredThread) =>
    stored.thread.assignedTo === undefined ? someone() : agentAuthor(stored.thread.assignedTo)
  const status = (threadId: string, newStatus: Thread['status'], actorId?: string) => {
    const stored = threads.findThread(world, threadId)
    threads.setStatus(world, stored, newStatus, actorId === undefined ? authorOf(stored) : agentAuthor(actorId))
  }
  return {
    assign: (threadId, actorId) => {
      if (!isAgent(world, actorId)) throw new Error(`${actorId} is no agent of this portal`)
      threads.assign(world, threads.findThread(world, threadId), actorId, agentAuthor(actorId))
    },
    unassign: (threadId) => {
      const stored = threads.findThread(world, threadId)
      threads.assign(world, stored, undefined, authorOf(stored))
    },
    reply: (threadId, reply) => replyAs(world, threads.findThread(world, threadId), reply),
    close: (threadId, actorId) => status(threadId, 'CLOSED', actorId),
    reopen: (threadId) => status(threadId, 'OPEN'),
    archive: (threadId) => threads.archive(world, threads.findThread(world, threadId), someone()),
    restore: (threadId) => threads.restore(world, threads.findThread(world, threadId, true), someone()),
    purge: (threadId) => {
      const stored = world.threads.get(threadId)
      if (stored === undefined) throw new Error(`There is no thread ${threadId}`)
      threads.purge(world, stored, someone())
    },
  }
}

export function isAgent(world: World, actorId: string): boolean {
  return world.options.agents.some((agent) => agent.actorId === actorId)
}

function replyAs(world: World, stored: StoredThread, reply: AgentReply) {
  const { actorId, text, richText = toRichText(text), attachments = [], pictures = [] } = reply
  if (!isAgent(world, actorId) && !/^[LB]-/.test(actorId)) throw new Error(`${actorId} is no agent of this portal`)
  const files = attachments.map((given) => toAttachment(world, given))
  assertCarried(world, stored, files)
  if (pictures.length > 0) assertInlineImages(world, stored)
  const inserted = pictures.map((picture) => {
    const { id } = storeOf(world, picture)
    return `<img src="${world.url}/filemanager/api/v3/files/${id}/signed-url-redirect" alt="${picture.name}">`
  })
  return sendReply(world, stored, {
    senderActorId: actorId,
    author: agentAuthor(actorId),
    text,
    richText: richText + inserted.join(''),
    attachments: files,
  })
}

function toAttachment(world: World, given: AgentAttachment): Attachment {
  if (isOther(given)) return given
  if (!isNew(given)) return attachFile(world, given)
  return attachFile(world, { fileId: storeOf(world, given).id, fileUsageType: given.fileUsageType })
}

const isOther = (given: AgentAttachment): given is { type: string } => 'type' in given
const isNew = (given: object): given is NewFile => 'content' in given

function storeOf(world: World, { name, contentType, content }: NewFile) {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : new Uint8Array(content)
  const sourceGroup = 'CONVERSATIONS'
  const folder = 'conversations'
  return storeFile(world, { fileName: name, folder, access: 'PRIVATE', bytes, contentType, sourceGroup }).file
}

/** A text as HubSpot's editor formats it. */
export function toRichText(text: string): string {
  const [first, ...others] = text.split('\n')
  const paragraph = html`<p>${first}${others.map((line) => [raw('<br>'), line])}</p>`
  // oxlint-disable-next-line typescript/no-base-to-string -- it is a promise only where one of the values is
  return paragraph.toString()
}

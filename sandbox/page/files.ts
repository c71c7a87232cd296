import type { Context } from 'hono'
import * as z from 'zod/mini'
import { FROM_THE_PAGE } from './log/logbook'
import { isHere } from './look/file-view'
import type { PageState } from './page-state'

const MAX_BYTES = 10_000_000

const customerForm = z.object({ chat: z.coerce.number(), file: z.instanceof(File) })

/** Sends a customer's picture or other file: uploads it to Botpress, then sends a message with its address. */
export async function sendCustomerFile(state: PageState, form: unknown): Promise<void> {
  const { chat, file } = customerForm.parse(form)
  const { name, contentType, content } = await contentOf(file)
  const url = state.sandbox.botpress.upload({ name, contentType, content })
  const isImage = contentType.startsWith('image/')
  const payload = isImage ? { imageUrl: url, title: name } : { fileUrl: url, title: name }
  await state.customer(chat).send({ type: isImage ? 'image' : 'file', payload })
}

const replyForm = z.object({
  thread: z.string(),
  agent: z.string(),
  text: z.string(),
  html: z.string(),
  /** Hono parses one file as a value, several as a list. */
  file: z.optional(z.union([z.instanceof(File), z.array(z.instanceof(File))])),
})

/** Sends an agent's reply, with formatting and files. */
export async function sendReply(state: PageState, form: unknown): Promise<void> {
  const { thread, agent, text, html, file = [] } = replyForm.parse(form)
  const files = [file].flat()
  if (files.length === 0) someText(text)
  const attachments = await Promise.all(files.map(contentOf))
  state.stack.hubspot.agent.reply(thread, { actorId: agent, text, richText: html, attachments })
  state.markSeen(thread)
}

/** Throws a readable error if the text is empty. */
export function someText(text: string): string {
  if (text.trim() === '') throw new Error('There is nothing to send.')
  return text
}

async function contentOf(file: File) {
  if (file.size > MAX_BYTES) throw new Error(`${file.name} is larger than 10 MB.`)
  const contentType = file.type || 'application/octet-stream'
  return { name: file.name, contentType, content: new Uint8Array(await file.arrayBuffer()) }
}

/** Serves a file from one of the two platforms, and from nowhere else. */
export async function passFile({ sandbox }: PageState, c: Context): Promise<Response> {
  const url = c.req.query('of') ?? ''
  if (!isHere(sandbox, url)) return c.text('This file is not on one of the two platforms.', 404)
  const answer = await fetch(url, { headers: { [FROM_THE_PAGE]: 'yes' }, redirect: 'error' })
  if (!answer.ok) return c.text('This file is no longer available.', 404)
  const contentType = answer.headers.get('content-type') ?? 'application/octet-stream'
  // A customer's file can be a page with a script, so the browser must download it instead of opening it.
  const disposition = /^image\/(png|jpeg|gif|webp)$/.test(contentType) ? 'inline' : 'attachment'
  return new Response(answer.body, { headers: { 'content-type': contentType, 'content-disposition': disposition } })
}

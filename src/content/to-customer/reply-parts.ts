import { lookup } from 'mrmime'

/** A file of an agent; without a link it opens only inside HubSpot. */
export type AgentFile = { name: string; url: string | undefined; usageType: string | undefined }

/** What becomes one Botpress message to the customer. */
export type ReplyPart =
  | { type: 'text'; payload: { text: string } }
  | { type: 'image'; payload: { imageUrl: string; title?: string } }
  | { type: 'audio'; payload: { audioUrl: string; title?: string } }
  | { type: 'video'; payload: { videoUrl: string; title?: string } }
  | { type: 'file'; payload: { fileUrl: string; title?: string } }

type Reply = { text: string; richText: string }

/** An agent's reply in order: its words as markdown, then each file by its kind. None when there is nothing to show. */
export async function replyParts(reply: Reply, files: readonly AgentFile[]): Promise<ReplyPart[]> {
  const text = await markdownOf(reply)
  const words: ReplyPart[] = text === '' ? [] : [{ type: 'text', payload: { text } }]
  return [...words, ...files.map(filePart)]
}

/**
 * HubSpot's rich text without tags has lost the line breaks, which the text has. The HTML reader is loaded with the first
 * reply: it is a good part of the bundle's start.
 */
async function markdownOf({ text, richText }: Reply): Promise<string> {
  const { htmlToMarkdown, textToMarkdown } = await import('./html-to-markdown')
  const isLaidOut = /<[a-z]/i.test(richText) || text.trim() === ''
  return (isLaidOut && htmlToMarkdown(richText)) || textToMarkdown(text)
}

function filePart({ name, url, usageType }: AgentFile): ReplyPart {
  if (url === undefined) {
    return { type: 'text', payload: { text: `${name} (this file could not be sent; please ask for it again)` } }
  }
  switch (kindOf(name, usageType)) {
    case 'image':
      return { type: 'image', payload: { imageUrl: url, title: name } }
    case 'audio':
      return { type: 'audio', payload: { audioUrl: url, title: name } }
    case 'video':
      return { type: 'video', payload: { videoUrl: url, title: name } }
    case 'file':
      return { type: 'file', payload: { fileUrl: url, title: name } }
  }
}

/** HubSpot identifies pictures and sound; videos and other files are known only by their extension. */
function kindOf(name: string, usageType: string | undefined): 'image' | 'audio' | 'video' | 'file' {
  if (usageType === 'IMAGE' || usageType === 'STICKER') return 'image'
  if (usageType === 'AUDIO' || usageType === 'VOICE_RECORDING') return 'audio'
  // For an extension like `constructor`, mrmime finds a function.
  const type: unknown = lookup(name)
  const [kind] = typeof type === 'string' ? type.split('/') : []
  return kind === 'image' || kind === 'audio' || kind === 'video' ? kind : 'file'
}

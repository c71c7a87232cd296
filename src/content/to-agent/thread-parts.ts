import { asText, type MediaKind } from './as-text'
import { markdownToHtml } from './markdown-to-html'
import { markdownToText } from './markdown-to-text'
import type { ChatMessage } from './message'
import { splitText } from './split'

/** What becomes one message of the HubSpot thread. */
export type ThreadPart =
  | { type: 'words'; text: string; richText?: string }
  | ({ type: 'media' } & Media)
  | { type: 'place'; latitude: number; longitude: number; name: string | undefined; address: string | undefined }

export type Media = { kind: MediaKind; url: string; title: string | undefined }

/** How much one message in HubSpot holds well, in UTF-16 units. */
const LONGEST_TEXT = 10_000

/**
 * What a customer or bot sent, in order, cut to what HubSpot takes. The same message always has the same parts: a part's
 * number is part of its idempotency id.
 */
export function threadPartsOf(message: ChatMessage): ThreadPart[] {
  switch (message.type) {
    case 'bloc':
      return message.payload.items.flatMap(threadPartsOf)
    case 'markdown':
      return splitText(message.payload.markdown, LONGEST_TEXT).map((piece) => ({
        type: 'words',
        text: markdownToText(piece),
        richText: markdownToHtml(piece),
      }))
    case 'image':
      return [media('image', message.payload.imageUrl, message.payload.title)]
    case 'audio':
      return [media('audio', message.payload.audioUrl, message.payload.title)]
    case 'video':
      return [media('video', message.payload.videoUrl, message.payload.title)]
    case 'file':
      return [media('file', message.payload.fileUrl, message.payload.title)]
    case 'location': {
      const { latitude, longitude, title, address } = message.payload
      return [{ type: 'place', latitude, longitude, name: title, address }]
    }
    default:
      return splitText(asText(message), LONGEST_TEXT).map((text) => ({ type: 'words', text }))
  }
}

const media = (kind: MediaKind, url: string, title: string | undefined): ThreadPart => ({
  type: 'media',
  kind,
  url,
  title,
})

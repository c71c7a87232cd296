import { asText } from './as-text'
import { markdownToHtml } from './markdown-to-html'
import { markdownToText } from './markdown-to-text'
import type { Message } from './message'
import { splitText } from './split'

/** What becomes one HubSpot message. */
export type Part =
  | { type: 'words'; text: string; richText?: string }
  | ({ type: 'media' } & Media)
  | { type: 'place'; latitude: number; longitude: number; name: string | undefined; address: string | undefined }

export type Media = { kind: 'image' | 'audio' | 'video' | 'file'; url: string; title: string | undefined }

/** How much one message in HubSpot holds well, in UTF-16 units. */
const LONGEST_TEXT = 10_000

/**
 * What a customer or bot sent, in its order and cut to what HubSpot takes. The same message always has the same
 * parts, so that a part can be known again by its number.
 */
export function partsOf(message: Message): Part[] {
  switch (message.type) {
    case 'bloc':
      return message.payload.items.flatMap(partsOf)
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

const media = (kind: Media['kind'], url: string, title: string | undefined): Part => ({
  type: 'media',
  kind,
  url,
  title,
})

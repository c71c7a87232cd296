import type { ChatMessage } from './message'

export type MediaKind = 'image' | 'audio' | 'video' | 'file'

/** A message of any kind as text in which nothing that a person would see is missing. */
export function asText(message: ChatMessage): string {
  switch (message.type) {
    case 'text':
      return message.payload.text
    case 'markdown':
      return message.payload.markdown
    case 'image':
      return link('image', message.payload.title, message.payload.imageUrl)
    case 'audio':
      return link('audio', message.payload.title, message.payload.audioUrl)
    case 'video':
      return link('video', message.payload.title, message.payload.videoUrl)
    case 'file':
      return link('file', message.payload.title, message.payload.fileUrl)
    case 'location':
      return location(message.payload)
    case 'card':
      return card(message.payload)
    case 'carousel':
      return message.payload.items.map(card).join('\n\n')
    case 'choice':
    case 'dropdown':
      return [message.payload.text, ...message.payload.options.map(({ label }) => `- ${label}`)].join('\n')
    case 'bloc':
      return message.payload.items.map(asText).join('\n\n')
  }
}

const KINDS: Record<MediaKind, string> = { image: 'Picture', audio: 'Audio', video: 'Video', file: 'File' }

/** What a file is, and what it is called. */
export const mediaLabel = ({ kind, title }: { kind: MediaKind; title: string | undefined }): string =>
  title ? `${KINDS[kind]}: ${title}` : KINDS[kind]

export const mapLink = ({ latitude, longitude }: { latitude: number; longitude: number }): string =>
  `https://www.google.com/maps/search/?api=1&query=${latitude},${longitude}`

type Payload<T extends ChatMessage['type']> = Extract<ChatMessage, { type: T }>['payload']

const link = (kind: MediaKind, title: string | undefined, url: string): string =>
  `${mediaLabel({ kind, title })}\n${url}`

const location = ({ title, address, ...place }: Payload<'location'>): string =>
  [title ? `Location: ${title}` : 'Location', address, mapLink(place)].filter(Boolean).join('\n')

const card = ({ title, subtitle, imageUrl, actions }: Payload<'card'>): string =>
  [
    title,
    subtitle,
    imageUrl,
    ...actions.map(({ action, label, value }) => (action === 'url' ? `- ${label}: ${value}` : `- ${label}`)),
  ]
    .filter(Boolean)
    .join('\n')

import type { Media } from './thread-parts'

const KINDS = { image: 'Picture', audio: 'Audio', video: 'Video', file: 'File' }

/** What a file is, and what it is called. */
export const mediaLabel = ({ kind, title }: Pick<Media, 'kind' | 'title'>): string =>
  title ? `${KINDS[kind]}: ${title}` : KINDS[kind]

export const mapLink = ({ latitude, longitude }: { latitude: number; longitude: number }): string =>
  `https://www.google.com/maps/search/?api=1&query=${latitude},${longitude}`

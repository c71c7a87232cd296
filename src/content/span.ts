/** What words lead to. Spans of one link share the object. */
export type Link = { url: string }

/** How words look. */
export type Style = { bold: boolean; italic: boolean; strike: boolean; code: boolean; link: Link | undefined }

/** Words of one look. */
export type Span = Style & { text: string }

export const PLAIN: Style = { bold: false, italic: false, strike: false, code: false, link: undefined }

export const looksLike = (one: Style, other: Style): boolean =>
  one.bold === other.bold &&
  one.italic === other.italic &&
  one.strike === other.strike &&
  one.code === other.code &&
  one.link === other.link

/** How words look. */
export type Style = {
  bold: boolean
  italic: boolean
  strike: boolean
  code: boolean
  link: string | undefined
}

/** Words of one look. `raw` is markdown already and is written as it is. */
export type Span = Style & { text: string; raw: boolean }

export const PLAIN: Style = { bold: false, italic: false, strike: false, code: false, link: undefined }

export const looksLike = (one: Style, other: Style): boolean =>
  one.bold === other.bold &&
  one.italic === other.italic &&
  one.strike === other.strike &&
  one.code === other.code &&
  one.link === other.link

/** Spans of one link share the object. */
export type Link = { url: string }
export type Style = { bold: boolean; italic: boolean; strike: boolean; code: boolean; link: Link | undefined }
/** Words of one link, or of none. */
export type Linked = { text: string; link: Link | undefined }
/** Words of one look. */
export type Span = Style & Linked

export const PLAIN: Style = { bold: false, italic: false, strike: false, code: false, link: undefined }

/** Adds words to others that look the same, or behind them. Backticks that touch would be read as one run. */
export function append<Words extends Linked & Partial<Style>>(spans: Words[], span: Words): void {
  const last = spans.at(-1)
  const isSame = last?.link === span.link && last?.code === span.code
  const isFormattedSo = last?.bold === span.bold && last?.italic === span.italic && last?.strike === span.strike
  if (last && isSame && (span.code || isFormattedSo)) last.text += span.text
  else if (span.text !== '') spans.push(span)
}

export const linkTo = (url: string | undefined): Link | undefined => (url === undefined ? undefined : { url })

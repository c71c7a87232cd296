import { asDestination } from '../../link'
import { escapeText, riskyDelimiters } from './escape'
import { PLAIN, type Span } from './span'

/** A picture in markdown; one without a description is called what it is. */
export function image(description: string, url: string): string {
  const text = description.replace(/\s+/g, ' ').trim() || 'image'
  const span: Span = { ...PLAIN, link: url, text, raw: false }
  return `![${escapeText(span, { before: '', after: '' }, riskyDelimiters([[span]]))}](${asDestination(url)})`
}

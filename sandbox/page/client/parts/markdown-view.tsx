import type { ComponentChildren, JSX } from 'preact'
import { readMarkdown, type Paragraph } from '../../../../src/content/to-agent/read-markdown'
import type { Span } from '../../../../src/content/span'
import { Link, Written } from './rich-text'

/** Markdown as webchat shows it, but for list items, which are lines as they are in HubSpot. */
export const Markdown = ({ text }: { text: string }): JSX.Element => (
  <div class="rich">{readMarkdown(text).map(paragraph)}</div>
)

function paragraph({ depth, lines }: Paragraph): ComponentChildren {
  const shown = lines.map(({ marker, spans }, index) => [index > 0 && '\n', marker, spans.map(span)])
  let quoted = <Written>{shown}</Written>
  for (let quote = 0; quote < depth; quote++) quoted = <blockquote>{quoted}</blockquote>
  return quoted
}

function span({ text, bold, italic, strike, code, link }: Span): ComponentChildren {
  let shown: ComponentChildren = text
  if (code) shown = <code>{shown}</code>
  if (strike) shown = <s>{shown}</s>
  if (italic) shown = <em>{shown}</em>
  if (bold) shown = <strong>{shown}</strong>
  return link ? <Link url={link.url}>{shown}</Link> : shown
}

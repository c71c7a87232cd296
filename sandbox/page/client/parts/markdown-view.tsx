import { Fragment, type ComponentChildren, type JSX } from 'preact'
import { parseMarkdown, type Block, type Inline } from './markdown'
import { Link } from './rich-text'

export const Markdown = ({ text }: { text: string }): JSX.Element => (
  <div class="rich">{parseMarkdown(text).map(block)}</div>
)

function block(shown: Block): ComponentChildren {
  switch (shown.kind) {
    case 'paragraph':
      return (
        <p>
          {shown.lines.map((line, index) => (
            <Fragment key={index}>
              {index > 0 && <br />}
              {line.map(inline)}
            </Fragment>
          ))}
        </p>
      )
    case 'quote':
      return <blockquote>{shown.blocks.map(block)}</blockquote>
    case 'list': {
      const items = shown.items.map((item, index) => <li key={index}>{item.map(inline)}</li>)
      return shown.isOrdered ? <ol>{items}</ol> : <ul>{items}</ul>
    }
  }
}

function inline(shown: Inline): ComponentChildren {
  switch (shown.kind) {
    case 'text':
      return shown.text
    case 'code':
      return <code>{shown.text}</code>
    case 'link':
      return <Link url={shown.url}>{shown.content.map(inline)}</Link>
    case 'strong':
      return <strong>{shown.content.map(inline)}</strong>
    case 'emphasis':
      return <em>{shown.content.map(inline)}</em>
  }
}

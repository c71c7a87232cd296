import type { ItemView, ReceiptView } from '../../view'
import { CausedCalls } from '../calls/causes'
import { Avatar } from '../parts/avatar'
import { FileLink } from '../parts/files'
import { Icon } from '../parts/icons'
import { RichText } from '../parts/rich-text'
import { Time } from '../parts/latest'

/** One entry of a thread. */
export function ThreadItem({ item }: { item: ItemView }) {
  const { kind, name, text, at } = item
  switch (kind) {
    case 'event':
      return (
        <p class="event soft">
          {text} <Time at={at} />
        </p>
      )
    case 'note':
      return (
        <article class="note box pad small" aria-label={name}>
          <strong>{name}</strong> <span class="soft">only agents see it</span>
          <Content item={item} />
        </article>
      )
    case 'customer':
    case 'agent':
      return <MessageItem item={item} kind={kind} />
  }
}

/** The only place where an entry's text is rendered. */
const Content = ({ item: { html, text } }: { item: ItemView }) =>
  html === undefined ? (
    <p class="as-written" dir="auto">
      {text}
    </p>
  ) : (
    <RichText html={html} />
  )

function MessageItem({ item, kind }: { item: ItemView; kind: 'customer' | 'agent' }) {
  const { name, files, receipt, at } = item
  return (
    <article class={`row line is-from-${kind}`} aria-label={name}>
      <Avatar name={name} kind={kind} />
      <div class="bubble box">
        <strong>{name}</strong> <Time at={at} />{' '}
        <CausedCalls cause={kind === 'agent' ? 'Agent replied' : 'Customer wrote'} at={at} />
        <Content item={item} />
        {files.map((file) => (
          <FileLink key={file.url} file={file} />
        ))}
        {kind === 'agent' && <Receipt receipt={receipt} />}
      </div>
    </article>
  )
}

function Receipt({ receipt }: { receipt: ReceiptView | undefined }) {
  if (!receipt) {
    return (
      <p class="soft">
        <Icon name="wait" /> on its way
      </p>
    )
  }
  return receipt.reason === undefined ? (
    <p class="small is-good">
      <Icon name="check" /> sent
    </p>
  ) : (
    <p class="small is-bad">
      <Icon name="cross" /> failed: {receipt.reason}
    </p>
  )
}

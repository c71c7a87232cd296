import type { ItemView, ReceiptView } from '../../view'
import { Avatar } from '../parts/avatar'
import { FileLink } from '../parts/file-link'
import { Icon } from '../parts/icons'
import { RichText } from '../parts/rich-text'
import { Time } from '../parts/time'

/** One entry of a thread. */
export function ThreadItem({ item }: { item: ItemView }) {
  const { kind, name, text, at } = item
  switch (kind) {
    case 'event':
      return (
        <p class="item-event">
          {text} <Time at={at} />
        </p>
      )
    case 'note':
      return (
        <article class="item-note" aria-label={name}>
          <strong>{name}</strong> <span class="when">only agents see it</span>
          <Words item={item} />
        </article>
      )
    case 'customer':
    case 'agent':
      return <MessageItem item={item} kind={kind} />
  }
}

function MessageItem({ item, kind }: { item: ItemView; kind: 'customer' | 'agent' }) {
  const { name, files, receipt, at } = item
  return (
    <article class={`item item-${kind}`} aria-label={name}>
      <Avatar name={name} kind={kind} />
      <div class="item-body">
        <strong>{name}</strong>{' '}
        <span class="when">
          <Time at={at} />
        </span>
        <Words item={item} />
        {files.map((file) => (
          <FileLink key={file.url} file={file} />
        ))}
        {receipt && <Receipt receipt={receipt} />}
      </div>
    </article>
  )
}

const Words = ({ item: { text, html } }: { item: ItemView }) =>
  html === undefined ? <p class="as-written">{text}</p> : <RichText html={html} />

function Receipt({ receipt }: { receipt: ReceiptView }) {
  switch (receipt.state) {
    case 'waiting':
      return (
        <p class="receipt">
          <Icon name="wait" /> on its way
        </p>
      )
    case 'sent':
      return (
        <p class="receipt receipt-sent">
          <Icon name="check" /> sent
        </p>
      )
    case 'failed':
      return (
        <p class="receipt receipt-failed">
          <Icon name="cross" /> failed: {receipt.reason}
        </p>
      )
  }
}

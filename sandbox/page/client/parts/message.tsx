import type { ItemView } from '../../view'
import { CausedCalls } from '../calls/calls'
import { FileLink } from './files'
import { Avatar, Outcome, Time } from './basics'
import { RichText } from './rich-text'

/** What someone has written in a chat or thread, or what has happened there. */
export function Item({ item: { kind, name, text, html, files, receipt, at } }: { item: ItemView }) {
  if (kind === 'event') {
    return (
      <p class="event soft">
        {text} <Time at={at} />
      </p>
    )
  }
  const content =
    html === undefined ? (
      <p class="as-written" dir="auto">
        {text}
      </p>
    ) : (
      <RichText html={html} />
    )
  if (kind === 'note') {
    return (
      <div class="note box pad small" role="note">
        <strong>{name}</strong>
        {content}
      </div>
    )
  }
  return (
    <article class={`row line is-from-${kind}`} aria-label={name}>
      <Avatar name={name} kind={kind} />
      <div class="bubble box">
        {kind !== 'bot' && <strong>{name}</strong>}
        {content}
        {files.map((file) => (
          <FileLink key={file.url} file={file} />
        ))}
        {receipt && <Receipt receipt={receipt} />}
        <span class="row soft">
          {kind !== 'bot' && <CausedCalls cause={kind === 'agent' ? 'Agent replied' : 'Customer wrote'} at={at} />}
          <Time at={at} />
        </span>
      </div>
    </article>
  )
}

function Receipt({ receipt }: { receipt: NonNullable<ItemView['receipt']> }) {
  if (receipt === 'awaited') return <p class="soft">on its way</p>
  const { reason } = receipt
  return <Outcome isFine={reason === undefined} text={reason === undefined ? 'sent' : `failed: ${reason}`} />
}

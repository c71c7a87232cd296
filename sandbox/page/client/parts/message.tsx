import type { ComponentChildren } from 'preact'
import type { ItemView, LineView, ReceiptView } from '../../view'
import { CausedCalls } from '../calls/causes'
import { FileLink } from './files'
import { Avatar, Outcome } from './icons'
import { Time } from './latest'
import { Markdown, RichText, Written } from './rich-text'

type Props = {
  who: 'customer' | 'bot' | 'agent'
  name: string
  at: number
  /** In a chat, customers see no name at what they wrote. */
  isOwn?: boolean
  children: ComponentChildren
}

/** What a person or the bot wrote, on either side. */
const Message = ({ who, name, at, isOwn = false, children }: Props) => (
  <article class={`row line is-from-${who}`} aria-label={name}>
    {!isOwn && <Avatar name={name} kind={who} />}
    <div class="bubble box">
      {who !== 'bot' && !isOwn && <strong>{name}</strong>}
      {children}
      <span class="row soft">
        {who !== 'bot' && <CausedCalls cause={who === 'agent' ? 'Agent replied' : 'Customer wrote'} at={at} />}
        <Time at={at} />
      </span>
    </div>
  </article>
)

/** One line as the customer sees it, or an error for the bot's owner. */
export function ChatLine({ line: { who, name = 'Bot', text, file, at } }: { line: LineView }) {
  if (who === 'owner') {
    return (
      <div class="note box pad small">
        <strong>Only the bot's owner sees this, in the log</strong>
        <Written>{text}</Written>
      </div>
    )
  }
  return (
    <Message who={who} name={name} at={at} isOwn={who === 'customer'}>
      {who === 'customer' ? <Written>{text}</Written> : <Markdown text={text ?? ''} />}
      {file && <FileLink file={file} />}
    </Message>
  )
}

/** One entry of a thread. */
export function ThreadItem({ item: { kind, name, text, html, files, receipt, at } }: { item: ItemView }) {
  if (kind === 'event') {
    return (
      <p class="event soft">
        {text} <Time at={at} />
      </p>
    )
  }
  const content = html === undefined ? <Written>{text}</Written> : <RichText html={html} />
  if (kind === 'note') {
    return (
      <article class="note box pad small" aria-label={name}>
        <strong>{name}</strong> <span class="soft">only agents see it</span>
        {content}
      </article>
    )
  }
  return (
    <Message who={kind} name={name} at={at}>
      {content}
      {files.map((file) => (
        <FileLink key={file.url} file={file} />
      ))}
      {kind === 'agent' && <Receipt receipt={receipt} />}
    </Message>
  )
}

/** Without a receipt, a message is on its way. */
function Receipt({ receipt }: { receipt: ReceiptView | undefined }) {
  if (!receipt) return <p class="soft">on its way</p>
  const { reason } = receipt
  return <Outcome isFine={reason === undefined} text={reason === undefined ? 'sent' : `failed: ${reason}`} />
}

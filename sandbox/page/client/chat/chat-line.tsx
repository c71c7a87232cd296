import { CausedCalls } from '../calls/causes'
import type { LineView } from '../../view'
import { Avatar } from '../parts/avatar'
import { FileLink } from '../parts/files'
import { Markdown } from '../parts/markdown-view'
import { Time } from '../parts/latest'

/** One line as the customer sees it, or an error for the bot's owner. */
export function ChatLine({ line }: { line: LineView }) {
  const { who, name, text, file, at } = line
  if (who === 'owner') {
    return (
      <div class="note box pad small">
        <strong>Only the bot's owner sees this, in the log</strong>
        <p dir="auto">{text}</p>
      </div>
    )
  }
  return (
    <article class={`row line is-from-${who}`} aria-label={name ?? 'Bot'}>
      {who !== 'customer' && <Avatar name={name ?? 'Bot'} kind={who} />}
      <div class="bubble box">
        {who === 'agent' && <strong>{name}</strong>}
        {text !== undefined &&
          (who === 'customer' ? (
            <p class="as-written" dir="auto">
              {text}
            </p>
          ) : (
            <Markdown text={text} />
          ))}
        {file && <FileLink file={file} />}
        <span class="row small">
          {who !== 'bot' && <CausedCalls cause={who === 'agent' ? 'Agent replied' : 'Customer wrote'} at={at} />}
          <Time at={at} />
        </span>
      </div>
    </article>
  )
}

import type { LineView } from '../../view'
import { Avatar } from '../parts/avatar'
import { FileLink } from '../parts/file-link'
import { Markdown } from '../parts/markdown-view'
import { Time } from '../parts/time'

/** One line as the customer sees it, or an error for the bot's owner. */
export function ChatLine({ line }: { line: LineView }) {
  const { who, name, text, file, at } = line
  if (who === 'owner') {
    return (
      <div class="line-owner">
        <strong>Visible only to the bot's owner</strong>
        <p>{text}</p>
      </div>
    )
  }
  return (
    <article class={`line line-${who}`} aria-label={name ?? 'Bot'}>
      {who !== 'customer' && <Avatar name={name ?? 'Bot'} kind={who} />}
      <div class="bubble">
        {who === 'agent' && <strong class="speaker">{name}</strong>}
        {text !== undefined && (who === 'customer' ? <p class="as-written">{text}</p> : <Markdown text={text} />)}
        {file && <FileLink file={file} />}
        <span class="when">
          <Time at={at} />
        </span>
      </div>
    </article>
  )
}

import type { ChatView, TroubleView } from '../view'
import { Icon } from './parts/icons'
import { act } from './state/server'

type Props = { troubles: TroubleView[]; chat: ChatView; isPast: boolean }

/** Failures at the press of a button, and whether the integration handled them. */
export function Trouble({ troubles, chat, isPast }: Props) {
  const isBusy = isPast || troubles.some(({ isPlaying }) => isPlaying)
  return (
    <section class="panel box trouble" id="trouble" aria-label="Trouble">
      <header class="row">
        <h2>Trouble</h2>
        <p class="soft">{isPast ? 'Not during a replay.' : `Breaks something in ${chat.name}’s session.`}</p>
      </header>
      <ul class="troubles scroll">
        {troubles.map((trouble) => (
          <li key={trouble.title}>
            <button
              type="button"
              aria-disabled={isBusy}
              onClick={() => void (isBusy || act('trouble', { title: trouble.title, chat: chat.id }))}
            >
              <b>{trouble.title}</b>
              <Last trouble={trouble} />
            </button>
          </li>
        ))}
      </ul>
      <p role="status" class="unseen">
        {troubles.map(({ title, isPlaying, outcome }) => (outcome && !isPlaying ? `${title}: ${outcome.text} ` : ''))}
      </p>
    </section>
  )
}

/** What happened the last time, or what would happen. */
function Last({ trouble: { description, isPlaying, outcome } }: { trouble: TroubleView }) {
  if (isPlaying) return <span class="small">running …</span>
  if (!outcome) return <span class="soft">{description}</span>
  return (
    <span class={`small ${outcome.isFine ? 'is-good' : 'is-bad'}`}>
      <Icon name={outcome.isFine ? 'check' : 'cross'} /> {outcome.text}
    </span>
  )
}

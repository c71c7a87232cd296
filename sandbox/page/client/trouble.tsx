import type { ChatView, TroubleView } from '../view'
import { Outcome } from './parts/basics'
import { act } from './state/server'

type Props = { troubles: TroubleView[]; chat: ChatView; isPast: boolean }

/** Failures at the press of a button, and what happened the last time. */
export function Trouble({ troubles, chat, isPast }: Props) {
  const isBusy = isPast || troubles.some(({ isPlaying }) => isPlaying)
  return (
    <section class="panel box trouble" id="trouble" aria-label="Trouble">
      <header class="row">
        <h2>Trouble</h2>
        <p class="soft">{isPast ? 'Not during a replay.' : `Breaks something in ${chat.name}’s session.`}</p>
      </header>
      <ul class="troubles scroll">
        {troubles.map(({ title, description, isPlaying, outcome }) => (
          <li key={title}>
            <button
              type="button"
              aria-disabled={isBusy}
              onClick={() => void (isBusy || act('trouble', { title, chat: chat.id }))}
            >
              <b>{title}</b>
              {!isPlaying && outcome ? (
                <Outcome {...outcome} />
              ) : (
                <span class="soft">{isPlaying ? 'running …' : description}</span>
              )}
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

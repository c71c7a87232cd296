import type { TroubleView } from '../view'
import { Icon } from './parts/icons'
import { act } from './state/act'

type Props = { troubles: TroubleView[]; chat: number; customerName: string }

/** Failures at the press of a button, and whether the integration handled them. */
export function Trouble({ troubles, chat, customerName }: Props) {
  const isBusy = troubles.some(({ isPlaying }) => isPlaying)
  return (
    <section class="trouble" aria-label="Trouble">
      <header>
        <h2>Trouble</h2>
        <p>Runs in {customerName}'s session, or opens one.</p>
      </header>
      <ul class="troubles">
        {troubles.map(({ id, title, description, isPlaying, outcome }) => (
          <li key={id}>
            <button
              type="button"
              aria-disabled={isBusy}
              aria-describedby={`trouble-${id}`}
              onClick={() => {
                if (!isBusy) void act('trouble', { trouble: id, chat })
              }}
            >
              {title}
            </button>
            <p id={`trouble-${id}`}>{description}</p>
            <p role="status" class={`outcome ${outcome?.isFine === false ? 'is-bad' : 'is-good'}`}>
              {isPlaying && (
                <>
                  <Icon name="wait" /> running …
                </>
              )}
              {outcome && (
                <>
                  <Icon name={outcome.isFine ? 'check' : 'cross'} /> {outcome.text}
                </>
              )}
            </p>
          </li>
        ))}
      </ul>
    </section>
  )
}

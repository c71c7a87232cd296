import type { ChatView, SessionView, View } from '../view'
import { Button, Icon, IconButton } from './parts/icons'
import { firstName, storyOf } from './parts/people'
import { Time } from './parts/latest'
import type { Replay } from './state/replay'

type Props = { view: View; chat: ChatView | undefined; session: SessionView | undefined; replay: Replay }

/** How far the chosen session is, and the player for the handoff at the start. */
export const Ribbon = ({ view, chat, session, replay }: Props) => (
  <section class="ribbon box" aria-label="The handoff">
    <ol class="stages">
      {stagesOf(view, chat, session).map(({ word, who, at }) => (
        <li key={word} class={at === undefined ? '' : 'is-reached'}>
          <b>{word}</b>{' '}
          <small class="soft">
            {at === undefined ? <span class="unseen">not yet</span> : (who ?? <Time at={at} />)}
          </small>
        </li>
      ))}
    </ol>
    <p role="status">
      {replay.step && (
        <b>
          {replay.number} of {replay.total}:{' '}
        </b>
      )}
      {replay.step?.title ?? storyOf(chat?.name ?? 'A customer', session)}
    </p>
    {replay.total > 0 && <Player replay={replay} />}
  </section>
)

type Stage = { word: string; who?: string | undefined; at: number | undefined }

const stagesOf = ({ savedAt }: View, chat: ChatView | undefined, session: SessionView | undefined): Stage[] => [
  { word: 'Saved', who: 'Owner', at: savedAt },
  { word: 'Asked', who: firstName(chat?.name ?? ''), at: session?.at },
  { word: 'Joined', who: firstName(session?.agent ?? 'Agent'), at: session?.joined?.at },
  { word: 'Answered', who: firstName(session?.agent ?? 'Agent'), at: session?.answered?.at },
  { word: 'Closed', at: session?.closed?.at },
]

function Player({ replay: { step, number, isPlaying, show, play } }: { replay: Replay }) {
  if (!step) {
    return (
      <Button class="player" onClick={play}>
        <Icon name="play" /> Replay
      </Button>
    )
  }
  const isFirst = number === 1
  return (
    <div class="row player" role="group" aria-label="Replay">
      <IconButton
        icon="back"
        label="Previous step"
        aria-disabled={isFirst}
        onClick={() => isFirst || show(number - 1)}
      />
      <IconButton
        icon={isPlaying ? 'pause' : 'play'}
        label={isPlaying ? 'Pause' : 'Play'}
        onClick={isPlaying ? () => show(number) : play}
      />
      <IconButton icon="next" label="Next step" onClick={() => show(number + 1)} />
      <Button onClick={() => show(0)}>Back to live</Button>
    </div>
  )
}

import type { ChatView, SessionView } from '../view'
import { Button, Icon, IconButton, Time } from './parts/basics'
import { firstName, storyOf } from './parts/people'
import type { Replay } from './state/replay'

type Props = { savedAt: number | undefined; chat: ChatView; session: SessionView | undefined; replay: Replay }

/** How far the chosen session is, and the player for the handoff at the start. */
export function Ribbon({ savedAt, chat, session, replay }: Props) {
  const [customer, agent] = [firstName(chat.name), firstName(session?.agent ?? 'Agent')]
  const stages = [
    ['Saved', 'Owner', savedAt],
    ['Asked', customer, session?.at],
    ['Joined', agent, session?.joined?.at],
    ['Answered', agent, session?.answered?.at],
    ['Closed', '', session?.closed?.at],
  ] as const
  return (
    <section class="ribbon box" aria-label="The handoff">
      <ol class="stages">
        {stages.map(([word, who, at]) => (
          <li key={word} class={at === undefined ? '' : 'is-reached'}>
            <b>{word}</b>{' '}
            <small class="soft">
              {at === undefined ? <span class="unseen">not yet</span> : who || <Time at={at} />}
            </small>
          </li>
        ))}
      </ol>
      <p role="status">
        {replay.step && <b>{`${replay.number} of ${replay.total}: `}</b>}
        {replay.step?.title ?? storyOf(customer, session)}
      </p>
      {replay.total > 0 && <Player replay={replay} />}
    </section>
  )
}

/** The last button stays the same one, so that it keeps the focus. */
const Player = ({ replay: { step, number, isPlaying, show, play } }: { replay: Replay }) => (
  <div class="row player" role="group" aria-label="Replay">
    {step && (
      <>
        <IconButton icon="back" label="Previous step" onClick={() => show(Math.max(number - 1, 1))} />
        <IconButton
          icon={isPlaying ? 'pause' : 'play'}
          label={isPlaying ? 'Pause' : 'Play'}
          onClick={() => (isPlaying ? show(number) : play())}
        />
        <IconButton icon="next" label="Next step" onClick={() => show(number + 1)} />
      </>
    )}
    <Button onClick={() => (step ? show(0) : play())}>
      {!step && <Icon name="play" />} {step ? 'Back to live' : 'Replay'}
    </Button>
  </div>
)

import type { ComponentChildren } from 'preact'

type Props = { label: string; class: string; isLive?: boolean; children: ComponentChildren }

/** A list that shows its end and stays there, unless the user scrolls away. The browser does it: see `.latest`. */
export const Latest = ({ label, class: className, isLive = false, children }: Props) => (
  <div class="latest" role={isLive ? 'log' : 'region'} aria-label={label} tabIndex={0}>
    <div class={className}>{children}</div>
  </div>
)

const clock = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short' })

export const Time = ({ at }: { at: number }) => (
  <time class="soft" dateTime={new Date(at).toISOString()}>
    {clock.format(at)}
  </time>
)

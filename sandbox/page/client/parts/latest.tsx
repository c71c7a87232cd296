import type { ComponentChildren } from 'preact'

type Props = { label: string; class: string; isLive?: boolean; children: ComponentChildren }

/** A list that shows its end and stays there, unless the user scrolls away. The browser does it: see `.latest`. */
export const Latest = ({ label, class: className, isLive = false, children }: Props) => (
  <div class="latest" role={isLive ? 'log' : 'region'} aria-label={label} tabIndex={0}>
    <div class={className}>{children}</div>
  </div>
)

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' })
const exactClock = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium' })

export const Time = ({ at, isExact = false }: { at: number; isExact?: boolean }) => (
  <time class="soft" dateTime={new Date(at).toISOString()}>
    {(isExact ? exactClock : clock).format(at)}
  </time>
)

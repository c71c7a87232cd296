import type { ComponentChildren, ComponentProps } from 'preact'
import { initials } from './people'

const PATHS = {
  attach: 'M20 11.5 12.3 19a5 5 0 0 1-7-7l8-8a3.3 3.3 0 0 1 4.7 4.7l-8 8a1.6 1.6 0 0 1-2.3-2.3l7.3-7.3',
  send: 'M4 12 20 4l-5 16-3.5-6.5z',
  plus: 'M12 5v14M5 12h14',
  back: 'M15 5l-7 7 7 7',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  cross: 'M6 6l12 12M18 6L6 18',
  BOLD: 'M7 5h6a3.5 3.5 0 0 1 0 7H7zM7 12h7a3.5 3.5 0 0 1 0 7H7z',
  ITALIC: 'M10 5h8M6 19h8M14 5l-4 14',
  HYPERLINK: 'M10 14a4 4 0 0 0 6 .4l3-3a4 4 0 0 0-5.7-5.7L12 7M14 10a4 4 0 0 0-6-.4l-3 3a4 4 0 0 0 5.7 5.7L12 17',
  LISTS: 'M9 6h11M9 12h11M9 18h11M4.5 6h.01M4.5 12h.01M4.5 18h.01',
  BLOCKQUOTE: 'M5 17c3-1 4-3 4-6V7H5v4h4M14 17c3-1 4-3 4-6V7h-4v4h4',
  file: 'M7 3h7l4 4v14H7zM14 3v4h4',
  play: 'M8 5l11 7-11 7z',
  pause: 'M8 5v14M16 5v14',
  next: 'M9 5l7 7-7 7',
  arrow: 'M5 12h14M13 6l6 6-6 6',
} as const

type IconName = keyof typeof PATHS

/** Hidden from screen readers: a control with only an icon needs its own label. */
export const Icon = ({ name }: { name: IconName }) => (
  <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
    <path d={PATHS[name]} />
  </svg>
)

/** Does not submit a form, unless its type says so. */
export const Button = (props: ComponentProps<'button'>) => <button type="button" {...props} />

export const IconButton = ({ icon, label, ...props }: ComponentProps<'button'> & { icon: IconName; label: string }) => (
  <Button class="icon-button" aria-label={label} title={label} {...props}>
    <Icon name={icon} />
  </Button>
)

type AvatarProps = { name: string; kind: 'customer' | 'agent' | 'bot' }

/** Initials instead of a picture, which would come from another host. A customer's colour is inherited. */
export const Avatar = ({ name, kind }: AvatarProps) => (
  <span class={`avatar is-${kind}`} aria-hidden="true">
    {initials(name)}
  </span>
)

/** How something ended. */
export const Outcome = ({ isFine, text }: { isFine: boolean; text: string }) => (
  <span class={`outcome small ${isFine ? 'is-good' : 'is-bad'}`}>
    <Icon name={isFine ? 'check' : 'cross'} /> {text}
  </span>
)

type LatestProps = { label: string; class: string; isLive?: boolean; children: ComponentChildren }

/** A list that shows its end and stays there, unless the user scrolls away. The browser does it: see `.latest`. */
export const Latest = ({ label, class: className, isLive = false, children }: LatestProps) => (
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

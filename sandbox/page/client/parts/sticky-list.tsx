import type { ComponentChildren } from 'preact'
import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { Icon } from './icons'

const NEAR = 32

type Props = { label: string; class: string; isLive?: boolean; children: ComponentChildren }

/** Scrolls to new items at its end, unless the user has scrolled away. */
export function StickyList({ label, class: className, isLive = false, children }: Props) {
  const list = useRef<HTMLDivElement>(null)
  const follows = useRef(true)
  const [isAway, setAway] = useState(false)
  const toEnd = () => list.current?.scrollTo({ top: list.current.scrollHeight })
  const follow = () => {
    if (follows.current) toEnd()
  }
  useLayoutEffect(follow)
  useLayoutEffect(() => {
    // The list may become visible after it was filled, or be resized.
    const observer = new ResizeObserver(follow)
    if (list.current) observer.observe(list.current)
    return () => observer.disconnect()
  }, [])
  const look = ({ currentTarget: { scrollHeight, scrollTop, clientHeight } }: { currentTarget: HTMLElement }) => {
    follows.current = scrollHeight - scrollTop - clientHeight < NEAR
    setAway(!follows.current)
  }
  return (
    <div class={`sticky ${className}`}>
      <div
        ref={list}
        class="sticky-scroll"
        role={isLive ? 'log' : 'region'}
        aria-label={label}
        tabIndex={0}
        onScroll={look}
      >
        {children}
      </div>
      {isAway && (
        <button type="button" class="to-end" onClick={toEnd}>
          <Icon name="down" /> Jump to latest
        </button>
      )}
    </div>
  )
}

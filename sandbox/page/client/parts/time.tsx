import { useEffect, useState } from 'preact/hooks'

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' })
const exactClock = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 3,
})

export const Time = ({ at, isExact = false }: { at: number; isExact?: boolean }) => (
  <time dateTime={new Date(at).toISOString()}>{(isExact ? exactClock : clock).format(at)}</time>
)

const EVERY_MS = 10_000

/** How long ago, updated automatically. */
export function Ago({ at }: { at: number }) {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), EVERY_MS)
    return () => clearInterval(timer)
  }, [])
  return <time dateTime={new Date(at).toISOString()}>{inWords(Math.max(0, Math.max(now, at) - at))}</time>
}

function inWords(ms: number): string {
  const minutes = Math.floor(ms / 60_000)
  if (minutes === 0) return 'now'
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h`
}

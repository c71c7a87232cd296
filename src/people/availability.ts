import * as z from 'zod/mini'
import type { User } from '../hubspot/agents'
import { optionalList, text, time } from '../hubspot/schemas'

const WEEK = ['SUNDAY', 'MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY'] as const

const DAYS = z.pipe(
  z.enum([...WEEK, 'MONDAY_TO_FRIDAY', 'SATURDAY_SUNDAY', 'EVERY_DAY']),
  z.transform((days): readonly string[] => {
    if (days === 'EVERY_DAY') return WEEK
    if (days === 'MONDAY_TO_FRIDAY') return WEEK.slice(1, 6)
    return days.split('_')
  }),
)

const minuteOfDay = z.pipe(z.pipe(text, z.transform(Number)), z.number().check(z.minimum(0), z.maximum(1440)))
const hours = z.object({ days: DAYS, startMinute: minuteOfDay, endMinute: minuteOfDay })
const absence = z.object({ startTimestamp: time, endTimestamp: time })

/**
 * Whether an agent's status is "available", within the working hours if there are any, and outside all absences. An
 * absence without an end lasts. One without a start is no limit, nor are hours of which one period cannot be read: the
 * agent may be working just then.
 */
export function isAvailable(user: User, now: Date): boolean {
  if (user.hs_availability_status?.toLowerCase() !== 'available') return false
  const absences = optionalList(absence).parse(listIn(user.hs_out_of_office_hours))
  const isNow = ({ startTimestamp: from = Infinity, endTimestamp: to = Infinity }) => from <= +now && +now < to
  if (absences.some(isNow)) return false
  const { data: working = [] } = z.array(hours).safeParse(listIn(user.hs_working_hours))
  if (working.length === 0) return true
  const clock = clockIn(user.hs_standard_time_zone, now)
  return clock === undefined || working.some((period) => isWithin(period, clock))
}

/** HubSpot keeps them as JSON text: a list, or a single entry. */
function listIn(json = ''): unknown[] {
  try {
    return [JSON.parse(json)].flat()
  } catch {
    return []
  }
}

type Clock = { weekday: number; minute: number }

/** A period that ends before it starts lasts until the next day. */
function isWithin({ days, startMinute, endMinute }: z.infer<typeof hours>, { weekday, minute }: Clock): boolean {
  const isOn = (day: number) => days.includes(WEEK.at(day) ?? '')
  if (startMinute < endMinute) return isOn(weekday) && startMinute <= minute && minute < endMinute
  return (isOn(weekday) && startMinute <= minute) || (isOn(weekday - 1) && minute < endMinute)
}

/** Undefined for a time zone that is missing or unknown. */
function clockIn(timeZone: string | undefined, now: Date): Clock | undefined {
  if (!timeZone) return undefined
  try {
    const format = { timeZone, weekday: 'long', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const
    const parts = new Intl.DateTimeFormat('en-US', format).formatToParts(now)
    const valueOf = (wanted: string) => parts.find(({ type }) => type === wanted)?.value.toUpperCase()
    const weekday = WEEK.findIndex((day) => day === valueOf('weekday'))
    return { weekday, minute: Number(valueOf('hour')) * 60 + Number(valueOf('minute')) }
  } catch {
    return undefined
  }
}

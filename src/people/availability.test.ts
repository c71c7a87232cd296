import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { User } from '../hubspot/agents'
import { isAvailable } from './availability'

/** A Monday, noon in London and 7 a.m. in New York. */
const MONDAY_NOON = new Date('2026-11-30T12:00:00Z')

const there = { hs_availability_status: 'available' }
const working = (...hours: unknown[]): User => ({
  ...there,
  hs_standard_time_zone: 'Europe/London',
  hs_working_hours: JSON.stringify(hours),
})
const absent = (...absences: unknown[]): User => ({ ...there, hs_out_of_office_hours: JSON.stringify(absences) })
const office = { days: 'MONDAY_TO_FRIDAY', startMinute: 540, endMinute: 1080 }
const at = (time: string) => Date.parse(time)

describe('an agent is available', () => {
  it.each<[string, User]>([
    ['whose status is available', there],
    ['whose status is written in capitals', { hs_availability_status: 'AVAILABLE' }],
    ['in working hours', working(office)],
    ['in the second of two periods', working({ ...office, endMinute: 600 }, { ...office, startMinute: 660 })],
    ['in hours that are a single entry', { ...working(), hs_working_hours: JSON.stringify(office) }],
    ['in hours with minutes as text', working({ ...office, startMinute: '540', endMinute: '1080' })],
    [
      'with hours but without a time zone',
      { ...working({ ...office, endMinute: 600 }), hs_standard_time_zone: undefined },
    ],
    [
      'in a time zone that does not exist',
      { ...working({ ...office, endMinute: 600 }), hs_standard_time_zone: 'Moon/Sea' },
    ],
    ['from the first minute of work', working({ ...office, startMinute: 720 })],
    ['from the first minute of a night shift', working({ ...office, startMinute: 720, endMinute: 360 })],
    ['around the clock with hours that end when they start', working({ ...office, startMinute: 720, endMinute: 720 })],
    ['with no hours set', working()],
    ['with empty hours', { ...working(), hs_working_hours: '' }],
    ['with hours that are no JSON', { ...working(), hs_working_hours: 'nine to five' }],
    ['with hours of an unknown form', working({ days: 'FULL_MOON', startMinute: 0, endMinute: 60 }, null, 7)],
    ['with hours that are known in part', working({ ...office, endMinute: 600 }, { ...office, days: 'WEEKDAYS' })],
    ['with hours beyond the day', working({ ...office, startMinute: 9_000, endMinute: 9_100 })],
    ['before an absence', absent({ startTimestamp: at('2026-11-30T12:00:01Z'), endTimestamp: at('2026-12-24') })],
    ['after an absence', absent({ startTimestamp: at('2026-11-01'), endTimestamp: at('2026-11-30T12:00:00Z') })],
    ['with an absence that cannot be read', absent({ startTimestamp: 'soon', endTimestamp: null }, 'x')],
    ['before an absence without an end', absent({ startTimestamp: at('2026-11-30T12:00:01Z'), endTimestamp: null })],
  ])('%s', (_name, user) => {
    expect(isAvailable(user, MONDAY_NOON)).toBe(true)
  })
})

describe('an agent is away', () => {
  it.each<[string, User]>([
    ['whose status is away', { hs_availability_status: 'away' }],
    ['whose status is empty', { hs_availability_status: '' }],
    ['without a status', {}],
    ['whose status HubSpot has added since', { hs_availability_status: 'busy' }],
    ['whose status is away in working hours', { ...working(office), hs_availability_status: 'away' }],
    ['before work in New York', { ...working(office), hs_standard_time_zone: 'America/New_York' }],
    ['from the minute at which work ends', working({ ...office, endMinute: 720 })],
    ['from the first moment of an absence', absent({ startTimestamp: +MONDAY_NOON, endTimestamp: 9e12 })],
    ['on a day off', working({ ...office, days: 'SATURDAY_SUNDAY' })],
    [
      'in one of several absences',
      absent({ startTimestamp: 1, endTimestamp: 2 }, { startTimestamp: 1, endTimestamp: 9e12 }),
    ],
    ['in an absence without an end', absent({ startTimestamp: String(at('2026-11-30T11:00:00Z')) })],
    ['in an absence whose end is null', absent({ startTimestamp: 1, endTimestamp: null })],
    ['in an absence whose end is empty', absent({ startTimestamp: '2026-11-30', endTimestamp: '' })],
    ['in an absence with ISO dates', absent({ startTimestamp: '2026-11-30', endTimestamp: '2026-12-01' })],
    [
      'in an absence that is a single entry',
      { ...there, hs_out_of_office_hours: '{"startTimestamp":1,"endTimestamp":9e12}' },
    ],
  ])('%s', (_name, user) => {
    expect(isAvailable(user, MONDAY_NOON)).toBe(false)
  })
})

describe('working hours', () => {
  const hoursOfWeek = (user: User) =>
    Array.from({ length: 7 * 24 }, (_, hour) => new Date(at('2026-11-29T00:00:00Z') + hour * 3_600_000)).filter((now) =>
      isAvailable(user, now),
    )

  it.each([
    ['EVERY_DAY', 7],
    ['MONDAY_TO_FRIDAY', 5],
    ['SATURDAY_SUNDAY', 2],
    ['WEDNESDAY', 1],
  ])('of %s count on %i days', (days, count) => {
    const user = { ...working({ days, startMinute: 0, endMinute: 1440 }), hs_standard_time_zone: 'UTC' }
    expect(hoursOfWeek(user)).toHaveLength(count * 24)
  })

  it('beyond midnight last until the next morning', () => {
    const user = { ...working({ days: 'SATURDAY', startMinute: 1320, endMinute: 360 }), hs_standard_time_zone: 'UTC' }
    expect(isAvailable(user, new Date('2026-11-28T23:00:00Z'))).toBe(true)
    expect(isAvailable(user, new Date('2026-11-29T05:59:00Z'))).toBe(true)
    expect(isAvailable(user, new Date('2026-11-29T06:00:00Z'))).toBe(false)
    expect(isAvailable(user, new Date('2026-11-28T05:00:00Z'))).toBe(false)
  })

  it('change with daylight saving time', () => {
    const user = working({ days: 'EVERY_DAY', startMinute: 540, endMinute: 600 })
    expect(isAvailable(user, new Date('2026-07-01T08:30:00Z'))).toBe(true)
    expect(isAvailable(user, new Date('2026-12-01T08:30:00Z'))).toBe(false)
  })

  it('never fail, whatever HubSpot holds', () => {
    const anything = fc.oneof(
      fc.string(),
      fc.json(),
      fc.jsonValue().map((value) => JSON.stringify([value])),
    )
    const users = fc.record(
      {
        hs_availability_status: fc.constant('available'),
        hs_working_hours: anything,
        hs_out_of_office_hours: anything,
        hs_standard_time_zone: fc.string(),
      },
      { requiredKeys: [] },
    )
    fc.assert(
      fc.property(users, (user) => {
        expect(isAvailable(user, MONDAY_NOON)).toBeTypeOf('boolean')
      }),
    )
  })
})

import { randomBytes } from 'node:crypto'

/** The first id of each kind. They are far apart, so that confusing two kinds is an error and not a match. */
const starts = {
  channel: 1_234_567,
  account: 998_877,
  thread: 9_876_543_210,
  contact: 140_100,
  user: 207_000_100,
  owner: 60_500_100,
  ticket: 28_000_100,
  visitor: 770_000_100,
  file: 55_501_230_000,
  folder: 66_601_230_000,
  event: 3_816_279_340,
}

export type IdKind = keyof typeof starts

export type Ids = { next: (kind: IdKind) => string; message: () => string }

export function createIds(): Ids {
  const counters = { ...starts }
  return {
    next: (kind) => {
      counters[kind] += 1
      return String(counters[kind])
    },
    message: () => randomBytes(16).toString('hex'),
  }
}

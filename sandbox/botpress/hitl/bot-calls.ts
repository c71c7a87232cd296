import type { PluginSwitches } from './switches'

/** How many calls of the Botpress API the plugin makes, one after the other, before the effect that each is named after. */
export const CALLS = {
  readsSession: 2,
  readsAgent: 2,
  readsAuthor: 2,
  announces: 1,
  marksAgent: 1,
  writes: 1,
  marksEnd: 1,
  linksSession: 5,
}

/** Lets the bot make that many calls, in the time that they take. */
export type MakeCalls = (count: number) => Promise<void>

/** With calls that take no time, the plugin handles each thing whole before the next one. */
export function botCalls(switches: PluginSwitches, sleep: (ms: number) => Promise<void>): MakeCalls {
  return async (count) => {
    for (let made = 0; made < count; made += 1) {
      const { botCallMs } = switches
      const ms = typeof botCallMs === 'number' ? botCallMs : botCallMs()
      if (ms > 0) await sleep(ms)
    }
  }
}

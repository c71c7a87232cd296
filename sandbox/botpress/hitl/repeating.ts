import type { RunAction } from './stand-ins'

/** How long the bot's client waits before each of its tries after the first, in milliseconds. */
const PAUSES_MS = [100, 200, 400]

const BAD_GATEWAY = 502
const NO_ANSWER = 0

/** The bot's client: an action that a gateway failed, or whose connection was lost, is called again. */
export function repeating(runAction: RunAction, sleep: (ms: number) => Promise<void>): RunAction {
  return async (type, input) => {
    let result = await runAction(type, input)
    for (const pause of PAUSES_MS) {
      if (result.status !== BAD_GATEWAY && result.status !== NO_ANSWER) return result
      await sleep(pause)
      result = await runAction(type, input)
    }
    return result
  }
}

import { setTimeout as sleep } from 'node:timers/promises'
import type { Stack } from '../stack'
import type { Step } from '../story'

export type Say = (line: string) => void

type Play = (title: string, customer: string, run: () => Promise<string | string[]>) => Promise<void>

/** What each part of the demo needs. */
export type DemoScene = { stack: Stack; step: Play }

/** Separates the last effect of a step from the first event of the next one. */
const APART_MS = 2

/**
 * Numbers the steps, adds each to `played` once its effects have arrived, and reports its outcome and number of calls.
 * Throws an error that names a failed step.
 */
export function counted(stack: Stack, say: Say, played: Step[]): Play {
  const { hubspot, botpress } = stack
  return async (title, customer, run) => {
    const number = played.length + 1
    const [toHubSpot, toBotpress] = [hubspot.log.calls.length, botpress.log.calls.length]
    const told = await run().catch((thrown: unknown) => {
      const reason = thrown instanceof Error ? thrown.message : String(thrown)
      throw new Error(`Step ${number} failed: ${title}.\n${reason}`, { cause: thrown })
    })
    await stack.settled()
    played.push({ title, customer, at: Date.now() })
    await sleep(APART_MS)
    const calls = [hubspot.log.calls.length - toHubSpot, botpress.log.calls.length - toBotpress]
    say(`${String(number).padStart(2)}. ${title} (calls to HubSpot: ${calls[0]}, to Botpress: ${calls[1]})`)
    for (const line of [told].flat()) say(indented(line))
  }
}

const indented = (text: string): string => text.replaceAll(/^(?=.)/gm, '    ')

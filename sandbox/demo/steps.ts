import type { Stack } from '../stack'

export type Say = (line: string) => void

/** Pauses between two events, so that a viewer can follow. */
export type Beat = () => Promise<void>

type Step = (title: string, run: () => Promise<string | string[]>) => Promise<void>

/** What each part of the demo needs. */
export type DemoScene = { stack: Stack; step: Step; beat: Beat }

/** Numbers the steps and reports each one's outcome and number of calls. Throws an error that names a failed step. */
export function counted({ hubspot, botpress }: Stack, say: Say, beat: Beat): Step {
  let number = 0
  return async (title, run) => {
    await beat()
    number += 1
    const [toHubSpot, toBotpress] = [hubspot.log.calls.length, botpress.log.calls.length]
    const told = await run().catch((thrown: unknown) => {
      const reason = thrown instanceof Error ? thrown.message : String(thrown)
      throw new Error(`Step ${number} failed: ${title}.\n${reason}`, { cause: thrown })
    })
    const calls = [hubspot.log.calls.length - toHubSpot, botpress.log.calls.length - toBotpress]
    say(`${String(number).padStart(2)}. ${title} (calls to HubSpot: ${calls[0]}, to Botpress: ${calls[1]})`)
    for (const line of [told].flat()) say(indented(line))
  }
}

const indented = (text: string): string => text.replaceAll(/^(?=.)/gm, '    ')

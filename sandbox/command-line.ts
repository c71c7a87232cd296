export type Mode = 'page' | 'headless' | 'demo' | 'help'

const OPTIONS: Readonly<Record<string, { mode: Mode; does: string }>> = {
  '--headless': { mode: 'headless', does: 'plays a handoff in the terminal and exits: 0, or 1 if a step fails' },
  '--demo': { mode: 'demo', does: 'lets the page replay the handoff step by step' },
  '--help': { mode: 'help', does: 'shows this list' },
}

const LIST = Object.entries(OPTIONS).map(([option, { does }]) => `  npm start -- ${option.padEnd(12)}${does}\n`)

export const USAGE = `  npm start                plays a handoff, then keeps serving the page
${LIST.join('')}
With a HubSpot account in .env (see .env.example), npm start uses that account. The other modes never do.`

/** Throws with the list of options for an unknown option, and for more than one. */
export function modeFrom(given: readonly string[]): Mode {
  const [option, another] = given
  if (option === undefined) return 'page'
  const known = Object.hasOwn(OPTIONS, option) ? OPTIONS[option] : undefined
  if (!known) throw new Error(`Unknown option: ${option}\n\n${USAGE}`)
  if (another !== undefined) throw new Error(`Only one option is allowed: ${given.join(' ')}\n\n${USAGE}`)
  return known.mode
}

export type Mode = 'page' | 'headless' | 'demo' | 'help'

const OPTIONS: Readonly<Record<string, { mode: Mode; does: string }>> = {
  '--headless': { mode: 'headless', does: 'plays a handoff in the terminal and ends: status 0 if all of it arrived' },
  '--demo': { mode: 'demo', does: 'plays it on the page, slowly enough to follow' },
  '--help': { mode: 'help', does: 'shows this list' },
}

const LIST = Object.entries(OPTIONS).map(([option, { does }]) => `  npm start -- ${option.padEnd(12)}${does}\n`)

export const USAGE = `  npm start                plays a handoff, then keeps the page for going on by hand
${LIST.join('')}
With a HubSpot account in .env (see .env.example), npm start uses that; the others never do.`

/** Throws with the list of options for one that is not among them, and for more than one. */
export function modeFrom(given: readonly string[]): Mode {
  const [option, another] = given
  if (option === undefined) return 'page'
  const known = Object.hasOwn(OPTIONS, option) ? OPTIONS[option] : undefined
  if (!known) throw new Error(`There is no option ${option}.\n\n${USAGE}`)
  if (another !== undefined) throw new Error(`One option at a time: ${given.join(' ')}.\n\n${USAGE}`)
  return known.mode
}

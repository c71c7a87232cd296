import { oneLine, shortened } from './split'

export type Detail = { name: string; value: string }

/** In UTF-16 units. */
const LONGEST_VALUE = 1_000
const LONGEST = 5_000

/** What the card says in pairs, one line each: "Order: 1042". Pairs without a value are left out. */
export function detailsText(details: readonly Detail[]): string {
  const lines = details
    .map(({ name, value }) => [oneLine(name).replace(/:$/, ''), oneLine(value, LONGEST_VALUE)] as const)
    .filter(([, value]) => value !== '')
    .map((pair) => pair.filter(Boolean).join(': '))
  return shortened(lines.join('\n'), LONGEST)
}

import { startTwo, type TwoInstallations } from '../../sandbox/two-installations'
import { approve, authorize } from './visitor'

/** In each, the two owners have accounts of their own and have set up all that a save needs. */
export const ARRANGEMENTS = ['two bots', 'two aliases of one bot', "two bots with the publisher's app"] as const

export async function startTwoOwners(arrangement: (typeof ARRANGEMENTS)[number]): Promise<TwoInstallations> {
  const two = await startTwo(arrangement)
  if (arrangement === "two bots with the publisher's app")
    for (const each of [two.first, two.second]) await approve(await authorize(each))
  return two
}

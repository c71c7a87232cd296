import axe from 'axe-core'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import * as z from 'zod'

const results = z.object({
  passes: z.array(z.unknown()),
  violations: z.array(
    z.object({ id: z.string(), impact: z.string().nullable(), nodes: z.array(z.object({ html: z.string() })) }),
  ),
})

/**
 * What axe objects to on a page as it is now, whatever its weight. Had it not run on the page, there would be nothing
 * to object to either: `moreChecksThan` have to pass.
 */
export async function objections(page: Page, moreChecksThan = 20): Promise<string[]> {
  await page.evaluate(axe.source)
  const { passes, violations } = results.parse(await page.evaluate('axe.run()'))
  expect(passes.length).toBeGreaterThan(moreChecksThan)
  return violations.flatMap(({ id, impact, nodes }) => nodes.map(({ html }) => `${impact} ${id}: ${html}`))
}

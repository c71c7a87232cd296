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
 * All accessibility violations that axe finds on a page, whatever their impact. Fails unless more than `moreChecksThan`
 * checks pass, because axe also finds nothing if it did not run.
 */
export async function objections(page: Page, moreChecksThan = 20): Promise<string[]> {
  await page.evaluate(axe.source)
  const { passes, violations } = results.parse(await page.evaluate('axe.run()'))
  expect(passes.length).toBeGreaterThan(moreChecksThan)
  return violations.flatMap(({ id, impact, nodes }) => nodes.map(({ html }) => `${impact} ${id}: ${html}`))
}

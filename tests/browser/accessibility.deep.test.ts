import { describe, expect, it } from 'vitest'
import { overhang } from './browser'
import { objections } from './objections'
import { usesPage } from './page'

const { open } = usesPage()

const WIDTHS = [320, 390, 1024, 1440, 2560]
const VIEWS = WIDTHS.flatMap((width) => (['light', 'dark'] as const).map((colorScheme) => ({ width, colorScheme })))

describe.each(VIEWS)('$width pixels wide and $colorScheme', ({ width, colorScheme }) => {
  it('the page has nothing that axe objects to and is no wider than its window, in any state of a handoff', async () => {
    const { page, customer, agent, troubles, calls } = await open({ colorScheme, viewport: { width, height: 900 } })
    const isFine = async () => {
      expect(await objections(page)).toEqual([])
      expect(await overhang(page)).toBe(0)
    }
    await customer.sees('Hello! I am the bot of this shop.')
    await isFine()

    await customer.asksForAPerson({ typed: 'nobody@example' })
    await customer.sees('I could not reach a person.')
    await customer.isNew('Lin Sample')
    await customer.asksForAPerson({ address: 'lin@example.com' })
    await agent.sees('Lin Sample asked the bot for a person.')
    await agent.assigns('Grace Sample')
    await agent.attaches({ name: 'bill.txt', mimeType: 'text/plain', buffer: Buffer.from('30 euros') })
    await isFine()

    await agent.replies('Here it is')
    await agent.sees('sent')
    await troubles.play('HubSpot fails (500)')
    await (await calls.rows()).last().locator('summary').click()
    await calls.list.getByRole('region', { name: 'Request' }).waitFor()
    await agent.press('Close')
    await customer.sees('You are back with the bot.')
    await agent.replies('Too late')
    await agent.sees(/failed: /)
    await agent.press('Delete')
    await isFine()
  })
})

import { describe, expect, it } from 'vitest'
import { objections } from './objections'
import { usesPage } from './page'

const { open } = usesPage()

describe.each(['light', 'dark'] as const)('in %s mode, axe finds no violation on the page', (colorScheme) => {
  it('in any state of a handoff', async () => {
    const { page, customer, agent, troubles, calls } = await open({ colorScheme })
    await customer.sees('Hello! I am the bot of this shop.')
    expect(await objections(page)).toEqual([])

    await customer.asksForAPerson({ typed: 'nobody@example' })
    await customer.sees('I could not reach a person.')
    await customer.isNew('Lin Sample')
    await customer.asksForAPerson({ address: 'lin@example.com' })
    await agent.entry('Lin Sample').waitFor()
    expect(await objections(page)).toEqual([])

    await agent.opens('Lin Sample')
    await agent.assigns('Grace Sample')
    await agent.attaches({ name: 'bill.txt', mimeType: 'text/plain', buffer: Buffer.from('30 euros') })
    await agent.press('Link')
    expect(await objections(page)).toEqual([])
    await agent.replies('Here it is')
    await agent.sees('sent')
    await troubles.play('HubSpot fails (500)')
    await calls.rows.last().locator('summary').click()
    await calls.list.getByRole('region', { name: 'Request' }).waitFor()
    expect(await objections(page)).toEqual([])

    await agent.press('Close')
    await customer.sees('You are back with the bot.')
    await agent.replies('Too late')
    await agent.sees(/failed: /)
    await agent.press('Delete')
    await agent.press('Restore')
    await agent.press('Delete')
    expect(await objections(page)).toEqual([])
  })

  it('on a phone, in each of its parts', async () => {
    const { page, customer, agent } = await open({ colorScheme, viewport: { width: 390, height: 800 } })
    await customer.asksForAPerson()
    await customer.sees('I have escalated this conversation to a human agent.')
    const parts = page.getByRole('navigation', { name: 'Parts of the page' })
    for (const part of ['Customer', 'Calls', 'Trouble', 'Agents']) {
      await parts.getByText(part).click()
      expect(await objections(page)).toEqual([])
    }
    await agent.opens('Ada Example')
    expect(await objections(page)).toEqual([])
  })
})

import { describe, expect, it } from 'vitest'
import { overhang } from './browser'
import { usesPage } from './page'

const { open } = usesPage()

describe('the page on a phone', () => {
  it('allows a handoff, one part below the other', async () => {
    const { page, customer, agent, troubles, calls } = await open({
      viewport: { width: 320, height: 700 },
      hasTouch: true,
    })
    const parts = page.getByRole('navigation', { name: 'Parts of the page' })
    const show = (part: string) => parts.getByRole('link', { name: part }).click()
    await customer.asksForAPerson()
    await customer.sees('I have escalated this conversation to a human agent.')
    expect(await overhang(page)).toBe(0)

    await show('Agents')
    await agent.replies('Hello from a phone')
    await agent.sees('sent')
    expect(await overhang(page)).toBe(0)
    await agent.press('Back to the threads')
    await agent.entry('Ada Example').waitFor()

    await show('Trouble')
    expect(await troubles.play('Forged webhook')).toContain('401')
    expect(await overhang(page)).toBe(0)

    await show('Calls')
    const row = (await calls.rows()).last()
    await row.locator('summary').click()
    await row.getByRole('region', { name: 'Request' }).waitFor()
    expect(await overhang(page)).toBe(0)

    await show('Customer')
    await customer.sees('Hello from a phone')
  })
})

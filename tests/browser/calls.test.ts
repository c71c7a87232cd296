import { describe, expect, it } from 'vitest'
import { usesPage } from './page'

const { open, stack } = usesPage()

describe('the log of calls', () => {
  it('counts every call between the three parties', async () => {
    const { customer, agent, calls } = await open()
    await customer.asksForAPerson()
    await agent.opens('Ada Example')
    await customer.says('Hello')
    await agent.sees('Hello')
    await stack().settled()
    const { hubspot, botpress } = stack()
    await expect
      .poll(() =>
        calls.counts
          .getByRole('listitem')
          .allInnerTexts()
          .then((texts) => texts.map(lastNumber)),
      )
      .toEqual([
        botpress.operations.length,
        hubspot.log.calls.length,
        hubspot.webhook.deliveries.length,
        botpress.log.calls.length,
      ])
    const published = calls.rows.filter({ hasText: "Customer's message published" })
    expect(await published.count()).toBe(2)
  })

  it('shows a slow call before its response', async () => {
    const { customer, calls } = await open()
    await customer.asksForAPerson()
    await customer.sees('I have escalated this conversation to a human agent.')
    await stack().settled()
    const { hubspot } = stack()
    hubspot.switches.latencyMs = 3000
    await customer.says('Is it slow?')
    const waiting = calls.list.locator('.call').filter({ hasText: 'running' })
    await waiting.getByText("Customer's message published").waitFor()
    hubspot.switches.latencyMs = 0
    await waiting.waitFor({ state: 'detached' })
    expect(await calls.rows.filter({ hasText: "Customer's message published" }).count()).toBe(2)
  })

  it('shows bodies without secrets', async () => {
    const { calls } = await open()
    const { hubspot, botpress } = stack()
    const stored = calls.rows.filter({ hasText: 'State stored' }).filter({ hasText: '/tokens' })
    const refreshed = calls.rows.filter({ hasText: 'Token refreshed' })
    for (const row of [stored.first(), refreshed.first()]) {
      await row.locator('summary').click()
      const sent = row.getByRole('region', { name: 'Request' })
      await sent.getByText('•••').waitFor()
      const bodies = `${await sent.innerText()}${await row.getByRole('region', { name: 'Response' }).innerText()}`
      const secrets = [hubspot.app.clientSecret, String(botpress.configuration['refreshToken'])]
      expect(secrets.filter((secret) => bodies.includes(secret))).toEqual([])
      expect(bodies).not.toMatch(/CN[0-9a-f]{32}/)
    }
  })

  it('does not scroll while the user reads, and follows again on request', async () => {
    const { page, customer, agent, calls } = await open({ viewport: { width: 1300, height: 720 } })
    await customer.asksForAPerson()
    await agent.opens('Ada Example')
    await stack().settled()
    const top = () => calls.list.evaluate((list: { scrollTop: number }) => list.scrollTop)
    const left = () =>
      calls.list.evaluate(
        (list: { scrollHeight: number; scrollTop: number; clientHeight: number }) =>
          list.scrollHeight - list.scrollTop - list.clientHeight,
      )
    await expect.poll(left).toBeLessThan(2)
    await calls.list.evaluate((list: { scrollTop: number }) => {
      list.scrollTop = 40
    })
    const newest = page.getByRole('button', { name: 'Jump to latest' })
    await newest.waitFor()
    await customer.says('Does the list jump?')
    await agent.sees('Does the list jump?')
    await stack().settled()
    await calls.rows.filter({ hasText: "Customer's message published" }).nth(1).waitFor({ state: 'attached' })
    expect(await top()).toBe(40)
    await newest.click()
    await expect.poll(left).toBeLessThan(2)
  })
})

const lastNumber = (text: string): number => Number(/\d+$/.exec(text.trim())?.[0])

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
  })

  it('shows bodies without secrets', async () => {
    const { calls } = await open()
    const { hubspot, botpress } = stack()
    const rows = await calls.rows()
    const stored = rows.filter({ hasText: 'Store a state' }).filter({ hasText: '/tokens' })
    const refreshed = rows.filter({ hasText: 'Get an access token' })
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

  it('groups calls by what caused them, and leads from a message to its calls', async () => {
    const { customer, agent, calls } = await open()
    await customer.asksForAPerson()
    await customer.sees('I have escalated this conversation to a human agent.')
    await stack().settled()
    await customer.says('Are you there?')
    await agent.sees('Are you there?')
    await agent.replies('I am.')
    await customer.sees('I am.')
    await stack().settled()
    const wrote = calls.groups.filter({ hasText: 'Customer wrote' })
    expect(await wrote.locator('summary').first().innerText()).toMatch(/1 call, \d+ ms$/)
    await customer.chat.getByRole('article').filter({ hasText: 'Are you there?' }).getByText('1 call').click()
    await wrote.getByText('Publish the message').waitFor()
    expect(
      await wrote.getByRole('img').evaluateAll((ways: { ariaLabel: string }[]) => ways.map((way) => way.ariaLabel)),
    ).toEqual(['Botpress to Integration', 'Integration to HubSpot', 'HubSpot to Botpress', 'Botpress to Integration'])
    const reply = agent.thread.getByRole('article').filter({ hasText: 'I am.' })
    await reply.getByRole('link', { name: /^\d+ calls$/ }).click()
    await calls.groups.filter({ hasText: 'Agent replied' }).getByText('Confirm the delivery').waitFor()
  })

  it('shows an expected refusal as neutral', async () => {
    const { customer, calls } = await open()
    await customer.asksForAPerson({ address: 'nobody@example.com' })
    await customer.sees('I have escalated this conversation to a human agent.')
    const lookUp = (await calls.rows()).filter({ hasText: 'Look up the contact' })
    expect(await lookUp.getByText('404, not there').first().getAttribute('class')).toContain('is-neutral')
  })

  it('does not scroll while the user reads, and follows again from the end', async () => {
    const { customer, agent, calls } = await open({ viewport: { width: 1300, height: 720 } })
    await customer.asksForAPerson()
    await agent.sees('Ada Example asked the bot for a person.')
    await stack().settled()
    await calls.rows()
    // From the end, upwards, because the list scrolls from there.
    const fromEnd = (): Promise<number> =>
      calls.list.evaluate((list: { scrollTop: number }) => Math.abs(list.scrollTop))
    const scroll = (top: number) => calls.list.evaluate((list, to) => list.scrollTo(0, to), top)
    await scroll(-200)
    const topmost = calls.groups.first()
    const before = await topmost.boundingBox()
    await customer.says('Does the list jump?')
    await agent.sees('Does the list jump?')
    await calls.groups.filter({ hasText: 'Customer wrote' }).waitFor({ state: 'attached' })
    expect((await topmost.boundingBox())?.y).toBeCloseTo(before?.y ?? 0, 0)
    await scroll(0)
    await customer.says('Does it follow?')
    await calls.groups.filter({ hasText: 'Customer wrote' }).nth(1).waitFor()
    expect(await fromEnd()).toBe(0)
  })
})

const lastNumber = (text: string): number => Number(/\d+$/.exec(text.trim())?.[0])

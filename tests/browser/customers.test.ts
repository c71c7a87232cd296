import { describe, expect, it } from 'vitest'
import { openChat } from '../../sandbox/page/open-chat'
import { overhang } from './browser'
import { usesPage } from './page'

const { open, stack } = usesPage()

describe('the customers', () => {
  it('stay within a page 390 pixels wide, forty of them with their initials', async () => {
    const { page, customer } = await open({ viewport: { width: 390, height: 800 } })
    await customer.sees('Hello! I am the bot of this shop.')
    const another = customer.chat.getByRole('button', { name: 'New customer' })
    const place = await another.boundingBox()
    for (let customers = 1; customers < 39; customers += 1) openChat(stack())
    await another.click()
    const fortieth = customer.chat.getByRole('button', { name: /^Guest 40/ })
    await fortieth.waitFor()
    await expect
      .poll(() => fortieth.evaluate((chip: { checkVisibility: () => boolean }) => chip.checkVisibility()))
      .toBe(true)
    await expect.poll(async () => (await fortieth.boundingBox())?.y).toBeLessThan(400)
    expect(await another.boundingBox()).toEqual(place)
    expect(await overhang(page)).toBe(0)
    const shown = await customer.chat.getByRole('navigation').locator('.avatar').allInnerTexts()
    expect(shown).toHaveLength(40)
    expect(new Set(shown).size).toBe(40)
  })

  it('show who has them: the bot, nobody yet, or an agent by name', async () => {
    const { customer, agent } = await open()
    const chip = customer.chat.getByRole('navigation').getByRole('button', { name: 'Ada Example' })
    await chip.getByText('bot').waitFor()
    await agent.press('Ask for a person as Ada')
    await chip.getByText('waiting').waitFor()
    await agent.sees('Ada Example asked the bot for a person.')
    await agent.assigns('Grace Sample')
    await chip.getByText('Grace Sample').waitFor()
    await customer.sees('A human agent has joined the conversation.')
    await agent.press('Close')
    await chip.getByText('bot').waitFor()
    expect(await agent.desk.getByText('is waiting').count()).toBe(0)
  })
})

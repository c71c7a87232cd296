import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { usesPage } from './page'

const { open } = usesPage()

describe('a handoff on the page', () => {
  it('works from the first question until the bot takes over again', async () => {
    const { customer, agent } = await open()
    await customer.sees('Hello! I am the bot of this shop.')
    await customer.says('My vase came broken')
    await customer.sees(/send anything back within 30 days/)
    await customer.asksForAPerson()
    await customer.sees('I have escalated this conversation to a human agent.')

    await agent.sees('Ada Example asked the bot for a person.')
    await agent.sees(/Ada Example: My vase came broken/)
    await agent.entry('Ada Example').getByText('unread').waitFor({ state: 'detached' })
    await agent.desk.getByText('ada@example.com (contact)').waitFor()

    await agent.assigns('Grace Sample')
    await customer.sees('A human agent has joined the conversation.')
    await customer.says('Is somebody there?')
    await agent.sees('Is somebody there?')
    await agent.replies('Yes, I am Grace.')
    await customer.sees('Yes, I am Grace.')
    await agent.sees('sent')

    await agent.press('Close')
    await customer.sees('You are back with the bot.')
    await agent.replies('One more thing')
    await agent.sees(/failed: Not delivered: the session has ended/)
    await customer.says('Thanks')
    await customer.sees('You are welcome!')
    expect(await customer.chat.getByText('One more thing').count()).toBe(0)
  })

  it("shows the formatting and links of the agent's reply", async () => {
    const { page, customer, agent } = await open()
    await customer.asksForAPerson()
    await agent.opens('Ada Example')
    await agent.editor.click()
    await page.keyboard.press('Control+b')
    await page.keyboard.type('Look')
    await page.keyboard.press('Control+b')
    await page.keyboard.type(' ')
    page.once('dialog', (asked) => void asked.accept('https://shop.example.com/vases'))
    await agent.press('Link')
    await agent.press('Reply')
    const chat = customer.chat.getByRole('log')
    const link = chat.getByRole('link', { name: 'https://shop.example.com/vases' })
    expect(await link.getAttribute('href')).toBe('https://shop.example.com/vases')
    await chat.getByRole('strong').getByText('Look').waitFor()
    await agent.thread.locator('b').getByText('Look').waitFor()
  })

  it('shows the customer HTML that an agent has typed as it was typed', async () => {
    const { customer, agent } = await open()
    await customer.asksForAPerson()
    await agent.replies('Use <b>bold</b> & <br>')
    await customer.sees('Use <b>bold</b> & <br>')
    expect(await customer.chat.getByRole('article').last().locator('b, br').count()).toBe(0)
  })

  it('sends messages once each, even while earlier ones are still being sent', async () => {
    const { page, customer, agent } = await open()
    await customer.asksForAPerson()
    await agent.opens('Ada Example')
    await page.route('**/do/*', async (route) => {
      await sleep(500)
      await route.continue()
    })
    await customer.says('My first line')
    await customer.says('My second line')
    await agent.replies('My first answer')
    await agent.replies('My second answer')
    for (const text of ['My first line', 'My second line', 'My first answer', 'My second answer']) {
      await customer.sees(text)
      await agent.sees(text)
      expect(await customer.chat.getByText(text).count()).toBe(1)
    }
  })

  it('restores a message that could not be sent', async () => {
    const { page, customer, agent } = await open()
    await customer.asksForAPerson()
    await agent.opens('Ada Example')
    await page.route('**/do/*', (route) => route.abort())
    await customer.says('My line')
    await page.getByText('The sandbox does not respond.').first().waitFor()
    await expect.poll(() => customer.chat.getByRole('textbox').inputValue()).toBe('My line')
    await agent.replies('My answer')
    await agent.editor.getByText('My answer').waitFor()
    await page.unroute('**/do/*')
    await customer.chat.getByRole('button', { name: 'Send' }).click()
    await agent.press('Reply')
    await agent.sees('My line')
    await customer.sees('My answer')
  })

  it('ends when the customer writes /end', async () => {
    const { customer, agent } = await open()
    await customer.asksForAPerson()
    await agent.opens('Ada Example')
    await agent.assigns('Grace Sample')
    await customer.sees('A human agent has joined the conversation.')
    await customer.says('/end')
    await customer.sees('You are back with the bot.')
    await agent.sees(/The user has ended the session/)
    await agent.desk.getByRole('button', { name: 'Reopen' }).waitFor()
    expect(await agent.desk.getByRole('button', { name: 'Close', exact: true }).count()).toBe(0)
  })

  it('tells the owner, and not the customer, why an address that cannot be read is refused', async () => {
    const { customer, agent } = await open()
    await customer.asksForAPerson({ typed: 'nobody@example' })
    await customer.sees('I could not reach a person.')
    const owners = customer.chat.locator('.note').filter({ hasText: "Only the bot's owner sees this" })
    await owners.getByText(/is not an e-mail address/i).waitFor()
    expect(
      await customer.chat
        .getByRole('article')
        .getByText(/is not an e-mail address/i)
        .count(),
    ).toBe(0)
    expect(await agent.desk.getByRole('heading', { name: 'No conversation yet' }).isVisible()).toBe(true)
  })

  it('lets agents assign, unassign, delete, restore and permanently delete a thread', async () => {
    const { customer, agent } = await open()
    await customer.asksForAPerson()
    await agent.opens('Ada Example')
    await agent.assigns('Alan Specimen')
    await agent.sees('Assigned to Alan Specimen')
    await agent.assigns('no one')
    await agent.sees('Unassigned')
    await agent.press('Delete')
    await customer.sees('You are back with the bot.')
    await agent.desk.getByText('This thread is in the trash').waitFor()
    await agent.press('Restore')
    await agent.press('Delete')
    await agent.press('Delete permanently')
    await agent.desk.getByRole('heading', { name: 'No conversation yet' }).waitFor()
    expect(await agent.desk.getByRole('listitem').count()).toBe(0)
  })
})

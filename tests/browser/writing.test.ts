import { describe, expect, it } from 'vitest'
import { usesPage } from './page'

const { open } = usesPage()

describe('what is written but not sent', () => {
  it('survives choosing another customer, on both sides', async () => {
    const { page, customer, agent } = await open()
    await customer.asksForAPerson()
    await agent.sees('Ada Example asked the bot for a person.')
    await customer.chat.getByRole('textbox').fill('Half a question')
    await agent.editor.click()
    await page.keyboard.press('Control+b')
    await page.keyboard.type('Half an answer')
    await agent.attaches({ name: 'bill.txt', mimeType: 'text/plain', buffer: Buffer.from('30 euros') })
    await customer.isNew('Lin Sample')
    expect(await customer.chat.getByRole('textbox').inputValue()).toBe('')
    await agent.opens('Ada Example')
    expect(await customer.chat.getByRole('textbox').inputValue()).toBe('Half a question')
    expect(await agent.editor.locator('b').innerText()).toBe('Half an answer')
    await agent.press('Reply')
    await customer.sees('Half an answer')
    await customer.sees('bill.txt')
    expect(await agent.editor.innerText()).toBe('')
  })
})

describe("the agent's editor", () => {
  it('inserts a link before anything was clicked or written', async () => {
    const { page, customer, agent } = await open()
    await customer.asksForAPerson()
    await agent.press('Link')
    await agent.desk.getByLabel('Address of the link').fill('https://shop.example.com/vases')
    await page.keyboard.press('Enter')
    await agent.press('Reply')
    const link = customer.chat.getByRole('link', { name: 'https://shop.example.com/vases' })
    expect(await link.getAttribute('href')).toBe('https://shop.example.com/vases')
  })

  it('refuses what is no address, and does not lose a link to the Reply button', async () => {
    const { customer, agent } = await open()
    await customer.asksForAPerson()
    await agent.editor.fill('See ')
    await agent.press('Link')
    const address = agent.desk.getByLabel('Address of the link')
    await address.fill('not an address')
    await agent.press('Reply')
    await agent.desk.getByText('This is not an address.').waitFor()
    expect((await agent.editor.innerText()).trim()).toBe('See')
    await address.fill('shop.example.com')
    await agent.press('Reply')
    await customer.chat.getByRole('link', { name: 'https://shop.example.com' }).waitFor()
  })

  it('takes lists of several items', async () => {
    const { page, customer, agent } = await open()
    await customer.asksForAPerson()
    await agent.editor.click()
    await agent.press('List')
    for (const item of ['A picture', 'The number', 'The box']) {
      await page.keyboard.type(item)
      await page.keyboard.press('Enter')
    }
    await page.keyboard.press('Enter')
    await page.keyboard.type('Thank you')
    await page.keyboard.press('Enter')
    await agent.sees('Thank you')
    expect(await agent.thread.getByRole('article').last().getByRole('listitem').allInnerTexts()).toEqual([
      'A picture',
      'The number',
      'The box',
    ])
    await customer.sees(/The number/)
  })
})

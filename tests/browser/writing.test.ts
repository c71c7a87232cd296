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
  it('inserts a link before anything was clicked or written, and refuses what is no address with a word', async () => {
    const { page, customer, agent } = await open()
    await customer.asksForAPerson()
    const asked: string[] = []
    const answers = ['not an address', 'nonsense', 'shop.example.com']
    page.on('dialog', (dialog) => {
      asked.push(dialog.message())
      void dialog.accept(answers[asked.length - 1])
    })
    await agent.press('Link')
    expect(asked).toEqual([
      'Address of the link:',
      '“not an address” is not an address. An address looks like https://example.com.',
      '“nonsense” is not an address. An address looks like https://example.com.',
    ])
    await agent.press('Reply')
    const link = customer.chat.getByRole('link', { name: 'https://shop.example.com' })
    expect(await link.getAttribute('href')).toBe('https://shop.example.com')
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

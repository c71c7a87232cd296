import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { usesPage } from './page'

const { open } = usesPage()

/** More than the number of controls on the page. */
const MOST_STOPS = 120

/** Presses Tab until the control with this role and accessible name has the focus. */
async function tabTo(page: Page, role: Parameters<Page['getByRole']>[0], name: string): Promise<void> {
  const wanted = page.getByRole(role, { name, exact: true }).and(page.locator(':focus'))
  for (let stop = 0; stop < MOST_STOPS; stop += 1) {
    if ((await wanted.count()) > 0) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab does not lead to the ${role} "${name}"`)
}

describe('the page, used with the keyboard only,', () => {
  it('allows a whole handoff', async () => {
    const { page, customer, agent } = await open()
    const { keyboard } = page
    await customer.sees('Hello! I am the bot of this shop.')
    await tabTo(page, 'textbox', 'Message as Ada Example')
    await keyboard.type('agent please')
    await keyboard.press('Enter')
    await customer.sees(/Which team would you like to talk to/)
    await tabTo(page, 'button', 'Support')
    await keyboard.press('Enter')
    await customer.sees(/e-mail address or phone number/)
    await tabTo(page, 'button', 'ada@example.com')
    await keyboard.press('Space')
    await customer.sees('I have escalated this conversation to a human agent.')

    await agent.sees('Ada Example asked the bot for a person.')
    await tabTo(page, 'combobox', 'Assigned to')
    await keyboard.type('Grace')
    await customer.sees('A human agent has joined the conversation.')
    await tabTo(page, 'textbox', 'Reply to Ada Example')
    await keyboard.type('Hello')
    await keyboard.press('Shift+Enter')
    await keyboard.type('Ada')
    await keyboard.press('Enter')
    await customer.sees(/Hello\s*Ada/)

    await tabTo(page, 'textbox', 'Message as Ada Example')
    await keyboard.type('Bye')
    await keyboard.press('Enter')
    await agent.sees('Bye')
    await tabTo(page, 'button', 'Close')
    await keyboard.press('Enter')
    await customer.sees('You are back with the bot.')
    expect(await agent.thread.getByText('Thread closed').count()).toBe(1)
    await page.getByRole('button', { name: 'Reopen' }).and(page.locator(':focus')).waitFor()
    await tabTo(page, 'button', 'Delete')
    await keyboard.press('Enter')
    await page.getByRole('button', { name: 'Restore' }).and(page.locator(':focus')).waitFor()
  })

  it('keeps the focus while others write', async () => {
    const { page, customer } = await open()
    const other = await open()
    await customer.sees('Hello! I am the bot of this shop.')
    await tabTo(page, 'textbox', 'Message as Ada Example')
    await page.keyboard.type('Half a')
    await other.customer.says('When do you open?')
    await customer.sees(/nine to six/)
    await page.keyboard.type(' sentence')
    expect(await customer.chat.getByRole('textbox').inputValue()).toBe('Half a sentence')
  })

  it('shows the request of a call', async () => {
    const { page, calls } = await open()
    await tabTo(page, 'region', 'Log of calls')
    for (const key of ['Tab', 'Enter']) await page.keyboard.press(key)
    await calls.list.locator('details.call').first().waitFor()
    for (const key of ['Tab', 'Enter']) await page.keyboard.press(key)
    await calls.list.getByRole('region', { name: 'Response' }).waitFor()
    expect(await calls.list.getByRole('region', { name: 'Request' }).innerText()).toContain('{')
  })
})

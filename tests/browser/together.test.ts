import { describe, expect, it } from 'vitest'
import { usesPage } from './page'

const { open, stack } = usesPage()

describe('the page with several users', () => {
  it('separates two customers and two agents, with their own windows and inboxes', async () => {
    const desk = await open({ path: '/?only=desk' })
    // Its desk is hidden, so nothing is read there.
    const { customer } = await open({ path: '/?only=chat' })
    await customer.asksForAPerson({ team: 'Support' })
    await customer.isNew('Lin Sample')
    await customer.asksForAPerson({ team: 'Sales', address: 'lin@example.com' })

    await desk.agent.desk.getByRole('heading', { name: 'Sales inbox 1 unread' }).waitFor()
    await desk.agent.entry('Lin Sample').getByText('1 unread').waitFor()
    await desk.agent.is('Alan Specimen')
    await desk.agent.opens('Lin Sample')
    await expect.poll(() => desk.page.title()).toBe("Alan Specimen's desk in HubSpot")
    expect(await customer.chat.page().title()).toBe("Lin Sample's chat")
    await desk.agent.entry('Lin Sample').getByText('1 unread').waitFor({ state: 'detached' })
    await desk.agent.replies('Hello Lin')
    await customer.sees('Hello Lin')
    await customer.is('Ada Example')
    await customer.sees('I have escalated this conversation to a human agent.')
    expect(await customer.chat.getByText('Hello Lin').count()).toBe(0)

    const here = await open()
    await here.agent.opens('Ada Example')
    await here.agent.replies('Hello Ada')
    await customer.sees('Hello Ada')
    await customer.is('Lin Sample')
    await customer.sees('Hello Lin')
    expect(await customer.chat.getByText('Hello Ada').count()).toBe(0)
  })

  it("keeps shared state and the window's own choices after a reload", async () => {
    const { page, customer, agent } = await open()
    await customer.isNew('Lin Sample')
    await customer.asksForAPerson({ address: '+1 212 555 0162' })
    await agent.is('Edith Example')
    await agent.opens('Lin Sample')
    await agent.replies('Just a moment')
    await page.reload()
    await customer.sees('Just a moment')
    await agent.sees('Just a moment')
    expect(await agent.desk.getByLabel('You are').locator('option:checked').innerText()).toBe('Edith Example')
  })

  it('starts over completely, in every window', async () => {
    const { page, customer, agent, calls } = await open()
    const other = await open({ path: '/?only=desk' })
    await customer.asksForAPerson()
    await other.agent.opens('Ada Example')
    await customer.chat.getByRole('textbox').fill('Half a sent')
    await page.getByRole('button', { name: 'Start over' }).click()
    await agent.desk.getByRole('heading', { name: 'No conversation yet' }).waitFor()
    await other.agent.desk.getByRole('heading', { name: 'No conversation yet' }).waitFor()
    await customer.sees('Hello! I am the bot of this shop.')
    expect(await customer.chat.getByText('I want to talk to a human').count()).toBe(0)
    expect(await calls.groups.filter({ hasText: 'Bot asked for a person' }).count()).toBe(0)
    expect(await customer.chat.getByRole('textbox').inputValue()).toBe('')
    await customer.asksForAPerson()
    await other.agent.opens('Ada Example')
    await other.agent.replies('Hello again')
    await customer.sees('Hello again')
  })

  it('links to the settings of the current sandbox, even after starting over', async () => {
    const { page } = await open()
    const settingsShow = async () => {
      await page.getByRole('link', { name: 'Set up' }).click()
      await page.getByRole('heading', { name: 'Configuration' }).waitFor()
      return page.getByLabel('Webhook URL').inputValue()
    }
    const before = await settingsShow()
    expect(before).toBe(stack().botpress.webhookUrl)
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Saved.').waitFor()

    await page.getByRole('link', { name: 'Chat and inbox' }).click()
    const isDone = page.waitForResponse(/startOver/)
    await page.getByRole('button', { name: 'Start over' }).click()
    await isDone
    expect(stack().botpress.webhookUrl).not.toBe(before)
    expect(await settingsShow()).toBe(stack().botpress.webhookUrl)
    expect(await page.getByText('Saved.').count()).toBe(0)
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Saved.').waitFor()
  })
})

import { describe, expect, it } from 'vitest'
import { usesPage } from './page'

const { open, stack } = usesPage()

const [SALES, HELP_DESK] = ['481939', '481940']

describe('the help desk on the page', () => {
  it("shows the thread's ticket with what the card set", async () => {
    const { customer, agent } = await open()
    await customer.sees('Hello!')
    const escalation = {
      title: 'A lost parcel',
      description: 'It left on Monday.',
      userEmail: 'ada@example.com',
      hitlSession: {
        inboxId: HELP_DESK,
        priority: 'urgent',
        ticketProperties: [
          { name: 'hs_pipeline', value: '77001' },
          { name: 'hs_pipeline_stage', value: '77012' },
          { name: 'order_number', value: '1042' },
        ],
      },
    }
    await stack().botpress.chat.customers[0]?.escalate(escalation)
    const ticket = agent.desk.getByRole('group', { name: 'Ticket' })
    await ticket.getByRole('heading', { name: 'A lost parcel' }).waitFor()
    const shown = async (what: 'term' | 'definition') => ticket.getByRole(what).allInnerTexts()
    await expect.poll(() => shown('term')).toEqual(['Description', 'Priority', 'Pipeline', 'Stage', 'order_number'])
    expect(await shown('definition')).toEqual(['It left on Monday.', 'URGENT', 'Returns', 'Refunded', '1042'])
  })

  it('shows no ticket beside a thread of an inbox', async () => {
    const { customer, agent } = await open()
    await customer.sees('Hello!')
    const escalation = { title: 'A vase', userEmail: 'ada@example.com', hitlSession: { inboxId: SALES } }
    await stack().botpress.chat.customers[0]?.escalate(escalation)
    await agent.thread.waitFor()
    expect(await agent.desk.getByRole('group', { name: 'Ticket' }).count()).toBe(0)
  })
})

describe("an agent's switch", () => {
  it('says in every window, and to the bot, who is available', async () => {
    const [here, there] = [await open(), await open({ path: '/?only=desk' })]
    const grace = (window: typeof here) => window.agent.desk.getByRole('switch', { name: /^Grace Sample/ })
    await grace(there).click()
    await here.agent.desk.getByText('Grace Sample away').waitFor()
    expect(await grace(here).isChecked()).toBe(false)
    const { output } = await stack().botpress.action('getAvailability', {})
    expect(output).toMatchObject({ agents: [{ name: 'Alan Specimen' }, { name: 'Edith Example' }] })
    await grace(here).click()
    await there.agent.desk.getByText('Grace Sample available').waitFor()
  })

  it('keeps the bot from promising a person if all are away', async () => {
    const { customer, agent } = await open()
    const switches = agent.desk.getByRole('switch')
    await switches.first().waitFor()
    for (const each of await switches.all()) await each.click()
    await expect.poll(() => agent.desk.getByText(/ away$/).count()).toBe(3)
    await customer.asksForAPerson({ team: 'Support' })
    await customer.sees('No one is available right now.')
    await agent.sees('For: Support')
  })
})

import type { Locator, Page } from 'playwright-core'

export type Hands = ReturnType<typeof handsOn>

/** A file for a file input. */
export type Picked = { name: string; mimeType: string; buffer: Buffer }

/** User actions on the sandbox's page, found by accessible names. For the browser tests and the screenshots. */
export function handsOn(page: Page) {
  return { page, customer: customerOn(page), agent: agentOn(page), troubles: troublesOn(page), calls: callsOn(page) }
}

function customerOn(page: Page) {
  const chat = page.getByRole('region', { name: "The customer's chat" })
  const chooses = (answer: string) => chat.getByRole('button', { name: answer, exact: true }).last().click()
  const says = async (text: string) => {
    await chat.getByRole('textbox').fill(text)
    await chat.getByRole('button', { name: 'Send' }).click()
  }
  return {
    chat,
    says,
    chooses,
    sees: (text: string | RegExp) => chat.getByText(text).last().waitFor(),
    attaches: (file: Picked) => chat.getByLabel('Attach a picture or file').setInputFiles(file),
    /** Answers the bot's questions until the session opens: with an address that it offers, or with a typed one. */
    asksForAPerson: async (answers: { team?: string; address?: string; typed?: string } = {}) => {
      const { team = 'Support', address = 'ada@example.com', typed } = answers
      await says('I want to talk to a human')
      await chooses(team)
      await (typed === undefined ? chooses(address) : says(typed))
    },
    /** Another customer opens the chat. */
    isNew: async (name: string) => {
      await chat.getByRole('button', { name: 'New customer' }).click()
      await chat.getByLabel(`Message as ${name}`).waitFor()
    },
    is: async (name: string) => {
      await chat.getByRole('navigation', { name: 'Customers' }).getByText(name).click()
      await chat.getByLabel(`Message as ${name}`).waitFor()
    },
  }
}

function agentOn(page: Page) {
  const desk = page.getByRole('region', { name: "The agents' desk in HubSpot" })
  const press = (name: string) => desk.getByRole('button', { name, exact: true }).click()
  const editor = desk.getByRole('textbox', { name: /^Reply to/ })
  return {
    desk,
    editor,
    press,
    thread: desk.getByRole('log'),
    /** The list entry of a customer's thread. */
    entry: (name: string): Locator => desk.getByRole('listitem').filter({ hasText: name }).getByRole('button'),
    opens: (name: string) => desk.getByRole('listitem').filter({ hasText: name }).getByRole('button').first().click(),
    is: (name: string) => desk.getByLabel('You are').selectOption(name),
    assigns: (name: string) => desk.getByLabel('Assigned to').selectOption(name),
    sees: (text: string | RegExp) => desk.getByRole('log').getByText(text).last().waitFor(),
    replies: async (text: string) => {
      await editor.fill(text)
      await press('Reply')
    },
    attaches: (file: Picked) => desk.getByLabel('Attach files').setInputFiles(file),
  }
}

function troublesOn(page: Page) {
  const trouble = page.getByRole('region', { name: 'Trouble' })
  return {
    /** Presses the button and resolves to the outcome that the page shows. */
    play: async (title: string): Promise<string> => {
      const entry = trouble.getByRole('listitem').filter({ has: page.getByText(title, { exact: true }) })
      await entry.getByRole('button').click()
      const outcome = entry.locator('.is-good, .is-bad')
      await outcome.filter({ hasText: /\.$/ }).waitFor({ timeout: 40_000 })
      return outcome.innerText()
    },
  }
}

function callsOn(page: Page) {
  const calls = page.getByRole('region', { name: 'Calls', exact: true })
  const list = calls.getByRole('region', { name: 'Log of calls' })
  const groups = list.locator('details.group')
  return {
    list,
    groups,
    /** The calls of all groups, which it unfolds. */
    rows: async () => {
      await list.evaluate((log: { querySelectorAll: (groups: string) => Iterable<{ open: boolean }> }) => {
        for (const group of log.querySelectorAll('details.group')) group.open = true
      })
      const rows = list.locator('details.call')
      await rows.first().waitFor()
      return rows
    },
    counts: calls.getByRole('list'),
  }
}

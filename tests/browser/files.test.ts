import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import type { Picked } from '../../scripts/page-hands.mjs'
import { usesPage } from './page'

const { open } = usesPage()

/** One red pixel. */
const PICTURE: Picked = {
  name: 'vase.png',
  mimeType: 'image/png',
  buffer: Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
    'base64',
  ),
}

const BILL: Picked = { name: 'bill.txt', mimeType: 'text/plain', buffer: Buffer.from('One vase, 30 euros') }

/** Greater than 0 if the browser could load the picture. */
const widthOf = (image: { naturalWidth: number }): number => image.naturalWidth

describe('files on the page', () => {
  it('reach the agent, who sees the picture', async () => {
    const { customer, agent } = await open()
    await customer.asksForAPerson()
    await agent.opens('Ada Example')
    await customer.attaches(PICTURE)
    const picture = agent.thread.getByRole('img', { name: 'vase.png' })
    await picture.waitFor()
    await expect.poll(() => picture.evaluate(widthOf)).toBe(1)
    await expect.poll(() => customer.chat.getByRole('img', { name: 'vase.png' }).evaluate(widthOf)).toBe(1)
  })

  it('reach the customer, who can download them', async () => {
    const { page, customer, agent } = await open()
    await customer.asksForAPerson()
    await agent.opens('Ada Example')
    await agent.attaches(BILL)
    await agent.attaches(PICTURE)
    await agent.desk.getByRole('button', { name: 'Remove vase.png' }).click()
    await agent.replies('Here is your bill.')
    await customer.sees('Here is your bill.')
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      customer.chat.getByRole('link', { name: 'bill.txt' }).click(),
    ])
    expect(await readFile(await download.path(), 'utf8')).toBe('One vase, 30 euros')
    expect(await customer.chat.getByRole('img').count()).toBe(0)
  })
})

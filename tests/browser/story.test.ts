import type { BrowserContextOptions } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { playHandoff } from '../../sandbox/demo'
import { serveOnLoopback, type Served } from '../../sandbox/http/serve'
import { sandboxPages } from '../../sandbox/pages'
import { renewable, type RenewableStack } from '../../sandbox/renewable'
import { startFullStack } from '../../sandbox/stack'
import type { Step } from '../../sandbox/story'
import { handsOn } from '../../scripts/page-hands.mjs'
import { usesBrowser } from './browser'

let stack: RenewableStack
let steps: Promise<Step[]>
/** The same handoff on the page of `npm start`, and on that of `npm start -- --demo`. */
let served: { start: Served; demo: Served }

beforeAll(async () => {
  stack = renewable(await startFullStack())
  steps = playHandoff(stack, () => {})
  const serve = (isReplayed: boolean) => serveOnLoopback(sandboxPages(stack, { steps, isReplayed }))
  served = { start: await serve(false), demo: await serve(true) }
})
afterAll(async () => {
  await served.start.close()
  await served.demo.close()
  await stack.close()
})
const openWindow = usesBrowser()

async function open(page: keyof typeof served = 'start', options: BrowserContextOptions = {}) {
  const window = await openWindow({ viewport: { width: 1440, height: 900 }, ...options })
  await window.goto(served[page].url)
  const ribbon = window.getByRole('region', { name: 'The handoff' })
  return {
    ...handsOn(window),
    ribbon,
    caption: ribbon.getByRole('status'),
    press: (name: string) => ribbon.getByRole('button', { name }).click(),
    reached: () => ribbon.locator('.is-reached b').allInnerTexts(),
  }
}

const STAGES = ['Saved', 'Asked', 'Joined', 'Answered', 'Closed']

describe('the handoff that is played at the start', () => {
  it('is waited for by a page that opens early, and then shown on both sides', async () => {
    const { page, customer, agent, caption, reached } = await open()
    await page.getByText('The sandbox is playing a handoff').waitFor()
    await caption.getByText('Grace Sample answered and closed the conversation').waitFor()
    expect(await steps).toHaveLength(13)
    expect(stack.botpress.operations.filter(({ operation }) => operation === 'register')).toHaveLength(1)
    expect(stack.botpress.chat.customers.map(({ name }) => name)).toEqual(['Ada Example', 'Ben Muster'])
    await customer.sees('You are back with the bot.')
    await agent.sees(/failed: Not delivered: the session has ended/)
    expect(await reached()).toEqual(STAGES)
    expect(await page.title()).toMatch(/^Ada Example's/)
  })

  it('ties customer and thread together: choosing one shows the other, and how far the session is', async () => {
    const { page, customer, agent, caption, reached } = await open()
    const colours = () =>
      page.evaluate<string[]>(`['.widget > header', '.thread > header', '.ribbon'].map((place) => {
        const { backgroundColor, borderBottomColor, borderLeftColor } = getComputedStyle(document.querySelector(place))
        return { '.widget > header': backgroundColor, '.thread > header': borderBottomColor, '.ribbon': borderLeftColor }[place]
      })`)
    await agent.sees('It leaves today!')
    const ofAda = new Set(await colours())
    await agent.opens('Ben Muster')
    await customer.sees('The one of my company.')
    await caption.getByText('Ben asked for a person. Alan Specimen is answering.').waitFor()
    expect(await reached()).toEqual(STAGES.slice(0, 4))
    const ofBen = new Set(await colours())
    expect([ofAda.size, ofBen.size]).toEqual([1, 1])
    expect(ofBen).not.toEqual(ofAda)
    await customer.is('Ada Example')
    await agent.sees('It leaves today!')
    expect(await reached()).toEqual(STAGES)
  })

  it('is replayed step by step, with both sides, ribbon and calls as they were', async () => {
    const { page, customer, agent, calls, caption, press, reached } = await open()
    await press('Replay')
    await caption.getByText('1 of 13: The owner saves the configuration').waitFor()
    expect(await page.evaluate('document.activeElement.innerText.trim()')).toBe('Back to live')
    for (let step = 2; step <= 4; step += 1) await press('Next step')
    await caption.getByText('4 of 13: An agent takes the thread').waitFor()
    expect(await reached()).toEqual(STAGES.slice(0, 3))
    expect(await calls.groups.locator('b').allInnerTexts()).toEqual([
      'Owner saved the configuration',
      'Bot asked for a person',
      'Agent took the thread',
    ])
    const counts = await calls.counts.first().locator('b').allInnerTexts()
    expect(counts.reduce((sum, count) => sum + Number(count), 0)).toBe(await (await calls.rows()).count())
    expect(await customer.chat.getByText('Hello, is anyone there?').count()).toBe(0)
    expect(await agent.thread.getByText('Hello, is anyone there?').count()).toBe(0)
    expect(await customer.chat.getByText('Ben Muster').count()).toBe(0)
    expect(await customer.chat.getByRole('textbox').count()).toBe(0)
    await press('Next step')
    await customer.sees('Hello, is anyone there?')
    await agent.sees('Hello, is anyone there?')
    await press('Previous step')
    await caption.getByText('4 of 13').waitFor()
    await press('Back to live')
    await customer.sees('You are back with the bot.')
    await customer.chat.getByRole('textbox').waitFor()
  })

  it('plays by itself in the demo, stops on request, and follows the customer', async () => {
    const { customer, caption, press } = await open('demo')
    await caption.getByText('1 of 13').waitFor()
    await caption.getByText('2 of 13').waitFor()
    await press('Pause')
    const paused = await caption.innerText()
    await press('Next step')
    const next = Number(/^\d+/.exec(paused)?.[0]) + 1
    await caption.getByText(`${next} of 13`).waitFor()
    for (let step = next; step < 12; step += 1) await press('Next step')
    await caption.getByText('12 of 13').waitFor()
    await customer.sees('Which address do you use, Ben?')
    expect(await customer.chat.getByText('The one of my company.').count()).toBe(0)
    await press('Next step')
    await press('Next step')
    await customer.sees('The one of my company.')
    await customer.chat.getByRole('textbox', { name: 'Message as Ben Muster' }).waitFor()
  })
})

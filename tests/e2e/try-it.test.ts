import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startStack, type Stack } from '../../sandbox/stack'
import { clockAhead } from '../support/clock'
import { authorize, choose, nextOf, pressTest, startUrl, visit, type Page } from '../support/visitor'
import { GRACE } from '../support/webhooks'

const [SALES, SUPPORT] = ['481939', '481940']

let stack: Stack
let connected: Page
let undo = () => {}
beforeEach(async () => {
  stack = await startStack({ isConnected: false })
  connected = await choose(await authorize(stack), [SUPPORT, SALES])
})
afterEach(async () => {
  undo()
  undo = () => {}
  await stack.close()
})

/** Like a page that reloads itself after all webhooks have arrived. */
async function reloaded(page: Page): Promise<Page> {
  await stack.settled()
  return visit(page.url)
}

const threadOf = (index = -1) => stack.hubspot.threads().at(index) ?? expect.fail('There is no thread.')

const minutesLater = (minutes: number) => {
  undo()
  undo = clockAhead(minutes * 60_000)
}

const MISSING = '✗ Not seen within two minutes'

describe('a test by the owner', () => {
  it('opens a conversation in the chosen inbox and ticks off what arrives, without the bot', async () => {
    const page = await pressTest(connected, SALES)
    expect(page).toMatchObject({ status: 200, title: 'Try it' })
    expect(page.text).toContain(
      '"Test from Botpress" is in the inbox "Sales inbox" (481939) of HubSpot account 243842089 (portal.example.com).',
    )
    expect(page.text.match(/… Waiting/g)).toHaveLength(3)
    expect(nextOf(page)).toBe(page.url)
    const { id, inboxId } = threadOf()
    expect(inboxId).toBe(SALES)
    expect(stack.hubspot.messages(id)[0]).toMatchObject({ text: expect.stringMatching(/^Test from Botpress\. Please/) })

    stack.hubspot.agent.assign(id, GRACE)
    expect((await reloaded(page)).text).toMatch(/Take it: assign it to yourself\. ✓ Seen after \d s Answer.*… Waiting/)
    const { id: replyId } = stack.hubspot.agent.reply(id, { actorId: GRACE, text: 'It works.' })
    expect((await reloaded(page)).text).toMatch(/marks them as sent\. ✓ Seen after \d s Close it\. … Waiting/)
    const reply = stack.hubspot.messages(id).find((message) => message.id === replyId)
    expect(reply).toMatchObject({ status: { statusType: 'SENT' } })
    stack.hubspot.agent.close(id)
    const done = await reloaded(page)
    expect(done).toMatchObject({ title: 'It works' })
    expect(done.text.match(/✓ Seen/g)).toHaveLength(3)
    expect(nextOf(done)).toBeUndefined()

    expect([stack.botpress.messages, stack.botpress.users, stack.botpress.events]).toEqual([[], [], []])
  })

  it('is not ticked off as answered while HubSpot does not mark the answer as sent', async () => {
    const page = await pressTest(connected, SALES)
    stack.hubspot.faults = ({ method, path }) =>
      method === 'PATCH' && path.includes('/messages/') ? { kind: 'status', status: 400 } : undefined
    stack.hubspot.agent.reply(threadOf().id, { actorId: GRACE, text: 'It works.' })
    expect((await reloaded(page)).text).toMatch(/marks them as sent\. … Waiting/)
  })

  it('is opened once by two clicks, reloads and the way back, and at most once a minute', async () => {
    const [page, twin] = await Promise.all([pressTest(connected, SALES), pressTest(connected, SUPPORT)])
    expect(twin.text).toBe(page.text)
    await visit(page.url)
    await pressTest(connected, SALES)
    stack.hubspot.agent.close(threadOf().id)
    await stack.settled()
    await pressTest(connected, SALES)
    expect(stack.hubspot.threads()).toHaveLength(1)
    minutesLater(1)
    await pressTest(connected, SALES)
    expect(stack.hubspot.threads()).toHaveLength(2)
  })

  it('is closed by the next one if it was not finished', async () => {
    const page = await pressTest(connected, SALES)
    minutesLater(2.1)
    await pressTest(await visit(page.url), SALES)
    expect(stack.hubspot.threads().map(({ status }) => status)).toEqual(['CLOSED', 'OPEN'])
    expect((await visit(page.url)).text).toContain('This test is over.')
  })

  it('costs nothing without a session, or for an account that is no longer connected', async () => {
    const calls = () => stack.hubspot.log.calls.length
    const before = calls()
    const bare = startUrl(stack).replace('/start', '/try')
    for (const address of [bare, `${bare}&session=e30.abc`, `${bare}&test=bp-1`]) {
      const page = await visit(address)
      expect(page).toMatchObject({ status: 400, title: 'The test did not start' })
    }
    await stack.botpress.unregister()
    const afterwards = calls()
    expect((await pressTest(connected, SALES)).text).toContain('no longer connected to HubSpot account 243842089')
    expect([afterwards - before, calls() - afterwards]).toEqual([1, 0])
    expect(stack.hubspot.threads()).toEqual([])
  })

  it('that HubSpot refuses ends with its reason, and the next click opens one', async () => {
    stack.hubspot.switches.acceptsCustomChannels = false
    const page = await pressTest(connected, SALES)
    expect(page).toMatchObject({ status: 400, title: 'The test did not start' })
    expect(page.text).toContain('HubSpot did not open the test: HubSpot refused the request (status 403')
    stack.hubspot.switches.acceptsCustomChannels = true
    expect(await pressTest(connected, SALES)).toMatchObject({ title: 'Try it' })
  })
})

describe('a test whose two minutes are over', () => {
  it('says what to check for each step that was not seen', async () => {
    const page = await pressTest(connected, SALES)
    minutesLater(2.1)
    const late = await reloaded(page)
    expect(late).toMatchObject({ title: 'Not everything arrived' })
    expect(nextOf(late)).toBeUndefined()
    expect(late.text).toContain(
      `${MISSING}: check that the app is subscribed to conversation.propertyChange of assignedTo`,
    )
    expect(late.text).toContain(`its target URL is ${stack.botpress.webhookUrl}.`)
    expect(late.text).toContain(`${MISSING}: check that the channel "Botpress" is switched on in HubSpot's settings of`)
    expect(late.text).toContain(`${MISSING}: check that the app is subscribed to conversation.propertyChange of status`)
    expect(late.text).not.toContain('signature')
  })

  it('names only the events if the app sends them elsewhere', async () => {
    const page = await pressTest(connected, SALES)
    stack.hubspot.setAppWebhook(undefined)
    const { id } = threadOf()
    stack.hubspot.agent.assign(id, GRACE)
    stack.hubspot.agent.reply(id, { actorId: GRACE, text: 'It works.' })
    stack.hubspot.agent.close(id)
    await stack.settled()
    minutesLater(2.1)
    const late = await reloaded(page)
    expect(late.text).toMatch(/propertyChange of assignedTo.*marks them as sent\. ✓ Seen.*propertyChange of status/)
  })

  it('names the signature only if its version 1 proves that the request is from HubSpot', async () => {
    const page = await pressTest(connected, SALES)
    const { id } = threadOf()
    const other = stack.botpress.webhookUrl.replace('127.0.0.1', 'localhost')
    await stack.hubspot.webhook.send(other, [{ subscriptionType: 'conversation.deletion', objectId: 1 }])
    minutesLater(2.1)
    expect((await visit(page.url)).text).not.toContain('signature')
    undo()
    stack.hubspot.setAppWebhook(other)
    stack.hubspot.agent.assign(id, GRACE)
    await expect.poll(() => stack.hubspot.webhook.deliveries.at(-1)).toMatchObject({ kind: 'app', status: 401 })
    minutesLater(1.9)
    expect((await visit(page.url)).title).toBe('Try it')
    minutesLater(2.1)
    expect((await visit(page.url)).text).toContain('their version 3 signature does not match')
  })
})

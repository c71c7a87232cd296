import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Customer } from '../../sandbox/botpress'
import { startStack, type Stack } from '../../sandbox/stack'
import { loadSpecs } from '../contract/openapi'
import { chatLines, sees } from '../support/chat'
import { latestThread, receiptOf, threadLines } from '../support/thread'
import { GRACE } from '../support/webhooks'

const specs = loadSpecs()

const JOINED = 'A human agent has joined the conversation.'
const BACK = 'You are back with the bot.'

/** The tests run in order. Each one is the next step of the same handoff. */
describe.each(['v3', 'dated'] as const)('a whole handoff over the %s API family', (apiFamily) => {
  let stack: Stack
  let ada: Customer
  let first: string

  beforeAll(async () => {
    stack = await startStack({ apiFamily })
    stack.hubspot.contacts.add({ email: 'ada@example.com', firstname: 'Ada' })
  })
  afterAll(async () => stack.close())

  it('starts with a save that registers the channel and connects the inbox', async () => {
    expect(await stack.botpress.register()).toEqual({ ok: true, status: 200 })
    const [channel] = stack.hubspot.channels()
    expect(channel?.webhookUrl).toBe(stack.botpress.webhookUrl)
    expect(stack.hubspot.accounts(channel?.id ?? '')).toMatchObject([{ inboxId: '481939', authorized: true }])
    expect(stack.log).toEqual([
      'info: Connected to the inbox "Sales inbox" (481939) of HubSpot account 243842089 (portal.example.com).',
    ])
  })

  it('opens a thread with title and description, and the conversation so far as a note', async () => {
    ada = stack.botpress.chat.open({ name: 'Ada Example' })
    await ada.say('My order arrived broken.')
    await sees(ada, /^I am a bot/)
    const escalation = { title: 'Broken order', description: 'Order 1042', userEmail: 'ada@example.com' }
    expect(await ada.escalate(escalation)).toMatchObject({ ok: true })
    first = latestThread(stack)
    expect(threadLines(stack, first)).toEqual([
      'customer: Broken order\n\nOrder 1042\n\nAda Example asked the bot for a person.',
      'note: Conversation so far:\n\nAda Example: My order arrived broken.\n\nBot: I am a bot. Ask for a person and I will hand you over.',
    ])
    const [contact] = stack.hubspot.contacts.list()
    expect(stack.hubspot.thread(first).associatedContactId).toBe(contact?.id)
  })

  it('tells the customer that an agent has joined, whom Botpress knows by name and picture', async () => {
    stack.hubspot.agent.assign(first, GRACE)
    await sees(ada, JOINED)
    await stack.settled()
    expect(stack.botpress.users.find(({ tags }) => tags['actorId'] === GRACE)).toMatchObject({
      name: 'Grace Sample',
      pictureUrl: 'https://avatars.example.com/grace.sample.png',
      tags: { agentEmail: 'grace.sample@agents.example.com' },
    })
  })

  it('relays messages both ways, with a receipt for the agent', async () => {
    await ada.say('Hello, is somebody there? 👋🏽')
    await stack.settled()
    expect(threadLines(stack, first).at(-1)).toBe('customer: Hello, is somebody there? 👋🏽')
    const { id } = stack.hubspot.agent.reply(first, { actorId: GRACE, text: 'Yes, I am Grace.' })
    expect(await ada.waitFor(({ text }) => text === 'Yes, I am Grace.')).toMatchObject({
      who: 'agent',
      name: 'Grace Sample',
      picture: 'https://avatars.example.com/grace.sample.png',
    })
    await stack.settled()
    expect(receiptOf(stack, first, id)).toBe('SENT')
  })

  it('loses no message, not even files that cannot be downloaded', async () => {
    const sent = [
      { type: 'image', payload: { imageUrl: 'https://files.example.com/vase.jpg', title: 'The vase' } },
      { type: 'file', payload: { fileUrl: 'https://files.example.com/bill.pdf' } },
      { type: 'audio', payload: { audioUrl: 'https://files.example.com/voice.ogg' } },
      { type: 'video', payload: { videoUrl: 'https://files.example.com/fall.mp4' } },
      {
        type: 'bloc',
        payload: {
          items: [
            { type: 'text', payload: { text: 'I live here' } },
            { type: 'location', payload: { latitude: 52.5, longitude: 13.4 } },
          ],
        },
      },
    ]
    for (const message of sent) {
      await ada.send(message)
      await stack.settled()
    }
    expect(threadLines(stack, first).slice(-6)).toEqual([
      'customer: Picture: The vase\n(Not attached: it could not be downloaded.)\nhttps://files.example.com/vase.jpg',
      'customer: File\n(Not attached: it could not be downloaded.)\nhttps://files.example.com/bill.pdf',
      'customer: Audio\n(Not attached: it could not be downloaded.)\nhttps://files.example.com/voice.ogg',
      'customer: Video\n(Not attached: it could not be downloaded.)\nhttps://files.example.com/fall.mp4',
      'customer: I live here',
      'customer: Location\nhttps://www.google.com/maps/search/?api=1&query=52.5,13.4',
    ])
    stack.hubspot.agent.reply(first, {
      actorId: GRACE,
      text: 'Here it is',
      richText: '<p>Here <a href="https://shop.example.com/a?b=1&amp;c=2">it</a> is</p>',
      attachments: [{ name: 'label.pdf', contentType: 'application/pdf', content: 'pdf' }],
    })
    await sees(ada, 'Here [it](https://shop.example.com/a?b=1&c=2) is')
    const file = await ada.waitFor(({ who, type }) => who === 'agent' && type === 'file')
    expect(file.payload).toEqual({ fileUrl: expect.stringMatching(/^http:\/\/127\.0\.0\.1/), title: 'label.pdf' })
  })

  it('hands the customer back to the bot when the agent closes the thread', async () => {
    stack.hubspot.agent.close(first, GRACE)
    await sees(ada, BACK)
    await stack.settled()
    expect(chatLines(ada).filter((line) => line.includes(BACK))).toHaveLength(1)
    await ada.say('Thanks')
    await stack.settled()
    expect(chatLines(ada).at(-1)).toMatch(/^bot: I am a bot/)
  })

  it('opens another thread when the same person escalates again, and closes it when the customer ends the session', async () => {
    expect(await ada.escalate({ userEmail: 'ada@example.com' })).toMatchObject({ ok: true })
    const second = latestThread(stack)
    expect(second).not.toBe(first)
    await ada.say('Me again')
    stack.hubspot.agent.assign(second, GRACE)
    await stack.settled()
    await ada.end()
    await stack.settled()
    expect(threadLines(stack, second)).toContain('customer: Me again')
    // They are sent side by side.
    expect(new Set(threadLines(stack, second).slice(-2))).toEqual(
      new Set(['note: ( The user has ended the session. )', 'status: CLOSED']),
    )
    expect(threadLines(stack, second)[1]).toContain('Ada Example: My order arrived broken.')
    expect(chatLines(ada).filter((line) => line.includes(BACK))).toHaveLength(2)
    expect(stack.hubspot.threads()).toHaveLength(2)
  })

  it('tells an agent who writes too late that the message was not delivered', async () => {
    const { id } = stack.hubspot.agent.reply(first, { actorId: GRACE, text: 'One more thing' })
    await stack.settled()
    expect(receiptOf(stack, first, id)).toMatch(/^FAILED: Not delivered: the session has ended/)
  })

  it('leaves no channel and no state after uninstalling', async () => {
    expect(await stack.botpress.unregister()).toEqual({ ok: true, status: 200 })
    expect(stack.hubspot.channels()).toEqual([])
    expect(stack.botpress.states.filter(({ payload }) => payload !== null)).toEqual([])
  })

  it.skipIf(!specs)("has made only calls that match HubSpot's API descriptions", () => {
    expect(stack.hubspot.log.calls.flatMap((call) => specs?.violations(call) ?? [])).toEqual([])
  })

  it('has caused no errors and warnings', () => {
    expect(stack.botpress.plugin.failures).toEqual([])
    expect(stack.botpress.plugin.drops.filter(({ kind }) => kind === 'event')).toEqual([])
    expect(stack.log.filter((line) => /^(warn|error)/.test(line))).toEqual([])
    // HubSpot refuses to tell the webhook settings of a project app.
    const failed = stack.hubspot.log.calls.filter(({ status, path }) => !path.startsWith('/webhooks/') && status >= 400)
    expect(failed.map(({ method, path, status }) => `${method} ${path} ${status}`)).toEqual([])
  })
})

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startStack, type Stack } from '../../sandbox/stack'
import { latestThread, threadLines } from '../support/thread'

let stack: Stack
beforeEach(async () => {
  stack = await startStack()
  stack.hubspot.contacts.add({ email: 'ada@example.com' })
  await stack.botpress.register()
})
afterEach(async () => stack.close())

async function escalatedWith(messageHistory: unknown[]): Promise<string[]> {
  const { output } = await stack.botpress.action('createUser', { name: 'Ada', email: 'ada@example.com' })
  const { ok } = await stack.botpress.action('startHitl', { ...Object(output), messageHistory })
  expect(ok).toBe(true)
  return threadLines(stack, latestThread(stack)).slice(1)
}

const fromBot = (type: string, payload: object) => ({ source: { type: 'bot' }, type, payload })

describe('the conversation so far', () => {
  it('includes every kind of message', async () => {
    const url = 'https://example.com/x'
    const card = {
      title: 'Vase',
      subtitle: 'Blue',
      imageUrl: url,
      actions: [{ action: 'url', label: 'Buy', value: url }],
    }
    const [note, ...others] = await escalatedWith([
      fromBot('text', { text: 'Hello' }),
      fromBot('markdown', { markdown: '**Bold** words' }),
      fromBot('image', { imageUrl: url, title: 'Cat' }),
      fromBot('audio', { audioUrl: url }),
      fromBot('video', { videoUrl: url }),
      fromBot('file', { fileUrl: url, title: 'Bill' }),
      fromBot('location', { latitude: 1.5, longitude: 2.5, title: 'Home' }),
      fromBot('card', card),
      fromBot('carousel', { items: [card] }),
      fromBot('choice', { text: 'Which?', options: [{ label: 'This', value: 'a' }] }),
      fromBot('dropdown', { text: 'Whose?', options: [{ label: 'Mine', value: 'b' }] }),
      fromBot('bloc', { items: [{ type: 'text', payload: { text: 'In a bloc' } }] }),
    ])
    expect(others).toEqual([])
    for (const words of [
      'Hello',
      'Bold words',
      'Cat',
      'Audio',
      'Video',
      'Bill',
      'Home',
      'Vase',
      'Blue',
      'Buy',
      'Which?',
      'This',
      'Whose?',
      'Mine',
      'In a bloc',
    ]) {
      expect(note).toContain(words)
    }
    expect(note?.match(/Bot: /g)).toHaveLength(12)
  })

  it('names the speakers in bold', async () => {
    await escalatedWith([fromBot('text', { text: 'Hello' })])
    const note = stack.hubspot.messages(latestThread(stack)).find(({ type }) => type === 'COMMENT')
    expect(note).toMatchObject({ richText: '<p>Conversation so far:</p><p><strong>Bot:</strong> Hello</p>' })
  })

  it('keeps the newest messages if it is long, and says how many are missing', async () => {
    const history = Array.from({ length: 500 }, (_, n) =>
      fromBot('text', { text: `Message ${n}: ${'word '.repeat(50)}` }),
    )
    const notes = await escalatedWith(history)
    expect(notes.length).toBeGreaterThan(1)
    expect(notes.length).toBeLessThanOrEqual(8)
    expect(notes[0]).toMatch(/^note: Conversation so far \(part 1 of 8; the \d+ oldest messages are left out\):/)
    expect(notes.at(-1)).toContain('Message 499:')
  })

  it('arrives as a message if HubSpot refuses notes', async () => {
    stack.hubspot.switches.refuseComments = true
    expect(await escalatedWith([fromBot('text', { text: 'Hello' })])).toEqual([
      'customer: Conversation so far:\n\nBot: Hello',
    ])
  })

  it('does not fail the escalation if HubSpot refuses it in every form', async () => {
    stack.hubspot.faults = ({ method, path }) =>
      method === 'POST' && /threads\/\d+\/messages$/.test(path) ? { kind: 'status', status: 500 } : undefined
    expect(await escalatedWith([fromBot('text', { text: 'Hello' })])).toEqual([])
    expect(stack.log.at(-1)).toMatch(/^warn: The conversation so far could not be shown in HubSpot thread \d+/)
  })
})

describe('the opening', () => {
  it('is one message of rich text, however long title and description are', async () => {
    const { output } = await stack.botpress.action('createUser', { name: 'Ada', email: 'ada@example.com' })
    const description = `**Order** [1042](https://shop.example/1042)\n${'word '.repeat(240_000)}`
    const input = { ...Object(output), title: `# Refund ${'x'.repeat(1_200_000)}`, description, messageHistory: [] }
    expect(await stack.botpress.action('startHitl', input)).toMatchObject({ ok: true })
    const [opening, ...others] = stack.hubspot.messages(latestThread(stack))
    expect(others).toEqual([])
    expect(opening).toMatchObject({
      text: expect.stringMatching(
        /^Refund x{191} \(shortened\)\n\nOrder 1042 \(https.*\n(?:word ){1900,2000}\(shortened\)\n\nAda asked the bot/,
      ),
      richText: expect.stringContaining('<p>Order <a href="https://shop.example/1042">1042</a><br>word '),
    })
  })
})

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Customer } from '../../sandbox/botpress'
import type { Served } from '../../sandbox/http/serve'
import { startStack, type Stack } from '../../sandbox/stack'
import { loadSpecs } from '../contract/openapi'
import { serveFiles } from '../support/file-server'
import { openSession } from '../support/session'
import { receiptOf } from '../support/thread'
import { GRACE } from '../support/webhooks'

const specs = loadSpecs()

describe.each(['v3', 'dated'] as const)('files and places over the %s API family', (apiFamily) => {
  let stack: Stack
  let files: Served
  let ada: Customer
  let threadId: string

  beforeAll(async () => {
    files = await serveFiles()
    stack = await startStack({ apiFamily })
    await stack.botpress.register()
    ;({ customer: ada, threadId } = await openSession(stack))
  })
  afterAll(async () => {
    await stack.close()
    await files.close()
  })

  /** Sends a customer's message and returns what the agent sees of it. */
  async function sending(type: string, payload: Record<string, unknown>) {
    const before = stack.hubspot.messages(threadId).length
    await ada.send({ type, payload })
    await stack.settled()
    return stack.hubspot
      .messages(threadId)
      .slice(before)
      .map((item) =>
        item.type === 'MESSAGE' ? { text: item.text, attachments: item.attachments } : { type: item.type },
      )
  }

  it.each([
    ['image', 'imageUrl', '/vase.jpg', 'vase.jpg', 'IMAGE', 'a picture'],
    ['audio', 'audioUrl', '/voice.ogg', 'voice.ogg', 'VOICE_RECORDING', 'a voice note'],
    ['video', 'videoUrl', '/fall.mp4', 'fall.mp4', 'OTHER', 'a film'],
    ['file', 'fileUrl', '/download', 'Rächnung.pdf', 'OTHER', 'a bill'],
  ])('a customer sends one: %s', async (type, field, path, name, fileUsageType, content) => {
    const [message, ...others] = await sending(type, { [field]: `${files.url}${path}`, title: 'Look' })
    expect(others).toEqual([])
    expect(message).toMatchObject({ text: 'Look', attachments: [{ type: 'FILE', name, fileUsageType }] })
    const [attachment] = message?.attachments ?? []
    expect(await (await fetch(String(attachment && 'url' in attachment ? attachment.url : ''))).text()).toBe(content)
  })

  it('a place arrives with its coordinates and as text', async () => {
    const place = { latitude: 52.5, longitude: 13.4, title: 'Home', address: 'Main Street 1' }
    const messages = await sending('bloc', { items: [{ type: 'location', payload: place }] })
    const url = 'https://www.google.com/maps/search/?api=1&query=52.5,13.4'
    expect(messages).toEqual([
      {
        text: `Home\nMain Street 1\n${url}`,
        attachments: [
          { type: 'LOCATION', latitude: 52.5, longitude: 13.4, name: 'Home', address: 'Main Street 1', url },
        ],
      },
    ])
  })

  it('the parts of a bloc arrive in order, with their captions', async () => {
    const messages = await sending('bloc', {
      items: [
        { type: 'text', payload: { text: 'Before' } },
        { type: 'image', payload: { imageUrl: `${files.url}/vase.jpg`, title: 'My vase' } },
        { type: 'text', payload: { text: 'After' } },
        { type: 'file', payload: { fileUrl: `${files.url}/download` } },
      ],
    })
    expect(messages).toMatchObject([
      { text: 'Before', attachments: [] },
      { text: 'My vase', attachments: [{ name: expect.stringMatching(/^vase(-1)?\.jpg$/) }] },
      { text: 'After', attachments: [] },
      { attachments: [{ name: expect.stringMatching(/^Rächnung(-1)?\.pdf$/) }] },
    ])
  })

  it('the pictures of a bloc are fetched side by side and arrive in order', async () => {
    const pictures = [1200, 800, 400, 0].map((ms, index) => ({
      type: 'image',
      payload: { imageUrl: `${files.url}/after/${ms}/${apiFamily}-${index}.png` },
    }))
    const started = performance.now()
    const messages = await sending('bloc', { items: pictures })
    expect(performance.now() - started).toBeLessThan(2200)
    expect(messages.map(({ attachments }) => attachments?.[0])).toMatchObject(
      [0, 1, 2, 3].map((index) => ({ type: 'FILE', name: `${apiFamily}-${index}.png` })),
    )
  })

  it.each([
    ['a recording is a voice message', 'audio', '/recording', { fileUsageType: 'VOICE_RECORDING' }],
    ['a drawing that could run a script is a file', 'image', '/drawing.svg', { fileUsageType: 'OTHER' }],
    ['a name with a foreign word is a name', 'file', '/notes.constructor', { name: 'notes.constructor' }],
  ])('%s', async (_what, type, path, attachment) => {
    const [message] = await sending(type, { [`${type}Url`]: `${files.url}${path}`, title: path.slice(1) })
    expect(message).toMatchObject({ text: '', attachments: [{ type: 'FILE', ...attachment }] })
  })

  it.each([
    ['too large', '/huge', /^File: Map\n\(Not attached: it is larger than 25 MB\.\)/],
    ['missing', '/nowhere', /^File: Map\n\(Not attached: its link does not lead to a file\.\)/],
  ])('a file that is %s becomes a line that says so, and the rest arrives', async (_name, path, line) => {
    const messages = await sending('bloc', {
      items: [
        { type: 'file', payload: { fileUrl: `${files.url}${path}`, title: 'Map' } },
        { type: 'text', payload: { text: 'See above' } },
      ],
    })
    expect(messages).toMatchObject([{ text: expect.stringMatching(line), attachments: [] }, { text: 'See above' }])
  })

  it.each([
    'http://10.0.0.1/x',
    'https://169.254.169.254/x',
    'file:///etc/passwd',
    'https://user:pass@example.com/x',
    'nonsense',
  ])('the link %s is neither followed nor shown', async (imageUrl) => {
    const [message] = await sending('image', { imageUrl, title: 'Cat' })
    expect(message?.text).toMatch(
      /^Picture: Cat\n\(Not attached: (its link is not (https|allowed)|it has no usable link)\.\)$/,
    )
  })

  it("an agent's files arrive once, after the text, however often HubSpot sends the event", async () => {
    stack.hubspot.switches.deliverTimes = 3
    const before = ada.messages().length
    const { id } = stack.hubspot.agent.reply(threadId, {
      actorId: GRACE,
      text: 'Three things',
      attachments: [
        { name: 'vase.png', contentType: 'image/png', content: 'png' },
        { name: 'how-to.mp4', contentType: 'video/mp4', content: 'mp4' },
        { name: 'label.pdf', contentType: 'application/pdf', content: 'pdf' },
      ],
    })
    await stack.settled()
    stack.hubspot.switches.deliverTimes = 1
    const shown = ada
      .messages()
      .slice(before)
      .filter(({ who }) => who === 'agent')
    expect(shown.map(({ type, payload }) => [type, payload['title'] ?? payload['text']])).toEqual([
      ['text', 'Three things'],
      ['image', 'vase.png'],
      ['video', 'how-to.mp4'],
      ['file', 'label.pdf'],
    ])
    expect(await (await fetch(String(shown[1]?.payload['imageUrl']))).text()).toBe('png')
    expect(receiptOf(stack, threadId, id)).toBe('SENT')
  })

  it("an agent's file is copied to Botpress if the owner wants that", async () => {
    stack.botpress.configuration = { ...stack.botpress.configuration, keepAgentFiles: true }
    stack.hubspot.agent.reply(threadId, {
      actorId: GRACE,
      text: 'Keep this',
      attachments: [{ name: 'contract.pdf', contentType: 'application/pdf', content: 'signed' }],
    })
    const { payload } = await ada.waitFor(({ who, payload: { title } }) => who === 'agent' && title === 'contract.pdf')
    expect(String(payload['fileUrl'])).toMatch(new RegExp(`^${stack.botpress.url}/files/`))
    expect(await (await fetch(String(payload['fileUrl']))).text()).toBe('signed')
  })

  it.skipIf(!specs)("every call matches HubSpot's API descriptions", () => {
    expect(stack.hubspot.log.calls.flatMap((call) => specs?.violations(call) ?? [])).toEqual([])
  })
})

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startStack, type Stack } from '../../sandbox/stack'
import { allCalls, BOTPRESS_REFUSES, changed, INITIALIZE, isCallOf, status, type Target } from '../support/faults'
import { openSession, sessionsAreLinked, type OpenSession } from '../support/session'
import { receiptOf } from '../support/thread'
import { GRACE } from '../support/webhooks'

type Reply = Parameters<Stack['hubspot']['agent']['reply']>[1]

const SIGNED_URL: Target = { method: 'GET', path: /\/signed-url$/ }
const FILE_SERVICE: Target = { method: 'PUT', path: /\/v1\/files$/ }
const PNG = 'data:image/png;base64,aGVsbG8='

const byKey = (a: unknown, b: unknown): number => JSON.stringify(a).localeCompare(JSON.stringify(b))

describe("an agent's reply", () => {
  let stack: Stack
  let ada: OpenSession

  beforeAll(async () => {
    stack = await startStack()
    await stack.botpress.register()
    ada = await openSession(stack)
    await sessionsAreLinked(stack)
  })
  afterAll(async () => stack.close())

  /** What the customer sees of a reply, and the receipt. */
  async function sending(reply: Omit<Reply, 'actorId'>) {
    const before = ada.customer.messages().length
    const { id } = stack.hubspot.agent.reply(ada.threadId, { actorId: GRACE, ...reply })
    await stack.settled()
    stack.hubspot.faults = undefined
    stack.botpress.faults = undefined
    const shown = ada.customer.messages().slice(before)
    const messages = shown
      .filter(({ who }) => who === 'agent')
      .map(({ type, payload }): Record<string, unknown> => ({ type, ...payload }))
    return { messages, receipt: receiptOf(stack, ada.threadId, id) }
  }

  const saying = (richText: string, others: Partial<Reply> = {}) => sending({ text: 'x', richText, ...others })
  const text = (words: string) => expect.objectContaining({ type: 'text', text: words })
  const image = (imageUrl: unknown) => expect.objectContaining({ type: 'image', imageUrl })

  it('shows pictures among the words where they are, without fetching them', async () => {
    const picture = 'https://pictures.example/vase.png'
    const { messages, receipt } = await saying(`<p>Before <img src="${picture}" alt="Vase"> after</p>`)
    expect(messages).toEqual([text('Before'), image(picture), text('after')])
    expect(receipt).toBe('SENT')
  })

  it("shows HubSpot's own pictures by a signed link, which opens", async () => {
    const pictures = [{ name: 'vase.png', contentType: 'image/png', content: 'a vase' }]
    const { messages, receipt } = await saying('<p>Look</p>', { pictures })
    expect(messages).toEqual([text('Look'), image(expect.stringContaining('/signed-files/'))])
    expect(await (await fetch(String(messages[1]?.['imageUrl']))).text()).toBe('a vase')
    expect(receipt).toBe('SENT')
  })

  it.each([PNG, PNG.replace(';', ';name=a.png;')])('shows pictures that are written into the text: %s', async (src) => {
    const { messages, receipt } = await saying(`<p>Look <img src="${src}"></p>`)
    expect(messages).toEqual([text('Look'), image(expect.stringContaining('/files/'))])
    expect(await (await fetch(String(messages[1]?.['imageUrl']))).text()).toBe('hello')
    expect(receipt).toBe('SENT')
  })

  it.each([
    ['in an e-mail', '<img src="cid:1" alt="Vase">', '"Vase"'],
    ['of no known kind', '<img src="data:image/svg+xml;base64,aGVsbG8=">', 'a picture in the text'],
    ['on its own machine', '<img src="file:///c:/vase.png">', 'a picture in the text'],
  ])('says in the receipt that a picture %s was not delivered, but the text was', async (_where, picture, name) => {
    const { messages, receipt } = await saying(`<p>Look</p>${picture}`)
    expect(messages).toEqual([text('Look'), text(expect.stringContaining('please ask for it again'))])
    expect(receipt).toBe(
      `FAILED: Your text was delivered, but this was not: ${name}. Send it again as an attachment, or send a link.`,
    )
  })

  it('says so as well when Botpress takes no files', async () => {
    stack.botpress.faults = allCalls(FILE_SERVICE, { kind: 'delay', ms: 5_000 })
    const { receipt } = await saying(`<p>Look</p><img src="${PNG}">`)
    expect(receipt).toMatch(/^FAILED: Your text was delivered, but this was not: a picture in the text\./)
  })

  it.each([
    ['an embedded page', '<iframe src="https://v.example/1"></iframe>'],
    ['a film', '<video src="https://v.example/1">no</video>'],
    ['a sound', '<audio><source src="https://v.example/1"></audio>'],
  ])('shows %s as its address', async (_what, richText) => {
    expect(await saying(richText)).toEqual({ messages: [text('https://v.example/1')], receipt: 'SENT' })
  })

  it.each([
    [
      'options',
      { type: 'QUICK_REPLIES', quickReplies: [{ value: 'Yes', valueType: 'TEXT' }, { value: 'No' }] },
      'Yes  \nNo',
    ],
    [
      'a place',
      { type: 'LOCATION', latitude: 52.5, longitude: 13.4, name: 'Shop' },
      'Shop: https://www.google.com/maps/search/?api=1&query=52.5,13.4',
    ],
    [
      'a contact',
      { type: 'CONTACT', contactProfile: { name: { firstName: 'Ada' }, phones: [{ phone: '+1 415' }] } },
      'Ada  \n+1 415',
    ],
  ])('shows %s as lines below the words', async (_what, attachment, lines) => {
    const { messages, receipt } = await saying('<p>Look</p>', { attachments: [attachment] })
    expect(messages).toEqual([text('Look'), text(lines)])
    expect(receipt).toBe('SENT')
  })

  it.each([
    ['beside words', 'Look', 'Your text was delivered, but this was not'],
    ['alone', '', 'Not delivered'],
  ])(
    'says in the receipt that content which HubSpot cannot pass on is missing: %s',
    async (_where, words, beginning) => {
      const { messages, receipt } = await sending({ text: words, attachments: [{ type: 'UNSUPPORTED_CONTENT' }] })
      expect(messages).toEqual(words === '' ? [] : [text(words)])
      expect(receipt).toContain(`FAILED: ${beginning}: content of a kind that cannot be sent.`)
    },
  )

  it("takes a file's name and kind from HubSpot's file store, and its link from wherever it is", async () => {
    const film = { name: 'fall.mp4', contentType: 'video/mp4', content: 'a film' }
    await saying('<p>Look</p>', { attachments: [film] })
    const stored = stack.hubspot.messages(ada.threadId).at(-1)
    const [file] = stored?.type === 'MESSAGE' ? stored.attachments : []
    const { messages, receipt } = await saying('', {
      text: '',
      attachments: [
        { type: 'FILE', id: file?.['fileId'] },
        { type: 'FILE', fileId: 'https://files.example/a.pdf', name: 'a.pdf' },
        { type: 'FILE', fileId: 'https://files.example/x', name: 'notes.constructor' },
        { type: 'FILE', fileId: 'https://files.example/y', name: 'r%C3%A9sum%C3%A9\u202e.pdf' },
        { type: 'FILE', fileId: 'https://files.example/z', name: '' },
      ],
    })
    expect(messages).toEqual([
      expect.objectContaining({ type: 'video', title: expect.stringMatching(/^fall(-\d)?\.mp4$/) }),
      expect.objectContaining({ type: 'file', title: 'a.pdf', fileUrl: 'https://files.example/a.pdf' }),
      expect.objectContaining({ type: 'file', title: 'notes.constructor' }),
      expect.objectContaining({ type: 'file', title: 'résumé.pdf' }),
      expect.objectContaining({ type: 'file', title: 'File' }),
    ])
    expect(receipt).toBe('SENT')
  })

  it("does not repeat a file's extension that is written in capitals", async () => {
    await saying('<p>Look</p>', { attachments: [{ name: 'x.mp4', contentType: 'video/mp4', content: 'a film' }] })
    const stored = stack.hubspot.messages(ada.threadId).at(-1)
    const [file] = stored?.type === 'MESSAGE' ? stored.attachments : []
    stack.hubspot.faults = changed(SIGNED_URL, (answer) => ({ ...answer, name: 'Fall.MP4', extension: 'mp4' }))
    const { messages } = await saying('', { text: '', attachments: [{ type: 'FILE', id: file?.['fileId'] }] })
    expect(messages).toEqual([expect.objectContaining({ type: 'video', title: 'Fall.MP4' })])
  })

  it('names a file that cannot be opened, and says what arrived', async () => {
    stack.hubspot.faults = allCalls(SIGNED_URL, status(404))
    const { messages, receipt } = await saying('<p>Look</p>', {
      attachments: [{ type: 'FILE', fileId: '7', name: 'a.pdf' }],
    })
    expect(messages).toEqual([text('Look'), text(expect.stringContaining('a.pdf (this file could not be sent'))])
    expect(receipt).toMatch(/^FAILED: Your text was delivered, but this was not: "a\.pdf"\./)
  })

  it.each([
    ['fails', status(500)],
    ['is slow', { kind: 'delay' as const, ms: 10_000 }],
  ])("keeps HubSpot's link to a file in time when Botpress' file service %s", async (_what, fault) => {
    const kept = stack.botpress.configuration
    stack.botpress.configuration = { ...kept, keepAgentFiles: true }
    stack.botpress.faults = allCalls(FILE_SERVICE, fault)
    const started = Date.now()
    const { messages, receipt } = await saying('', {
      text: '',
      attachments: [{ name: 'a.pdf', contentType: 'application/pdf', content: 'pdf' }],
    })
    stack.botpress.configuration = kept
    expect(messages).toEqual([expect.objectContaining({ fileUrl: expect.stringContaining('/signed-files/') })])
    expect(receipt).toBe('SENT')
    expect(Date.now() - started).toBeLessThan(4_000)
  })

  it('has its files copied if the owner wants that: public at once, under the names of message, place and file', async () => {
    const kept = stack.botpress.configuration
    stack.botpress.configuration = { ...kept, keepAgentFiles: true }
    stack.botpress.log.clear()
    const pdf = { contentType: 'application/pdf', content: 'pdf' }
    const { messages, receipt } = await saying('', {
      text: '',
      attachments: [
        { name: 'a.pdf', ...pdf },
        { name: 'b.pdf', ...pdf },
      ],
    })
    stack.botpress.configuration = kept
    const id = stack.hubspot.messages(ada.threadId).at(-1)?.id ?? ''
    const uploads = stack.botpress.log.calls
      .filter((call) => isCallOf(FILE_SERVICE)(call) && call.requestBody.includes(id))
      .map(({ requestBody }): unknown => JSON.parse(requestBody))
    const upload = (index: number, name: string) =>
      expect.objectContaining({
        key: expect.stringMatching(new RegExp(`^hubspot/${id}/${index}/${name}(-\\d)?\\.pdf$`)),
        accessPolicies: ['public_content'],
        publicContentImmediatelyAccessible: true,
      })
    expect(uploads.sort(byKey)).toEqual([upload(0, 'a'), upload(1, 'b')])
    expect(messages).toHaveLength(2)
    for (const message of messages) {
      expect(await (await fetch(String(message['fileUrl']))).text()).toBe('pdf')
    }
    expect(receipt).toBe('SENT')
  })

  it('arrives once, part by part, however often HubSpot sends it', async () => {
    stack.hubspot.switches.deliverTimes = 3
    const { messages } = await saying('<p>a<img src="https://a.example/1">b<img src="https://a.example/2">c</p>')
    stack.hubspot.switches.deliverTimes = 1
    expect(messages).toEqual([
      text('a'),
      image('https://a.example/1'),
      text('b'),
      image('https://a.example/2'),
      text('c'),
    ])
  })

  it('of many parts arrives in order and in time for the webhook', async () => {
    const richText = Array.from({ length: 10 }, (_, n) => `${n}<img src="https://a.example/${n}">`).join('')
    const started = Date.now()
    const { messages, receipt } = await saying(richText)
    expect(messages).toHaveLength(19)
    expect(messages.flatMap((message) => message['text'] ?? [])).toEqual([
      ...[0, 1, 2, 3, 4, 5, 6, 7, 8].map(String),
      expect.stringMatching(/^9\n\n\[picture\]\(https:\/\/a\.example\/9\)$/),
    ])
    expect(receipt).toBe('SENT')
    expect(Date.now() - started).toBeLessThan(4_000)
  })

  it('of which Botpress refuses a part says so in the receipt, and the rest arrives', async () => {
    let calls = 0
    stack.botpress.faults = (call) => (isCallOf(INITIALIZE)(call) && ++calls === 2 ? BOTPRESS_REFUSES : undefined)
    const { messages, receipt } = await saying('<p>a<img src="https://a.example/1">b</p>')
    expect(messages).toEqual([text('a'), text('b')])
    expect(receipt).toContain('FAILED: Your text was delivered, but this was not: the image, which Botpress refused.')
  })

  it('of one text costs one call to Botpress and one to HubSpot', async () => {
    const before = stack.botpress.log.calls.length + stack.hubspot.log.calls.length
    await saying('<p>a <b>b</b> <a href="https://a.example">c</a></p>')
    expect(stack.botpress.log.calls.length + stack.hubspot.log.calls.length - before).toBe(2)
  })

  it('of an endless link stays short, with its address once', async () => {
    const { messages } = await saying(`<a href="https://a.example/${'x'.repeat(500)}">${'line<br>'.repeat(5_000)}</a>`)
    const shown = String(messages[0]?.['text'])
    expect(shown.length).toBeLessThanOrEqual(20_000)
    expect(shown.match(/https:/g)).toHaveLength(1)
    expect(shown).toMatch(/\(shortened\)$/)
  })
})

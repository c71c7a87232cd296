import { describe, expect, it } from 'vitest'
import { replyParts } from './reply-parts'

const url = 'https://files.example.com/x'

describe("the words of an agent's reply", () => {
  const wordsOf = async (text: string, richText: string) => {
    const parts = await replyParts({ text, richText }, [])
    return parts.map(({ payload }) => payload)
  }

  it('are those that the editor laid out', async () => {
    const richText = '<p>Look <a href="https://a.example/shirts">here</a>.</p>'
    expect(await wordsOf('Look here.', richText)).toEqual([{ text: 'Look [here](https://a.example/shirts).' }])
  })

  it.each(['', '<p></p>', '<p><br>&nbsp;</p>', '<script>1</script>', '<a href="https://a.example"></a>'])(
    'are the plain text where the rich text holds no words: %j',
    async (richText) => expect(await wordsOf(' Look here. ', richText)).toEqual([{ text: 'Look here.' }]),
  )

  it('keep the line breaks of the text when the rich text has no tags', async () => {
    expect(await wordsOf('Hi & bye\nyou', 'Hi &amp; bye you')).toEqual([{ text: 'Hi & bye  \nyou' }])
  })

  it('mean the same without rich text, and link nowhere unsafe', async () => {
    expect(await wordsOf('[click](javascript:alert(1))', '')).toEqual([
      { text: String.raw`[click\](javascript:alert(1))` },
    ])
    expect(await wordsOf('<img src=x onerror=alert(1)>\r\n1. May', '')).toEqual([
      { text: '\\<img src=x onerror=alert(1)>  \n1.\u00a0May' },
    ])
  })

  it('are no part when text and rich text are empty', async () => {
    expect(await wordsOf(' \n', '<p></p>')).toEqual([])
  })
})

describe("the files of an agent's reply", () => {
  const filesOf = (...files: Parameters<typeof replyParts>[1]) => replyParts({ text: '', richText: '' }, files)

  it('follow the words', async () => {
    const reply = { text: 'Look', richText: '' }
    expect(await replyParts(reply, [{ name: 'a.pdf', url, usageType: 'OTHER' }])).toEqual([
      { type: 'text', payload: { text: 'Look' } },
      { type: 'file', payload: { fileUrl: url, title: 'a.pdf' } },
    ])
  })

  it.each([
    ['cat.jpg', 'IMAGE', 'image'],
    ['sticker', 'STICKER', 'image'],
    ['song.mp3', 'AUDIO', 'audio'],
    ['note', 'VOICE_RECORDING', 'audio'],
    ['film.mp4', 'OTHER', 'video'],
    ['cat.png', undefined, 'image'],
    ['voice.ogg', 'OTHER', 'audio'],
    ['bill.pdf', 'OTHER', 'file'],
    ['no ending', undefined, 'file'],
    ['notes.constructor', undefined, 'file'],
    ['notes.__proto__', undefined, 'file'],
  ])('%s, with the usage type %s in HubSpot, is shown as %s', async (name, usageType, type) => {
    expect(await filesOf({ name, url, usageType })).toMatchObject([{ type, payload: { title: name } }])
  })

  it('without a link become a line that asks the customer to ask again', async () => {
    expect(await filesOf({ name: 'lost.pdf', url: undefined, usageType: undefined })).toEqual([
      { type: 'text', payload: { text: 'lost.pdf (this file could not be sent; please ask for it again)' } },
    ])
  })
})

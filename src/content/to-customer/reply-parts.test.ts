import { describe, expect, it } from 'vitest'
import { filePart, readReply } from './reply-parts'

const url = 'https://files.example.com/x'

describe("the words of an agent's reply", () => {
  const wordsOf = (text: string, richText: string, lines: string[] = []) => readReply({ text, richText, lines })

  it('are those that the editor laid out', () => {
    const richText = '<p>Look <a href="https://a.example/shirts">here</a>.</p>'
    expect(wordsOf('Look here.', richText)).toEqual(['Look [here](https://a.example/shirts).'])
  })

  it.each(['', '<p></p>', '<p><br>&nbsp;</p>', '<script>1</script>', '<a href="https://a.example"></a>'])(
    'are the plain text where the rich text holds no words: %j',
    (richText) => expect(wordsOf(' Look here. ', richText)).toEqual(['Look here.']),
  )

  it('keep the line breaks of the text when the rich text has no tags', () => {
    expect(wordsOf('Hi & bye\nyou', 'Hi &amp; bye you')).toEqual(['Hi & bye  \nyou'])
  })

  it('mean the same without rich text, and link nowhere unsafe', () => {
    expect(wordsOf('[click](javascript:alert(1))', '')).toEqual([String.raw`[click\](javascript:alert(1))`])
    expect(wordsOf('<img src=x onerror=alert(1)>\r\n1. May', '')).toEqual([
      '\\<img src=x onerror=alert(1)>  \n1.\u00a0May',
    ])
  })

  it('are no part when text and rich text are empty', () => {
    expect(wordsOf(' \n', '<p></p>')).toEqual([])
  })

  it('are followed by the lines of what HubSpot shows in a form of its own', () => {
    expect(wordsOf('Size?', '<p>Size?</p>', ['Small', '*Large*'])).toEqual(['Size?', 'Small  \n\\*Large\\*'])
  })
})

describe('a file of an agent', () => {
  it.each([
    ['cat.jpg', 'IMAGE', 'image'],
    ['sticker', 'STICKER', 'image'],
    ['picture in the file store', 'IMG', 'image'],
    ['song.mp3', 'AUDIO', 'audio'],
    ['note', 'VOICE_RECORDING', 'audio'],
    ['film', 'MOVIE', 'video'],
    ['film.mp4', 'OTHER', 'video'],
    ['CAT.PNG', undefined, 'image'],
    ['voice.ogg', 'OTHER', 'audio'],
    ['bill.pdf', 'OTHER', 'file'],
    ['no ending', undefined, 'file'],
    ['notes.constructor', undefined, 'file'],
    ['notes.__proto__', 'OTHER', 'file'],
    ['notes.constructor', 'constructor', 'file'],
  ])('%s, with the usage type %s in HubSpot, is shown as %s', (name, usageType, type) => {
    expect(filePart({ name, url, usageType })).toMatchObject({ type, payload: { title: name } })
  })

  it('without a link is a line that asks the customer to ask again', () => {
    expect(filePart({ name: '[lost](x).pdf', url: undefined, usageType: undefined })).toEqual({
      type: 'text',
      payload: { text: '[lost\\](x).pdf (this file could not be sent; please ask for it again)' },
    })
  })
})

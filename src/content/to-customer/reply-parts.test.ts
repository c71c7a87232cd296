import { describe, expect, it } from 'vitest'
import { agentParts } from './reply-parts'

const url = 'https://files.example.com/x'

describe("an agent's reply in parts", () => {
  it('begins with the text', () => {
    expect(agentParts('Look', [{ name: 'a.pdf', url, usageType: 'OTHER' }])).toEqual([
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
  ])('shows %s, which HubSpot calls %s, as %s', (name, usageType, type) => {
    expect(agentParts('', [{ name, url, usageType }])).toMatchObject([{ type, payload: { title: name } }])
  })

  it('says of a file without a link that it cannot be opened', () => {
    expect(agentParts('', [{ name: 'lost.pdf', url: undefined, usageType: undefined }])).toEqual([
      { type: 'text', payload: { text: 'lost.pdf (this file cannot be opened here)' } },
    ])
  })

  it('is nothing when there is nothing', () => expect(agentParts('', [])).toEqual([]))
})

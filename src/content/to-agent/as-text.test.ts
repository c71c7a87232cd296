import { describe, expect, it } from 'vitest'
import { asText, type ChatMessage } from './thread-parts'

const card = {
  title: 'Blue shirt',
  subtitle: 'In stock',
  imageUrl: 'https://example.com/shirt.png',
  actions: [
    { action: 'url', label: 'Look', value: 'https://example.com/shirt' },
    { action: 'say', label: 'Buy', value: 'buy it' },
  ],
}

const everyKind: [ChatMessage, string][] = [
  [{ type: 'text', payload: { text: 'Hello' } }, 'Hello'],
  [{ type: 'markdown', payload: { markdown: '**Hello**' } }, '**Hello**'],
  [
    { type: 'image', payload: { imageUrl: 'https://a.example/i.png', title: 'My cat' } },
    'Picture: My cat\nhttps://a.example/i.png',
  ],
  [{ type: 'image', payload: { imageUrl: 'https://a.example/my cat.png' } }, 'Picture\nhttps://a.example/my%20cat.png'],
  [
    { type: 'image', payload: { imageUrl: `data:image/png;base64,${'A'.repeat(1_000)}` } },
    `Picture\ndata:image/png;base64,${'A'.repeat(78)} (shortened)`,
  ],
  [{ type: 'card', payload: { title: 'A', actions: [{ action: 'url', label: 'Look' }] } }, 'A\n[Look]'],
  [{ type: 'audio', payload: { audioUrl: 'https://a.example/v.ogg' } }, 'Audio\nhttps://a.example/v.ogg'],
  [{ type: 'video', payload: { videoUrl: 'https://a.example/v.mp4' } }, 'Video\nhttps://a.example/v.mp4'],
  [
    { type: 'file', payload: { fileUrl: 'https://a.example/b.pdf', title: 'Bill' } },
    'File: Bill\nhttps://a.example/b.pdf',
  ],
  [
    { type: 'location', payload: { latitude: 52.5, longitude: 13.4, title: 'Home', address: 'Main St 1' } },
    'Location: Home\nMain St 1\nhttps://www.google.com/maps/search/?api=1&query=52.5,13.4',
  ],
  [{ type: 'card', payload: card }, 'Blue shirt\nIn stock\n[Look: https://example.com/shirt] [Buy]'],
  [
    {
      type: 'carousel',
      payload: {
        items: [
          { title: 'A', actions: [] },
          { title: 'B', actions: [] },
        ],
      },
    },
    'A\n\nB',
  ],
  [
    { type: 'choice', payload: { text: 'Which?', options: [{ label: 'One' }, { label: 'Two' }] } },
    'Which?\n[One] [Two]',
  ],
  [{ type: 'dropdown', payload: { text: 'Which?', options: [{ label: 'One' }] } }, 'Which?\n[One]'],
  [
    {
      type: 'bloc',
      payload: {
        items: [
          { type: 'text', payload: { text: 'Look' } },
          { type: 'image', payload: { imageUrl: 'https://a.example/i' } },
        ],
      },
    },
    'Look\n\nPicture\nhttps://a.example/i',
  ],
]

describe('a message as text', () => {
  it.each(everyKind)('shows the words that a person would see of %j', (message, text) =>
    expect(asText(message)).toBe(text),
  )
})

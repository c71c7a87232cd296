import { expect, it } from 'vitest'
import { startSocketStranger } from '../support/strangers'
import { serveFiles } from '../support/file-server'
import { startWithSession } from '../support/session'

it('a bloc of dripping pictures and of one that switches protocols takes 25 seconds, and its words arrive', async () => {
  const files = await serveFiles()
  const switching = await startSocketStranger((socket) =>
    socket.once('data', () =>
      socket.write('HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n'),
    ),
  )
  const { stack, ada } = await startWithSession()
  const before = stack.hubspot.messages(ada.threadId).length
  const links = [...Array.from({ length: 11 }, () => `${files.url}/dripping`), switching.url, `${files.url}/vase.jpg`]
  const started = performance.now()
  await ada.customer.send({
    type: 'bloc',
    payload: {
      items: [
        ...links.map((imageUrl) => ({ type: 'image', payload: { imageUrl } })),
        { type: 'text', payload: { text: 'See above' } },
      ],
    },
  })
  await stack.settled()
  expect(performance.now() - started).toBeLessThan(29_000)
  const texts = stack.hubspot
    .messages(ada.threadId)
    .slice(before)
    .map((item) => ('text' in item ? item.text : ''))
  const late = 'Picture\n(Not attached: it took too long to download.)'
  expect(texts).toEqual([...links.map(() => late), 'See above'])
  await Promise.all([stack.close(), files.close(), switching.close()])
}, 60_000)

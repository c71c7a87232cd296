import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Served } from '../../sandbox/http/serve'
import { startStack } from '../../sandbox/stack'
import { serveFiles } from '../support/file-server'

const CARD = '4111 1111 1111 1111'

let files: Served
beforeAll(async () => {
  files = await serveFiles()
})
afterAll(async () => files.close())

/** All that HubSpot is sent about a session in which customer, bot and card write card numbers wherever they can. */
async function everythingSent(redactCardNumbers: boolean | undefined): Promise<string> {
  const stack = await startStack()
  stack.botpress.configuration = { ...stack.botpress.configuration, redactCardNumbers }
  await stack.botpress.register()
  stack.hubspot.contacts.add({ email: 'ada@customers.example.org' })
  const ada = stack.botpress.chat.open({ name: 'Ada' })
  await ada.say(`history ${CARD}`)
  await ada.send({ type: 'file', payload: { fileUrl: 'https://files.example/4111111111111111.pdf' } })
  await ada.escalate({
    // Where a title is shortened, a part of a number would be left.
    title: `title 4111-1111-1111-1111 ${'x'.repeat(160)} ${CARD}`,
    description: `description ${CARD}, phone +49 1512 3456789`,
    userEmail: 'ada@customers.example.org',
  })
  await ada.say(`words ${CARD}, order 302-1234567-1234567`)
  await ada.say(`${'x'.repeat(9985)} ${CARD}`)
  const items = [
    { type: 'markdown', payload: { markdown: 'markdown 4111 **1111** 1111 1111' } },
    { type: 'image', payload: { imageUrl: `${files.url}/after/0/4111111111111111.png`, title: `caption ${CARD}` } },
    { type: 'file', payload: { fileUrl: `${files.url}/nowhere`, title: `lost ${CARD}.pdf` } },
    {
      type: 'location',
      payload: {
        latitude: 1,
        longitude: 2,
        title: `name ${CARD}, which is long enough`,
        address: `place ${CARD}, the address of a friend`,
      },
    },
  ]
  await ada.send({ type: 'bloc', payload: { items } })
  await ada.end()
  await stack.settled()
  const bodies = stack.hubspot.log.calls.map(({ requestBody }) => requestBody).join('\n')
  await stack.close()
  return bodies
}

describe('payment card numbers', () => {
  it('reach HubSpot with their last four digits only, if the owner wants that', async () => {
    const sent = await everythingSent(true)
    expect(sent.match(/.{0,40}(?:4111.{0,20}1111|1111.{1,20}1111).{0,40}/)).toBeNull()
    for (const words of [
      'history •••• 1111',
      'title •••• 1111',
      'description •••• 1111, phone +49 1512 3456789',
      'words •••• 1111, order 302-1234567-1234567',
      'markdown •••• 1111',
      'caption •••• 1111',
      '"name":"name •••• 1111, which is long enough","address":"place •••• 1111, the',
      'lost •••• 1111.pdf',
      'https://files.example/•••• 1111.pdf',
      '•••• 1111.png',
    ])
      expect({ words, isSent: sent.includes(words) }).toEqual({ words, isSent: true })
  })

  it.each([undefined, false])('reach HubSpot as they were written, if the setting is %s', async (setting) => {
    const sent = await everythingSent(setting)
    for (const words of [`history ${CARD}`, `description ${CARD}`, `words ${CARD}`, '4111111111111111.png'])
      expect({ words, isSent: sent.includes(words) }).toEqual({ words, isSent: true })
    expect(sent.includes('••••')).toBe(false)
  })
})

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { installToy, type Toy } from '../testing/toy-integration'

let toy: Toy
beforeEach(async () => void (toy = await installToy()))
afterEach(async () => toy.close())

describe('files', () => {
  it('are stored by the client and can be read by anybody when they are public', async () => {
    const { file } = await toy.client.uploadFile({
      key: 'hubspot/1.txt',
      content: 'hello',
      contentType: 'text/plain',
      accessPolicies: ['public_content'],
      publicContentImmediatelyAccessible: true,
    })
    const answer = await fetch(file.url)
    expect([answer.status, answer.headers.get('content-type'), await answer.text()]).toEqual([
      200,
      'text/plain',
      'hello',
    ])
    expect(toy.botpress.files).toMatchObject([{ key: 'hubspot/1.txt', isPublic: true }])
  })

  it('replace the one with the same key', async () => {
    await toy.client.uploadFile({ key: 'a', content: 'one' })
    await toy.client.uploadFile({ key: 'a', content: 'two' })
    expect(toy.botpress.files.map(({ content }) => Buffer.from(content ?? []).toString())).toEqual(['two'])
  })

  it('are closed to others when they are not public', async () => {
    const { file } = await toy.client.uploadFile({ key: 'a', content: 'secret' })
    expect((await fetch(file.url)).status).toBe(404)
  })
})

import { Hono } from 'hono'
import { describe, expect, it } from 'vitest'
import { portNumber, serveAt } from './port'

describe('a configured port', () => {
  it.each([
    ['4001', 4001],
    ['0', 0],
    ['65535', 65_535],
    ['65536', undefined],
    ['', undefined],
    ['-1', undefined],
    ['4000 ', undefined],
    ['1e3', undefined],
  ])('"%s" is read as %s', (given, number) => {
    expect(portNumber(given)).toBe(number)
  })

  it('that is in use causes an error that suggests another one', async () => {
    const first = await serveAt(new Hono(), { name: 'PORT', number: 0 })
    const { port } = first
    await expect(serveAt(new Hono(), { name: 'PORT', number: port })).rejects.toThrow(
      `Port ${port} is in use. Choose another one: PORT=${port + 1} npm start`,
    )
    await first.close()
  })
})

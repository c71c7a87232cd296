import { readFileSync } from 'node:fs'
import { check } from '@bpinternal/verel'
import { describe, expect, it } from 'vitest'
import { authorizeLink } from '../../src/installation/addresses'
import { definition } from './definition'
import { authorizeLinkOf, linkFrom } from './link-template'

const template = readFileSync(definition.linkTemplate ?? '', 'utf8')
const webhookId = '01ARZ3NDEKTSV4RRFFQ69G5FAV'

describe('the link template, as the engine of Botpress runs it', () => {
  it('compiles without an error or a warning', () => {
    expect(check(template)).toEqual({ errors: [], warnings: [] })
  })

  it('yields the link of the Authorize button', () => {
    expect(linkFrom(template, { webhookUrl: 'https://webhook.example.com', webhookId })).toBe(
      `https://webhook.example.com/oauth/wizard/start?state=${webhookId}`,
    )
  })

  it("yields the address that the integration's own sentences name", () => {
    expect(authorizeLinkOf({ webhookBase: 'https://webhook.botpress.cloud', webhookId })).toBe(authorizeLink(webhookId))
  })

  it('yields nothing that is no text', () => {
    expect(() => linkFrom('1', { webhookUrl: '', webhookId })).toThrow('string')
  })
})

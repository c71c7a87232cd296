import { describe, expect, it } from 'vitest'
import { MASK, maskBody, maskLinks, maskQuery } from './mask'

describe('masking secrets in the log', () => {
  it.each([
    ['a token response', '{"access_token":"CN1","refresh_token":"na1","expires_in":1800}'],
    ['a state', '{"payload":{"accessToken":"CN1","refreshToken":"na1","configuredTokenHash":"CN1","portalId":"1"}}'],
    ['headers', '{"req":{"headers":{"X-HubSpot-Signature-v3":"CN1","x-hubspot-signature":"na1","host":"a"}}}'],
    ['an authorization', '{"headers":{"Authorization":"Bearer CN1"}}'],
    ['a configuration', '{"headers":{"x-bp-configuration":"CN1"},"developerApiKey":"na1"}'],
    ['a list', '[[{"client_secret":"CN1"}],{"hapikey":"na1"}]'],
    ['JSON in JSON', JSON.stringify({ req: { body: JSON.stringify({ clientSecret: 'CN1' }) } })],
    ['a query in JSON', '{"req":{"query":"code=CN1&state=x"}}'],
    ['a form', 'grant_type=refresh_token&refresh_token=na1&client_id=7&client_secret=CN1'],
    ['a code in a form', 'grant_type=authorization_code&code=CN1'],
    ['a link to a file', '{"url":"http://127.0.0.1:1/signed-files/CN1/bill.pdf"}'],
    ['a link in a text', 'see http://127.0.0.1:1/signed-files/CN1/bill.pdf?a=1'],
  ])('covers %s', (_name, body) => {
    expect(maskBody(body)).not.toMatch(/CN1|na1/)
    expect(maskBody(body)).toContain(MASK)
  })

  it('leaves everything else unchanged', () => {
    const body = '{"errors":[{"code":"INVALID_EMAIL"}],"text":"My token is lost","n":1,"none":null,"empty":""}'
    expect(maskBody(body)).toBe(body)
    expect(maskBody('grant_type=refresh_token&scope=a%20b')).toBe('grant_type=refresh_token&scope=a%20b')
    expect(maskBody('Not Found')).toBe('Not Found')
    expect(maskBody('')).toBe('')
    expect(maskBody('{"refresh_token":""}')).toBe('{"refresh_token":""}')
  })

  it('keeps the rest of a link', () => {
    expect(maskLinks('/signed-files/CN1/bill.pdf')).toBe(`/signed-files/${MASK}/bill.pdf`)
  })

  it('covers queries', () => {
    expect(maskQuery('?hapikey=CN1&appId=7')).toBe(`?hapikey=${MASK}&appId=7`)
    expect(maskQuery('?code=CN1')).toBe(`?code=${MASK}`)
    expect(maskQuery('?limit=10')).toBe('?limit=10')
    expect(maskQuery('')).toBe('')
  })
})

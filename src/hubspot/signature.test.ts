import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { assertSignature, isSignedV1, sign, SignatureError, type SignedRequest } from './signature'

const secret = 'yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy'
const now = 1_700_000_300_000

const request: SignedRequest = {
  secret,
  method: 'POST',
  uri: 'https://www.example.com/webhook_uri',
  rawBody: "{'example_field':'example_value'}",
  timestamp: String(now),
}

const admits = (changed: Partial<SignedRequest>, signature = sign(request), at = now): boolean => {
  try {
    assertSignature({ ...request, ...changed }, signature, at)
    return true
  } catch (thrown) {
    expect(thrown).toBeInstanceOf(SignatureError)
    return false
  }
}

describe('the signature of a webhook', () => {
  it.each([
    [request.rawBody, '1693657560000', 'K36dawei4A+QBNolUOqo7s91KQDWQ5MXZ/QufNYuk/Y='],
    [request.rawBody, '1700000300000', 'RnbPH7+UMKVkbV32P8bz450N4M56aPmcru1+D3kSDtw='],
    ['{"example_field":"example_value"}', '1693657560000', 'oaA3M5dEtt6kFsseJD/Hv/x+JNl1vsoxFj4oxmwP6Go='],
  ])('agrees with the known vectors: %s at %s', (rawBody, timestamp, signature) => {
    expect(sign({ ...request, rawBody, timestamp })).toBe(signature)
    expect(admits({ rawBody, timestamp }, signature, Number(timestamp))).toBe(true)
  })

  it.each<[string, Partial<SignedRequest>, string?]>([
    ['another secret', { secret: 'zzzz' }],
    ['no secret configured', { secret: '' }, sign({ ...request, secret: '' })],
    ['another body', { rawBody: `${request.rawBody} ` }],
    ['another method', { method: 'GET' }],
    ['another address', { uri: 'https://www.example.com/webhook_url' }],
    ['another query', { uri: `${request.uri}?a=1` }],
    ['no timestamp', { timestamp: '' }],
    ['a timestamp that is no number', { timestamp: 'soon' }, sign({ ...request, timestamp: 'soon' })],
    ['a timestamp with a fraction', { timestamp: `${now}.5` }, sign({ ...request, timestamp: `${now}.5` })],
    ['a negative timestamp', { timestamp: '-1' }, sign({ ...request, timestamp: '-1' })],
    ['no signature', {}, ''],
    ['half a signature', {}, sign(request).slice(0, 20)],
    ['a longer signature', {}, `${sign(request)}AAAA`],
    ['a signature outside ASCII', {}, 'ünïcödé'.repeat(7)],
    ['a hexadecimal signature', {}, Buffer.from(sign(request), 'base64').toString('hex')],
  ])('refuses %s', (_name, changed, signature) => {
    expect(admits(changed, signature)).toBe(false)
  })

  it('refuses what is older or newer than five minutes', () => {
    const minutes = (n: number) => now + n * 60_000
    expect([-1440, -5.1, 5.1, 1440].map((n) => admits({}, sign(request), minutes(n)))).toEqual(Array(4).fill(false))
    expect([-5, -4.9, 0, 4.9, 5].map((n) => admits({}, sign(request), minutes(n)))).toEqual(Array(5).fill(true))
  })

  it('decodes in the address what HubSpot decodes, and nothing else', () => {
    const encoded = `${request.uri}?to=a%40b.c&at=10%3A00%2F%2f`
    const decoded = `${request.uri}?to=a@b.c&at=10:00//`
    expect(sign({ ...request, uri: encoded })).toBe(sign({ ...request, uri: decoded }))
    const spaces = `${request.uri}?q=a%20b`
    expect(sign({ ...request, uri: spaces })).not.toBe(sign({ ...request, uri: `${request.uri}?q=a b` }))
  })

  it.each(":/?@!$'()*,;".split(''))('decodes %s, in either case', (character) => {
    const decoded = sign({ ...request, uri: `${request.uri}?q=${character}` })
    const code = `%${character.charCodeAt(0).toString(16)}`
    expect(sign({ ...request, uri: `${request.uri}?q=${code}` })).toBe(decoded)
    expect(sign({ ...request, uri: `${request.uri}?q=${code.toUpperCase()}` })).toBe(decoded)
  })

  it.each(' "#%&+-.<=>[]^_`{|}~aZ0é'.split(''))('leaves the code of %j as it is', (character) => {
    const encoded = `${request.uri}?q=%${character.charCodeAt(0).toString(16)}`
    expect(sign({ ...request, uri: encoded })).not.toBe(sign({ ...request, uri: `${request.uri}?q=${character}` }))
  })

  it('admits whatever was signed and refuses any other signature', () => {
    fc.assert(
      fc.property(fc.string(), fc.string({ unit: 'binary' }), fc.string(), (uri, rawBody, other) => {
        const signature = sign({ ...request, uri, rawBody })
        expect(admits({ uri, rawBody }, signature)).toBe(true)
        expect(admits({ uri, rawBody }, other)).toBe(false)
      }),
    )
  })
})

describe('the former signature of a webhook', () => {
  const rawBody =
    '[{"eventId":1,"subscriptionId":12345,"portalId":62515,"occurredAt":1564113600000,"subscriptionType":"contact.creation","attemptNumber":0,"objectId":123,"changeSource":"CRM","changeFlag":"NEW","appId":54321}]'
  const published = '232db2615f3d666fe21a8ec971ac7b5402d33b9a925784df3ca654d05f4817de'

  it('is recognized as HubSpot publishes it', () => {
    expect(isSignedV1({ ...request, rawBody }, published)).toBe(true)
    expect(isSignedV1({ ...request, rawBody }, published.toUpperCase())).toBe(true)
  })

  it.each<[string, Partial<SignedRequest>, string]>([
    ['with another secret', { secret: 'zzzz' }, published],
    ['without a secret', { secret: '' }, createHash('sha256').update(rawBody).digest('hex')],
    ['of another body', { rawBody: `${rawBody} ` }, published],
    ['cut short', {}, published.slice(1)],
    ['that is missing', {}, ''],
  ])('is not taken for one %s', (_name, changed, signature) => {
    expect(isSignedV1({ ...request, rawBody, ...changed }, signature)).toBe(false)
  })
})

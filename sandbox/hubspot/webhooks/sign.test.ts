import { describe, expect, it } from 'vitest'
import { signV1, signV3 } from './sign'

const secret = 'yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy'
const uri = 'https://www.example.com/webhook_uri'

describe('the signatures', () => {
  it('match the published vector of version 1', () => {
    const body =
      '[{"eventId":1,"subscriptionId":12345,"portalId":62515,"occurredAt":1564113600000,"subscriptionType":"contact.creation","attemptNumber":0,"objectId":123,"changeSource":"CRM","changeFlag":"NEW","appId":54321}]'
    expect(signV1(secret, body)).toBe('232db2615f3d666fe21a8ec971ac7b5402d33b9a925784df3ca654d05f4817de')
  })

  it.each([
    ["{'example_field':'example_value'}", 1693657560000, 'K36dawei4A+QBNolUOqo7s91KQDWQ5MXZ/QufNYuk/Y='],
    ["{'example_field':'example_value'}", 1700000300000, 'RnbPH7+UMKVkbV32P8bz450N4M56aPmcru1+D3kSDtw='],
    ['{"example_field":"example_value"}', 1693657560000, 'oaA3M5dEtt6kFsseJD/Hv/x+JNl1vsoxFj4oxmwP6Go='],
  ])('match the vectors of version 3: %s at %d', (rawBody, timestamp, signature) => {
    expect(signV3(secret, { method: 'POST', uri, rawBody, timestamp })).toBe(signature)
  })

  it('undo only the listed escapes of the address', () => {
    const sign = (path: string) =>
      signV3(secret, { method: 'POST', uri: `https://www.example.com/${path}`, rawBody: '', timestamp: 1 })
    expect(sign('a%3ab%2Fc')).toBe(sign('a:b/c'))
    expect(sign('a%20b')).not.toBe(sign('a b'))
  })
})

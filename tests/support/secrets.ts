import type { Stack } from '../../sandbox/stack'

/** Shorter texts can be in a log by chance: "refused" is also one of the log's own words. */
const SHORTEST_TEXT = 10

/**
 * The log lines that contain a secret or personal data, each after the kind of secret. They include everything the
 * integration prints without its logger, because the whole console is captured.
 */
export function leaks(stack: Stack): string[] {
  const known = Object.entries(secretsOf(stack)).flatMap(([kind, values]) =>
    [...new Set(values)].filter((value) => value !== '').map((value) => ({ kind, value })),
  )
  return stack.log.flatMap((line) => {
    const found = known.filter(({ value }) => holds(line, value)).map(({ kind }) => kind)
    if (LOOKS_LIKE_A_PERSON.some((pattern) => pattern.test(withoutExamples(line)))) found.push('person')
    return [...new Set(found)].map((kind) => `${kind}: ${line}`)
  })
}

/** Also finds the value as encoded in JSON and in URLs. */
export const holds = (line: string, value: string): boolean =>
  [value, JSON.stringify(value).slice(1, -1), encodeURIComponent(value)].some((form) => line.includes(form))

const LOOKS_LIKE_A_PERSON = [/[^\s@"'<>]+@[^\s@"'<>]+\.[a-z]{2,}/i, /\+\d[\d ().-]{6,}\d/]

/** Removes the examples in our own error messages. */
const withoutExamples = (line: string): string => line.replaceAll(/name@example\.com|\+1 212 555 0123/g, '')

function secretsOf(stack: Stack): Record<string, string[]> {
  const { hubspot, botpress } = stack
  const { developerApiKey, clientSecret } = hubspot.app
  return {
    'developer key': [developerApiKey],
    'client secret': [clientSecret],
    token: [...tokensOf(stack), botpress.token],
    signature: hubspot.webhook.deliveries.flatMap(({ headers }) =>
      ['x-hubspot-signature-v3', 'x-hubspot-signature'].map((name) => headers[name] ?? ''),
    ),
    'address or number': [
      ...hubspot.contacts
        .list()
        .flatMap(({ properties: { email, phone, mobilephone } }) => [email, phone, mobilephone]),
      ...botpress.users.flatMap(({ tags }) => [tags['email'], tags['phoneNumber']]),
    ].map((value) => value ?? ''),
    'message text': textsOf(stack).filter((text) => text.length >= SHORTEST_TEXT),
  }
}

/** Every token that HubSpot issued or the owner entered. */
export function tokensOf({ hubspot, botpress }: Stack): string[] {
  const granted = hubspot.log.calls.flatMap(({ responseBody }) =>
    [...responseBody.matchAll(/"(?:access|refresh)_token":"([^"]+)"/g)].map(([, token]) => token ?? ''),
  )
  const { refreshToken } = botpress.configuration
  return typeof refreshToken === 'string' ? [...granted, refreshToken] : granted
}

function textsOf({ hubspot, botpress }: Stack): string[] {
  const items = hubspot.threads().flatMap(({ id }) => hubspot.messages(id))
  const inHubSpot = items.flatMap((item) => ('text' in item ? [item.text, ...item.text.split('\n\n')] : []))
  const inChats = botpress.chat.customers.flatMap((customer) => customer.messages())
  return [...inHubSpot, ...inChats.filter(({ who }) => who !== 'bot' && who !== 'system').map(({ text = '' }) => text)]
}

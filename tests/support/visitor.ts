import type { Stack } from '../../sandbox/stack'

export type Page = {
  url: string
  status: number
  headers: Headers
  body: string
  /** The text of the first heading. */
  title: string
  /** The visible text, in one line. */
  text: string
}

/** An owner's browser without scripts. It follows redirects within the stand-ins. */
export async function visit(url: string, init: RequestInit = {}): Promise<Page> {
  const answer = await fetch(url, { ...init, redirect: 'manual' })
  const location = answer.headers.get('location')
  if (location !== null) return visit(new URL(location, url).href)
  const body = await answer.text()
  const { status, headers } = answer
  return {
    url,
    status,
    headers,
    body,
    title: textOf(/<h1>(.*?)<\/h1>/s.exec(body)?.[1] ?? ''),
    text: textOf(main(body)),
  }
}

/** The link of the Authorize button. */
export const startUrl = ({ botpress }: Stack): string =>
  `${botpress.redirectUrl}/wizard/start?state=${botpress.webhookId}`

/** Clicks the Authorize button and resolves to the page after HubSpot's consent. */
export const authorize = (stack: Stack): Promise<Page> => visit(startUrl(stack))

/** A code with which HubSpot sends an owner back. By default, the app's usual scopes and account. */
export const newCode = ({ hubspot, botpress }: Stack, scopes?: string[], portalId?: number): string =>
  hubspot.tokens.issueCode(botpress.redirectUrl, scopes, portalId)

/** The callback's URL with HubSpot's parameters. */
export const callbackUrl = ({ botpress }: Stack, says: Record<string, string>): string =>
  `${botpress.redirectUrl}?${new URLSearchParams({ ...says, state: botpress.webhookId }).toString()}`

/** Submits a page's form with these boxes ticked. The first is the default unless another one is given. */
export const choose = (page: Page, inboxes: readonly string[], byDefault = inboxes[0] ?? ''): Promise<Page> =>
  submit(page, [
    ...inboxes.map((id) => ['inbox', id] as const),
    ...(byDefault === '' ? [] : [['default', byDefault] as const]),
  ])

/** On the last page: the button that opens a test in this inbox. */
export const pressTest = (page: Page, inbox: string): Promise<Page> => submit(page, [['inbox', inbox]])

/** Where *Connect* on the page that asks for which bot this is leads. */
export const approval = (page: Page): string => addressOf(page, [])

/** Presses *Connect* on the page that asks for which bot this is; any other page is resolved to as it is. */
export const approve = async (page: Page): Promise<Page> =>
  page.body.includes('/oauth/wizard/approve') ? patiently(await submit(page, [])) : page

type Fields = readonly (readonly [name: string, value: string])[]

const submit = (page: Page, fields: Fields): Promise<Page> => visit(addressOf(page, fields))

/** With GET, a browser replaces the address's query with the form's fields. */
function addressOf(page: Page, fields: Fields): string {
  const action = /<form action="([^"]+)"/.exec(page.body)?.[1]
  if (action === undefined) throw new Error(`${page.url} has no form: ${page.text}`)
  const address = new URL(plain(action))
  address.search = ''
  for (const [, name = '', value = ''] of page.body.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]+)"/g)) {
    address.searchParams.append(name, plain(value))
  }
  for (const [name, value] of fields) address.searchParams.append(name, value)
  return address.href
}

/** The URL that a reloading page leads to, which is its own. */
export const nextOf = ({ body, url }: Page): string | undefined =>
  /<meta http-equiv="refresh" content="\d+" \/>/.test(body) ? url : undefined

/** Leaves the page open for as long as it reloads itself. */
export async function patiently(page: Page): Promise<Page> {
  const next = nextOf(page)
  return next === undefined ? page : patiently(await visit(next))
}

const main = (body: string): string => /<main>(.*)<\/main>/s.exec(body)?.[1] ?? body

const textOf = (html: string): string =>
  plain(html.replaceAll(/<[^>]+>/g, ' '))
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/ ([.,:])/g, '$1')
    .trim()

const plain = (text: string): string =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')

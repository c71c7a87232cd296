import type { Stack } from '../../sandbox/stack'

export type Page = {
  url: string
  status: number
  headers: Headers
  body: string
  /** What stands in its first heading. */
  title: string
  /** What a person reads, in one line. */
  text: string
}

/** An owner's browser without scripts: follows redirects as long as they lead to one of the stand-ins. */
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

/** From the Authorize button to the page after HubSpot's consent. */
export const authorize = ({ botpress }: Stack): Promise<Page> => visit(`${botpress.webhookUrl}/oauth/start`)

/** Sends the form of a page with these boxes ticked; the default is the first unless another one is given. */
export function choose(page: Page, inboxes: readonly string[], byDefault = inboxes[0] ?? ''): Promise<Page> {
  const action = /<form method="post" action="([^"]+)"/.exec(page.body)?.[1]
  if (action === undefined) throw new Error(`There is no form on ${page.url}: ${page.text}`)
  const body = new URLSearchParams()
  for (const id of inboxes) body.append('inbox', id)
  if (byDefault !== '') body.append('default', byDefault)
  return visit(plain(action), { method: 'POST', body })
}

/** Where a page leads on by itself. */
export const nextOf = ({ body }: Page): string | undefined => {
  const found = /http-equiv="refresh" content="\d+; url=([^"]+)"/.exec(body)?.[1]
  return found === undefined ? undefined : plain(found)
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

import { h, type ComponentChildren, type JSX } from 'preact'
import { useMemo } from 'preact/hooks'

const FORMATS = new Set('p br b strong i em u s ul ol li blockquote code pre'.split(' '))
const HARMLESS_LINK = /^(https?:|mailto:|tel:)/i

/** Renders untrusted HTML from HubSpot: recreates its formatting tags and keeps only the text of all others. */
export function RichText({ html }: { html: string }): JSX.Element {
  const nodes = useMemo(() => shown(new DOMParser().parseFromString(html, 'text/html').body), [html])
  return (
    <div class="rich" dir="auto">
      {nodes}
    </div>
  )
}

function shown(parent: Node): ComponentChildren[] {
  return [...parent.childNodes].map((node) => {
    if (!(node instanceof Element)) return node instanceof Text ? node.data : undefined
    const tag = node.localName
    if (tag === 'script' || tag === 'style') return undefined
    const href = node.getAttribute('href') ?? ''
    if (tag === 'a' && HARMLESS_LINK.test(href)) return <Link url={href}>{shown(node)}</Link>
    if (!FORMATS.has(tag)) return tag === 'div' ? <p>{shown(node)}</p> : shown(node)
    return h(tag, null, shown(node))
  })
}

export const Written = ({ children }: { children: ComponentChildren }) => (
  <p class="as-written" dir="auto">
    {children}
  </p>
)

export const Link = ({ url, children }: { url: string; children: ComponentChildren }) => (
  <a href={url} target="_blank" rel="noreferrer">
    {children}
  </a>
)

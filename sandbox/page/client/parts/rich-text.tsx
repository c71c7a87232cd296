import { h, type ComponentChildren, type JSX } from 'preact'
import { useMemo } from 'preact/hooks'

const FORMATS = new Set('p br b strong i em u s del ul ol li blockquote code pre'.split(' '))
const BLOCKS = /^(div|h[1-6]|tr)$/
const HARMLESS_LINK = /^(https?:|mailto:|tel:)/i

/** Renders untrusted HTML: recreates its formatting tags and keeps only the text of all others. */
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
    if (tag === 'a' && HARMLESS_LINK.test(href)) {
      return (
        <a href={href} target="_blank" rel="noreferrer">
          {shown(node)}
        </a>
      )
    }
    if (BLOCKS.test(tag)) return <p>{shown(node)}</p>
    return FORMATS.has(tag) ? h(tag, null, shown(node)) : shown(node)
  })
}

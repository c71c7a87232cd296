import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { html } from './page'

describe('the html template', () => {
  it('escapes strings', () => {
    expect(html`<p title="${'"><script>'}">${`<b> & 'it'`}</p>`.text).toBe(
      '<p title="&quot;&gt;&lt;script&gt;">&lt;b&gt; &amp; &#39;it&#39;</p>',
    )
  })

  it('does not escape Html, alone or in a list', () => {
    const items = ['<1>', '2'].map((item) => html`<li>${item}</li>`)
    expect(
      html`<ul>
        ${items}
      </ul>`.text.replaceAll(/\s/g, ''),
    ).toBe('<ul><li>&lt;1&gt;</li><li>2</li></ul>')
  })

  it('keeps any text inside its attribute or element', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(html`<a title="${text}">${text}</a>`.text).toMatch(/^<a title="[^<>"']*">[^<>"']*<\/a>$/)
      }),
    )
  })
})

import { escapeHtml } from '../content/escape-html'

/** Text that is already HTML. All other text is escaped. */
export class Html {
  constructor(readonly text: string) {}
}

type Value = string | Html | readonly Html[]

/** The only way to create `Html` from values: it escapes every string. */
export const html = (parts: TemplateStringsArray, ...values: Value[]): Html =>
  new Html(parts.map((part, index) => (index === 0 ? part : `${textOf(values[index - 1] ?? '')}${part}`)).join(''))

function textOf(value: Value): string {
  if (typeof value === 'string') return escapeHtml(value)
  return value instanceof Html ? value.text : value.map(({ text }) => text).join('')
}

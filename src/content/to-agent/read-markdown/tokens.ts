import { pairRuns, type DelimiterRun } from './emphasis'

export type Text = { kind: 'text'; text: string }
export type Break = { kind: 'break' }
export type Link = { kind: 'link'; url: string; words: string; isImage: boolean }

/** What is left of formatted words. */
export type Inline = Text | Break | Link

/** A bracket that a link could begin with. */
export type Bracket = { kind: 'bracket'; isImage: boolean }

export type Token = Inline | DelimiterRun | Bracket

/** The words without the signs that formatted them. */
export function inlinesOf(tokens: readonly Token[]): Inline[] {
  pairRuns(tokens.filter((token) => token.kind === 'run'))
  const inlines: Inline[] = []
  for (const token of tokens) {
    const inline = inlineOf(token)
    const last = inlines.at(-1)
    if (inline.kind === 'text' && last?.kind === 'text') last.text += inline.text
    else inlines.push(inline)
  }
  return inlines
}

export function wordsOf(tokens: readonly Token[]): string {
  return inlinesOf(tokens)
    .map((inline) => (inline.kind === 'text' ? inline.text : inline.kind === 'link' ? inline.words : ' '))
    .join('')
}

function inlineOf(token: Token): Inline {
  if (token.kind === 'run') return { kind: 'text', text: token.sign.repeat(token.left) }
  if (token.kind === 'bracket') return { kind: 'text', text: token.isImage ? '![' : '[' }
  return token
}

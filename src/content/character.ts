/** The end of a text counts as a space, as it does in markdown. */
export const isSpace = (character: string): boolean => character === '' || /^\s$/u.test(character)

export const isWordCharacter = (character: string): boolean => /^[\p{L}\p{N}\p{M}]$/u.test(character)

/** Punctuation and symbols, as CommonMark counts them. */
export const isPunctuation = (character: string): boolean => /^[\p{P}\p{S}]$/u.test(character)

/** Of a script that writes its words without spaces, or sets its endings to them. */
export const isCjk = (character: string): boolean =>
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]$/u.test(character)

export const firstCharacter = (text: string): string => characterAfter(text, 0)

export const lastCharacter = (text: string): string => characterBefore(text, text.length)

export function characterBefore(text: string, at: number): string {
  const isPair = at > 1 && /^[\ud800-\udbff][\udc00-\udfff]$/.test(text.slice(at - 2, at))
  return isPair ? text.slice(at - 2, at) : text.charAt(at - 1)
}

export function characterAfter(text: string, at: number): string {
  const code = text.codePointAt(at)
  return code === undefined ? '' : String.fromCodePoint(code)
}

/** What a sticky expression matches exactly at a place. */
export function matchAt(sticky: RegExp, text: string, at: number): RegExpExecArray | null {
  sticky.lastIndex = at
  return sticky.exec(text)
}

/** The end of a text counts as a space, as it does in markdown. */
export const isSpace = (character: string): boolean => character === '' || /^\s$/u.test(character)

export const isWordCharacter = (character: string): boolean => /^[\p{L}\p{N}\p{M}]$/u.test(character)

/** Punctuation and symbols, as CommonMark counts them. */
export const isPunctuation = (character: string): boolean => /^[\p{P}\p{S}]$/u.test(character)

/** Scripts that write words without spaces, or set endings to them, inside the brackets of a regular expression. */
export const CJK = String.raw`\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}`
const ONE_CJK = new RegExp(`^[${CJK}]$`, 'u')

export const isCjk = (character: string): boolean => ONE_CJK.test(character)

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

const SEPARATORS = /\r\n?|[\v\f\u0085\u2028\u2029]/g
/** Joiners that emoji, and words of scripts without capital letters, need; then what no reader sees. */
const INVISIBLE =
  /((?<=[\p{Lo}\p{M}\p{Extended_Pictographic}\p{Emoji_Modifier}])[\u200c\u200d]|(?<=\u{1f3f4}[\u{e0020}-\u{e007f}]{0,9})[\u{e0020}-\u{e007f}])|(?![\t\n\p{Variation_Selector}])[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/gu

/** The text as a reader sees it: whatever breaks a line is a line feed, and nothing is hidden. */
export const visible = (text: string): string => text.replace(SEPARATORS, '\n').replace(INVISIBLE, '$1')

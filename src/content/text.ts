/** Scripts that write words without spaces, or set endings to them, inside the brackets of a regular expression. */
export const CJK = String.raw`\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}`

/** The whole characters beside a place, empty at the ends of the text. */
export const characterBefore = (text: string, at: number): string =>
  isPair(text, at - 2) ? text.slice(at - 2, at) : text.charAt(at - 1)
export const characterAfter = (text: string, at: number): string => text.slice(at, at + (isPair(text, at) ? 2 : 1))
const isPair = (text: string, at: number): boolean => (text.codePointAt(at) ?? 0) > 0xff_ff

/** What a sticky expression matches exactly at a place, and what a global one matches first from there on. */
export function matchAt(expression: RegExp, text: string, at: number): RegExpExecArray | null {
  expression.lastIndex = at
  return expression.exec(text)
}

const SEPARATORS = /\r\n?|[\v\f\u0085\u2028\u2029]/g
/** Joiners that emoji, and words of scripts without capital letters, need; then what no reader sees. */
const INVISIBLE =
  /((?<=[\p{Lo}\p{M}\p{Extended_Pictographic}\p{Emoji_Modifier}])[\u200c\u200d]|(?<=\u{1f3f4}[\u{e0020}-\u{e007f}]{0,9})[\u{e0020}-\u{e007f}])|(?![\t\n\p{Variation_Selector}])[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/gu

/** The text as a reader sees it: whatever breaks a line is a line feed, and nothing is hidden. */
export const visible = (text: string): string => text.replace(SEPARATORS, '\n').replace(INVISIBLE, '$1')

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** Text as HTML shows it, between tags and in quoted attributes. */
export const escapeHtml = (text: string): string =>
  text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? '')

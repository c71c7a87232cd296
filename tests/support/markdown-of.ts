import { htmlToMarkdown, textToMarkdown } from '../../src/content/to-customer/html-to-markdown'

type Parts = ReturnType<typeof htmlToMarkdown>

/** A reply's texts in order, without its pictures. */
const wordsOf = (parts: Parts): string => parts.filter((part) => typeof part === 'string').join('\n\n')

export const markdownOfHtml = (html: string): string => wordsOf(htmlToMarkdown(html))
export const markdownOfText = (text: string): string => wordsOf(textToMarkdown(text))

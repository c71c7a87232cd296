import { htmlToMarkdown } from './html-to-markdown'

/** An agent's words as markdown: as the editor laid them out, or as plain text where it laid out nothing to read. */
export function agentReplyMarkdown({ text, richText }: { text: string; richText: string }): string {
  return htmlToMarkdown(richText) || text.trim()
}

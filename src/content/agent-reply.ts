/** What an agent sent: the text, and what the editor put around it. */
export type AgentReply = { text: string; richText: string; files: { name: string; url: string | undefined }[] }

/**
 * An agent's reply as one text for the customer; empty when there is nothing to show. Links that the editor hides
 * behind words are written out, files become a line with name and link.
 */
export function agentReplyText({ text, richText, files }: AgentReply): string {
  const hidden = links(richText).filter((url) => !text.includes(url))
  const fileLines = files.map(({ name, url }) =>
    url ? `${name}\n${url}` : `${name} (this file cannot be opened here)`,
  )
  return [text.trim(), ...hidden, ...fileLines].filter((part) => part !== '').join('\n\n')
}

function links(richText: string): string[] {
  const found = [...richText.matchAll(/<a\b[^>]*?\bhref\s*=\s*(?:"([^"]*)"|'([^']*)')/gi)].map(([, double, single]) =>
    (double ?? single ?? '').replaceAll('&amp;', '&').trim(),
  )
  return [...new Set(found)].filter((url) => /^(https?|mailto|tel):/i.test(url))
}

/** The subset of Markdown that webchat displays and the integration writes. */
export type Block =
  | { kind: 'paragraph'; lines: Inline[][] }
  | { kind: 'quote'; blocks: Block[] }
  | { kind: 'list'; isOrdered: boolean; items: Inline[][] }

export type Inline =
  | { kind: 'text'; text: string }
  | { kind: 'strong' | 'emphasis'; content: Inline[] }
  | { kind: 'code'; text: string }
  | { kind: 'link'; url: string; content: Inline[] }

const ITEM = /^\s*(?:[-*+]|(\d+)[.)])\s+(.*)$/

export function parseMarkdown(markdown: string): Block[] {
  const blocks: Block[] = []
  let paragraph: string[] = []
  const endParagraph = () => {
    if (paragraph.length > 0) blocks.push({ kind: 'paragraph', lines: paragraph.map(parseInline) })
    paragraph = []
  }
  const lines = markdown.split('\n')
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? ''
    if (line.startsWith('>')) {
      const from = index
      while (lines[index + 1]?.startsWith('>')) index += 1
      const quoted = lines.slice(from, index + 1).map((each) => each.replace(/^> ?/, ''))
      endParagraph()
      blocks.push({ kind: 'quote', blocks: parseMarkdown(quoted.join('\n')) })
    } else if (ITEM.test(line)) {
      endParagraph()
      addItem(blocks, line)
    } else if (line.trim() === '') endParagraph()
    else paragraph.push(line)
  }
  endParagraph()
  return blocks
}

/** Adjacent items form one list. */
function addItem(blocks: Block[], line: string): void {
  const [, number, text = ''] = ITEM.exec(line) ?? []
  const isOrdered = number !== undefined
  const last = blocks.at(-1)
  if (last?.kind === 'list' && last.isOrdered === isOrdered) last.items.push(parseInline(text))
  else blocks.push({ kind: 'list', isOrdered, items: [parseInline(text)] })
}

const TOKENS = new RegExp(
  [
    /\\(?<escaped>[!-/:-@[-`{-~])/,
    /`(?<code>[^`]+)`/,
    /\[(?<words>(?:\\.|[^\]\\])*)\]\((?<url>https?:[^\s)]+|mailto:[^\s)]+|tel:[^\s)]+)\)/,
    /<(?<auto>https?:[^\s>]+)>/,
    /(?<bare>https?:\/\/[^\s<>[\]()]*[^\s<>[\]().,;:!?'"])/,
    /\*\*(?<strong>(?:\\.|[^*\\]|\*(?!\*))+?)\*\*/,
    /\*(?!\s)(?<emphasis>(?:\\.|[^*\\])+?)\*/,
    /(?<![\p{L}\p{N}])_(?<underscored>(?:\\.|[^_\\])+?)_(?![\p{L}\p{N}])/u,
  ]
    .map(({ source }) => source)
    .join('|'),
  'gu',
)

export function parseInline(text: string): Inline[] {
  const out: Inline[] = []
  let end = 0
  const addText = (words: string) => {
    const last = out.at(-1)
    if (last?.kind === 'text') last.text += words
    else if (words !== '') out.push({ kind: 'text', text: words })
  }
  for (const { 0: whole, index, groups = {} } of text.matchAll(TOKENS)) {
    addText(text.slice(end, index))
    end = index + whole.length
    if (groups['escaped'] === undefined) out.push(token(groups))
    else addText(groups['escaped'])
  }
  addText(text.slice(end))
  return out
}

function token(groups: Record<string, string | undefined>): Inline {
  const { code, words, url, auto, bare, strong } = groups
  if (code !== undefined) return { kind: 'code', text: code }
  if (url !== undefined) return { kind: 'link', url, content: parseInline(words ?? '') }
  const address = auto ?? bare
  if (address !== undefined) return { kind: 'link', url: address, content: [{ kind: 'text', text: address }] }
  if (strong !== undefined) return { kind: 'strong', content: parseInline(strong) }
  return { kind: 'emphasis', content: parseInline(groups['emphasis'] ?? groups['underscored'] ?? '') }
}

import type { Format } from '../../../../src/hubspot/custom-channels'

export type EditorTool = { format: Format; label: string; command: string; value?: string }

/** The editor's tools, one for each format that the channel registers. `command` is the browser's own. */
export const TOOLS: readonly EditorTool[] = [
  { format: 'BOLD', label: 'Bold', command: 'bold' },
  { format: 'ITALIC', label: 'Italic', command: 'italic' },
  { format: 'LISTS', label: 'List', command: 'insertUnorderedList' },
  { format: 'HYPERLINK', label: 'Link', command: 'createLink' },
  { format: 'BLOCKQUOTE', label: 'Quote', command: 'formatBlock', value: 'blockquote' },
]

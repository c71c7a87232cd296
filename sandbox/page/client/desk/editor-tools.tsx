import type { RefObject } from 'preact'
import { IconButton } from '../parts/basics'
import { TOOLS, type EditorTool } from './formats'

/** Formats the editor's selection with the browser's own commands. Any alternative would need a library. */
export const EditorTools = ({ editor }: { editor: RefObject<HTMLElement | null> }) => (
  <div class="row wrap" role="group" aria-label="Formatting">
    {TOOLS.map((tool) => (
      <IconButton
        key={tool.format}
        icon={tool.format}
        label={tool.label}
        // Otherwise a click would clear the editor's selection.
        onMouseDown={(event) => event.preventDefault()}
        onClick={() => editor.current && use(tool, editor.current)}
      />
    ))}
  </div>
)

function use({ format, command, value }: EditorTool, editor: HTMLElement): void {
  const selection = document.getSelection()
  if (!selection || !editor.contains(selection.anchorNode)) {
    selection?.selectAllChildren(editor)
    selection?.collapseToEnd()
  }
  editor.focus()
  if (format !== 'HYPERLINK') return void document.execCommand(command, false, value)
  const url = askForAddress()
  if (url) document.execCommand(selection?.isCollapsed ? 'insertText' : command, false, url)
}

/** Asks until the answer is an address. Agents often omit https. */
function askForAddress(): string | undefined {
  let given = prompt('Address of the link:', 'https://')
  while (given !== null) {
    const isWhole = /^(https?:\/\/|mailto:|tel:)./i.test(given.trim())
    const url = isWhole ? given.trim() : `https://${given.trim()}`
    if (!/\s/.test(url) && URL.canParse(url) && (isWhole || new URL(url).host.includes('.'))) return url
    given = prompt(`“${given}” is not an address. An address looks like https://example.com.`, given)
  }
  return undefined
}

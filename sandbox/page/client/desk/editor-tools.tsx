import type { ComponentChildren, RefObject } from 'preact'
import type { Format } from '../../../../src/hubspot/capabilities'
import { Button, Icon } from '../parts/icons'
import { TOOLS } from './formats'

type Props = { editor: RefObject<HTMLDivElement | null> }

/** Whether the caret is in a list, where Enter begins the next item. */
export function isInList(): boolean {
  const node = document.getSelection()?.anchorNode
  const element = node instanceof Element ? node : node?.parentElement
  return Boolean(element?.closest('.editor li'))
}

/** Formats the editor's selection with the browser's own commands. Any alternative would need a library. */
export function EditorTools({ editor }: Props) {
  const run = (command: string, value?: string) => {
    editor.current?.focus()
    document.execCommand(command, false, value)
  }
  const addLink = () => {
    const range = rangeIn(editor.current)
    const url = askForAddress()
    if (url === undefined) return
    document.getSelection()?.removeAllRanges()
    document.getSelection()?.addRange(range)
    run(range.collapsed ? 'insertText' : 'createLink', url)
  }
  return (
    <div class="row wrap tools" role="group" aria-label="Formatting">
      {TOOLS.map(({ format, label, command, value }) => (
        <Button
          key={format}
          class="icon-button"
          aria-label={label}
          title={label}
          // Otherwise a click would clear the editor's selection.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => (format === 'HYPERLINK' ? addLink() : run(command, value))}
        >
          {SIGNS[format]}
        </Button>
      ))}
    </div>
  )
}

const SIGNS: Record<Format, ComponentChildren> = {
  BOLD: <b>B</b>,
  ITALIC: <i>I</i>,
  LISTS: <Icon name="list" />,
  HYPERLINK: <Icon name="link" />,
  BLOCKQUOTE: <span>&ldquo;</span>,
}

/** The selection, or the end of the editor if the caret has not been there yet. */
function rangeIn(editor: HTMLElement | null): Range {
  const selection = document.getSelection()
  const range = selection && selection.rangeCount > 0 ? selection.getRangeAt(0).cloneRange() : undefined
  if (range && editor?.contains(range.commonAncestorContainer)) return range
  const end = document.createRange()
  if (editor) end.selectNodeContents(editor)
  end.collapse(false)
  return end
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

import type { ComponentChildren, RefObject } from 'preact'
import { useState } from 'preact/hooks'
import type { Format } from '../../../../src/hubspot/capabilities'
import { Icon } from '../parts/icons'
import { TOOLS } from './formats'

type Props = { editor: RefObject<HTMLDivElement | null> }

/** Formats the editor's selection with the browser's own commands. Any alternative would need a library. */
export function EditorTools({ editor }: Props) {
  const [selection, setSelection] = useState<Range>()
  const run = (command: string, value?: string) => {
    editor.current?.focus()
    document.execCommand(command, false, value)
  }
  const askForLink = () => setSelection(document.getSelection()?.getRangeAt(0).cloneRange())
  const setLink = (url: string) => {
    const range = selection
    setSelection(undefined)
    editor.current?.focus()
    if (!range || url === '') return
    document.getSelection()?.removeAllRanges()
    document.getSelection()?.addRange(range)
    if (range.collapsed) document.execCommand('insertText', false, url)
    else document.execCommand('createLink', false, url)
  }
  return (
    <div class="tools" role="group" aria-label="Formatting">
      {TOOLS.map(({ format, label, command, value }) => (
        <Tool key={format} label={label} onPress={() => (format === 'HYPERLINK' ? askForLink() : run(command, value))}>
          {SIGNS[format]}
        </Tool>
      ))}
      {selection && <LinkField onDone={setLink} />}
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

type ToolProps = { label: string; onPress: () => void; children: ComponentChildren }

/** Prevents mouse clicks from clearing the editor's selection. */
const Tool = ({ label, onPress, children }: ToolProps) => (
  <button
    type="button"
    class="icon-button"
    aria-label={label}
    title={label}
    onMouseDown={(event) => event.preventDefault()}
    onClick={onPress}
  >
    {children}
  </button>
)

const LinkField = ({ onDone }: { onDone: (url: string) => void }) => (
  <input
    class="link-field"
    type="url"
    aria-label="Address of the link"
    placeholder="https://… and Enter"
    ref={(field) => field?.focus()}
    onKeyDown={(event) => {
      if (event.key === 'Escape') onDone('')
      if (event.key !== 'Enter') return
      event.preventDefault()
      onDone(event.currentTarget.value)
    }}
  />
)

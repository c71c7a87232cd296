import type { ComponentChildren, RefObject } from 'preact'
import { useState } from 'preact/hooks'
import { Icon } from '../parts/icons'

type Props = { editor: RefObject<HTMLDivElement | null> }

/** Formats the editor's selection with the browser's own commands. Any alternative would need a library. */
export function EditorTools({ editor }: Props) {
  const [selection, setSelection] = useState<Range>()
  const run = (command: string, value?: string) => {
    editor.current?.focus()
    document.execCommand(command, false, value)
  }
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
      <Tool label="Bold" onPress={() => run('bold')}>
        <b>B</b>
      </Tool>
      <Tool label="Italic" onPress={() => run('italic')}>
        <i>I</i>
      </Tool>
      <Tool label="List" onPress={() => run('insertUnorderedList')}>
        <Icon name="list" />
      </Tool>
      <Tool label="Link" onPress={() => setSelection(document.getSelection()?.getRangeAt(0).cloneRange())}>
        <Icon name="link" />
      </Tool>
      {selection && <LinkField onDone={setLink} />}
    </div>
  )
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

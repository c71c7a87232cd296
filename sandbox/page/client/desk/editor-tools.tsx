import type { ComponentChildren, RefObject } from 'preact'
import { useRef, useState } from 'preact/hooks'
import { Icon } from '../parts/icons'

/** A link that is being written. */
export type LinkDraft = {
  /** Inserts the link. Tells whether that is possible; an empty address is no link. */
  finish: () => boolean
}

type Props = { editor: RefObject<HTMLDivElement | null>; link: RefObject<LinkDraft | null> }

/** Whether the caret is in a list, where Enter begins the next item. */
export function isInList(): boolean {
  const node = document.getSelection()?.anchorNode
  const element = node instanceof Element ? node : node?.parentElement
  return Boolean(element?.closest('.editor li'))
}

/** Formats the editor's selection with the browser's own commands. Any alternative would need a library. */
export function EditorTools({ editor, link }: Props) {
  const [selection, setSelection] = useState<Range>()
  const run = (command: string) => {
    editor.current?.focus()
    document.execCommand(command)
  }
  const close = () => {
    setSelection(undefined)
    editor.current?.focus()
  }
  const insert = (url: string) => {
    close()
    if (!selection) return
    document.getSelection()?.removeAllRanges()
    document.getSelection()?.addRange(selection)
    if (selection.collapsed) document.execCommand('insertText', false, url)
    else document.execCommand('createLink', false, url)
  }
  return (
    <div class="row wrap tools" role="group" aria-label="Formatting">
      <Tool label="Bold" onPress={() => run('bold')}>
        <b>B</b>
      </Tool>
      <Tool label="Italic" onPress={() => run('italic')}>
        <i>I</i>
      </Tool>
      <Tool label="List" onPress={() => run('insertUnorderedList')}>
        <Icon name="list" />
      </Tool>
      <Tool label="Link" onPress={() => setSelection(selectionIn(editor.current))}>
        <Icon name="link" />
      </Tool>
      {selection && <LinkField link={link} onDone={insert} onCancel={close} />}
    </div>
  )
}

/** The end of the editor, if the caret has not been there yet. */
function selectionIn(editor: HTMLElement | null): Range {
  const selection = document.getSelection()
  const range = selection && selection.rangeCount > 0 ? selection.getRangeAt(0).cloneRange() : undefined
  if (range && editor?.contains(range.commonAncestorContainer)) return range
  const end = document.createRange()
  if (editor) end.selectNodeContents(editor)
  end.collapse(false)
  return end
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

type FieldProps = { link: Props['link']; onDone: (url: string) => void; onCancel: () => void }

function LinkField({ link, onDone, onCancel }: FieldProps) {
  const field = useRef<HTMLInputElement>(null)
  const [isRefused, setRefused] = useState(false)
  const finish = (): boolean => {
    const given = field.current?.value.trim() ?? ''
    if (given === '') {
      onCancel()
      return true
    }
    const url = addressOf(given)
    setRefused(url === undefined)
    if (url !== undefined) onDone(url)
    else field.current?.focus()
    return url !== undefined
  }
  return (
    <span class="link">
      <input
        type="url"
        aria-label="Address of the link"
        aria-invalid={isRefused}
        aria-describedby="link-refused"
        placeholder="https://… and Enter"
        ref={(element) => {
          if (element && field.current === null) element.focus()
          field.current = element
          link.current = element && { finish }
        }}
        onKeyDown={(event) => {
          if (event.key === 'Escape') onCancel()
          if (event.key !== 'Enter') return
          event.preventDefault()
          finish()
        }}
      />
      <small id="link-refused" role="alert">
        {isRefused && 'This is not an address. An address looks like https://example.com.'}
      </small>
    </span>
  )
}

/** The address of a link; undefined if it is none. Agents often omit https. */
function addressOf(given: string): string | undefined {
  const isWhole = /^(https?:\/\/|mailto:|tel:)./i.test(given)
  const url = isWhole ? given : `https://${given}`
  if (/\s/.test(given) || !URL.canParse(url)) return undefined
  return isWhole || new URL(url).host.includes('.') ? url : undefined
}

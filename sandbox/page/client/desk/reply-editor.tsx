import { useLayoutEffect, useRef } from 'preact/hooks'
import { FileButton } from '../parts/files'
import { IconButton } from '../parts/basics'
import { useRemembered } from '../state/remembered'
import { act } from '../state/server'
import { EditorTools } from './editor-tools'

/** Files that are picked but not sent. */
export type Picked = { files: File[]; setFiles: (change: (now: File[]) => File[]) => void }

type Props = { threadId: string; agentId: string; customerName: string; picked: Picked }

/**
 * The agent's reply, with formatting and files. Enter sends it, but in a list it begins the next item; Shift+Enter
 * starts a new line.
 */
export function ReplyEditor({ threadId, agentId, customerName, picked: { files, setFiles } }: Props) {
  const editor = useRef<HTMLDivElement>(null)
  const [html, setHtml] = useRemembered(`thread ${threadId}`)
  const write = (content: string) => {
    if (editor.current) editor.current.innerHTML = content
    setHtml(content)
  }
  // The browser changes the content, so it is only set when the editor appears.
  useLayoutEffect(() => write(html), [])
  const send = async (event: Event) => {
    event.preventDefault()
    const text = editor.current?.innerText.trim() ?? ''
    const form = new FormData()
    for (const [name, value] of Object.entries({ thread: threadId, agent: agentId, text, html })) form.set(name, value)
    for (const file of files) form.append('file', file)
    // Cleared at once, because the agent may already write the next reply. If sending fails, the reply is restored.
    write('')
    setFiles(() => [])
    if (await act('reply', form)) return
    if (editor.current?.innerText.trim() === '') write(html)
    setFiles((next) => [...files, ...next])
  }
  return (
    <form class="composer pad live" onSubmit={(event) => void send(event)}>
      <div
        ref={editor}
        class="editor rich scroll"
        contentEditable
        role="textbox"
        tabIndex={0}
        dir="auto"
        aria-multiline="true"
        aria-label={`Reply to ${customerName}`}
        data-placeholder={`Reply to ${customerName}`}
        onInput={({ currentTarget }) => setHtml(currentTarget.innerHTML)}
        onKeyDown={(event) => {
          const isNewLine = event.shiftKey || (isInList() && !event.ctrlKey)
          if (event.key === 'Enter' && !isNewLine && !event.isComposing) void send(event)
        }}
        onPaste={pastePlain}
      />
      {files.length > 0 && (
        <ul class="row wrap">
          {files.map((file) => (
            <li key={file.name}>
              {file.name}
              <IconButton
                icon="cross"
                label={`Remove ${file.name}`}
                onClick={() => setFiles((now) => now.filter((each) => each !== file))}
              />
            </li>
          ))}
        </ul>
      )}
      <div class="row wrap">
        <EditorTools editor={editor} />
        <FileButton label="Attach files" onPick={(more) => setFiles((now) => [...now, ...more])} />
        <button class="is-primary end">Reply</button>
      </div>
    </form>
  )
}

/** Whether the caret is in a list, where Enter begins the next item. */
function isInList(): boolean {
  const node = document.getSelection()?.anchorNode
  const element = node instanceof Element ? node : node?.parentElement
  return Boolean(element?.closest('.editor li'))
}

/** Pastes text without its formatting. */
function pastePlain(event: ClipboardEvent): void {
  event.preventDefault()
  document.execCommand('insertText', false, event.clipboardData?.getData('text/plain') ?? '')
}

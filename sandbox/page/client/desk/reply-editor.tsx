import { useLayoutEffect, useRef } from 'preact/hooks'
import { FileButton } from '../parts/files'
import { IconButton } from '../parts/icons'
import { actWithFiles } from '../state/server'
import { useFilesDraft, useTextDraft } from '../state/drafts'
import { EditorTools, isInList } from './editor-tools'

type Props = { threadId: string; agentId: string; customerName: string }

/**
 * The agent's reply, with formatting and files. Enter sends it, but in a list it begins the next item; Shift+Enter
 * starts a new line.
 */
export function ReplyEditor({ threadId, agentId, customerName }: Props) {
  const editor = useRef<HTMLDivElement>(null)
  const [files, setFiles] = useFilesDraft(threadId)
  const [html, setHtml] = useTextDraft(`thread ${threadId}`)
  // The browser changes the content, so it is only set when the editor appears.
  useLayoutEffect(() => {
    if (editor.current) editor.current.innerHTML = html
  }, [])
  const send = async () => {
    const written = editor.current
    if (!written) return
    const { innerText, innerHTML } = written
    const form = new FormData()
    const fields = { thread: threadId, agent: agentId, text: innerText.trim(), html: innerHTML }
    for (const [name, value] of Object.entries(fields)) form.set(name, value)
    for (const file of files) form.append('file', file)
    // Cleared at once, because the agent may already write the next reply. If sending fails, the reply is restored.
    written.replaceChildren()
    setHtml(() => '')
    setFiles(() => [])
    if (await actWithFiles('reply', form)) return
    if (written.innerText.trim() === '') {
      written.innerHTML = innerHTML
      setHtml(() => innerHTML)
    }
    setFiles((next) => [...files, ...next])
  }
  return (
    <form
      class="reply box"
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      <div
        ref={editor}
        class="editor rich pad scroll"
        contentEditable
        role="textbox"
        tabIndex={0}
        dir="auto"
        aria-multiline="true"
        aria-label={`Reply to ${customerName}`}
        data-placeholder={`Reply to ${customerName}`}
        onInput={({ currentTarget }) => setHtml(() => currentTarget.innerHTML)}
        onKeyDown={(event) => {
          const isNewLine = event.shiftKey || (isInList() && !event.ctrlKey)
          if (event.key !== 'Enter' || isNewLine || event.isComposing) return
          event.preventDefault()
          void send()
        }}
        onPaste={pastePlain}
      />
      {files.length > 0 && (
        <ul class="row wrap picked">
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
        <FileButton label="Attach files" onPick={(picked) => setFiles((now) => [...now, ...picked])} />
        <button class="is-primary end">Reply</button>
      </div>
    </form>
  )
}

/** Pastes text without its formatting. */
function pastePlain(event: ClipboardEvent): void {
  event.preventDefault()
  document.execCommand('insertText', false, event.clipboardData?.getData('text/plain') ?? '')
}

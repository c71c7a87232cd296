import { useRef, useState } from 'preact/hooks'
import { FileButton } from '../parts/file-button'
import { Icon } from '../parts/icons'
import { actWithFiles } from '../state/act'
import { EditorTools } from './editor-tools'

type Props = { threadId: string; agentId: string; customerName: string }

/** The agent's reply, with formatting and files. Enter sends it; Shift+Enter starts a new line. */
export function ReplyEditor({ threadId, agentId, customerName }: Props) {
  const editor = useRef<HTMLDivElement>(null)
  const [files, setFiles] = useState<File[]>([])
  const send = async () => {
    const written = editor.current
    if (!written) return
    const { innerText, innerHTML } = written
    const form = new FormData()
    const fields = { thread: threadId, agent: agentId, text: innerText.trim(), html: innerHTML }
    for (const [name, value] of Object.entries(fields)) form.set(name, value)
    for (const file of files) form.append('file', file)
    // Cleared at once, because the agent may already write the next reply. If sending fails, the reply is restored.
    const taken = [...written.childNodes]
    written.replaceChildren()
    setFiles([])
    if (await actWithFiles('reply', form)) return
    if (written.innerText.trim() === '') written.replaceChildren(...taken)
    setFiles((next) => [...files, ...next])
  }
  return (
    <form
      class="reply"
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      <div
        ref={editor}
        class="editor rich"
        contentEditable
        role="textbox"
        tabIndex={0}
        aria-multiline="true"
        aria-label={`Reply to ${customerName}`}
        data-placeholder={`Reply to ${customerName}`}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
          event.preventDefault()
          void send()
        }}
        onPaste={pastePlain}
      />
      {files.length > 0 && (
        <ul class="picked">
          {files.map((file) => (
            <li key={file.name}>
              {file.name}
              <button
                type="button"
                aria-label={`Remove ${file.name}`}
                onClick={() => setFiles(files.filter((each) => each !== file))}
              >
                <Icon name="cross" />
              </button>
            </li>
          ))}
        </ul>
      )}
      <div class="reply-bar">
        <EditorTools editor={editor} />
        <FileButton label="Attach files" onPick={(picked) => setFiles([...files, ...picked])} />
        <button class="is-primary">Reply</button>
      </div>
    </form>
  )
}

/** Pastes text without its formatting. */
function pastePlain(event: ClipboardEvent): void {
  event.preventDefault()
  document.execCommand('insertText', false, event.clipboardData?.getData('text/plain') ?? '')
}

import { useState } from 'preact/hooks'
import type { ChatView } from '../../view'
import { FileButton } from '../parts/file-button'
import { Icon } from '../parts/icons'
import { act, actWithFiles } from '../state/act'

/** The customer's message. Enter sends it. */
export function Composer({ chat: { id, name, isWithPerson } }: { chat: ChatView }) {
  const [text, setText] = useState('')
  const send = async () => {
    if (text.trim() === '') return
    // Cleared at once, because the customer may already write the next message. If sending fails, the text is restored.
    setText('')
    if (!(await act('say', { chat: id, text }))) setText((next) => next || text)
  }
  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      <FileButton label="Attach a picture or file" onPick={(files) => void sendFiles(id, files)} />
      <textarea
        rows={1}
        value={text}
        aria-label={`Message as ${name}`}
        placeholder={`Write as ${name}`}
        onInput={({ currentTarget }) => setText(currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
          event.preventDefault()
          void send()
        }}
      />
      {isWithPerson && (
        <button type="button" class="quiet" title="Writes /end" onClick={() => void act('end', { chat: id })}>
          End
        </button>
      )}
      <button class="icon-button is-primary" aria-label="Send" title="Send">
        <Icon name="send" />
      </button>
    </form>
  )
}

async function sendFiles(chat: number, files: File[]): Promise<void> {
  for (const file of files) {
    const form = new FormData()
    form.set('chat', String(chat))
    form.set('file', file)
    if (!(await actWithFiles('sendFile', form))) return
  }
}

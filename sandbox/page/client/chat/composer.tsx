import { useRef } from 'preact/hooks'
import type { ChatView } from '../../view'
import { FileButton } from '../parts/files'
import { Button, IconButton } from '../parts/basics'
import { firstName, stateOf } from '../parts/people'
import { useRemembered } from '../state/remembered'
import { act } from '../state/server'

/** The customer's message. Enter sends it. */
export function Composer({ chat }: { chat: ChatView }) {
  const { id, name } = chat
  const [text, setText] = useRemembered(`chat ${id}`)
  const box = useRef<HTMLTextAreaElement>(null)
  const send = async (event: Event) => {
    event.preventDefault()
    if (text.trim() === '') return
    // Cleared at once, because the customer may already write the next message. If sending fails, the text is restored.
    setText('')
    if (!(await act('say', { chat: id, text }))) setText(box.current?.value || text)
  }
  return (
    <form class="row composer pad live" onSubmit={(event) => void send(event)}>
      <FileButton label="Attach a picture or file" onPick={(files) => void sendFiles(id, files)} />
      <textarea
        ref={box}
        rows={1}
        dir="auto"
        value={text}
        aria-label={`Message as ${name}`}
        placeholder={`Write as ${firstName(name)}`}
        onInput={({ currentTarget }) => setText(currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) void send(event)
        }}
      />
      {stateOf(chat).state !== 'bot' && (
        <Button title="Writes /end" onClick={() => void act('end', { chat: id })}>
          End
        </Button>
      )}
      <IconButton type="submit" class="icon-button is-primary" icon="send" label="Send" />
    </form>
  )
}

async function sendFiles(chat: number, files: File[]): Promise<void> {
  for (const file of files) {
    const form = new FormData()
    form.set('chat', String(chat))
    form.set('file', file)
    if (!(await act('sendFile', form))) return
  }
}

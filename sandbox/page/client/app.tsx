import { useEffect } from 'preact/hooks'
import type { View } from '../view'
import { Calls } from './calls/calls'
import { ChatPanel } from './chat/chat-panel'
import { Account } from './desk/account'
import { Desk } from './desk/desk'
import { Header } from './header'
import { Parts } from './parts-nav'
import { Problem } from './problem'
import { useRemembered } from './state/remembered'
import { followChanges, useView } from './state/view'
import { Trouble } from './trouble'

export function App() {
  const view = useView()
  useEffect(followChanges, [])
  if (!view) return <p class="loading">One moment …</p>
  return <Page key={view.run} view={view} />
}

function Page({ view }: { view: View }) {
  const [part, setPart] = useRemembered('part', 'chat')
  // Starts with the latest chat: the demo may have opened earlier ones.
  const [chatId, setChatId] = useRemembered('chat', String(view.chats.length - 1))
  const [threadId, setThreadId] = useRemembered('thread', '')
  const chat = view.chats[Number(chatId)] ?? view.chats[0]
  const { hubspot } = view
  const only = new URLSearchParams(location.search).get('only')
  return (
    <div class={`page part-${part} ${only === null ? '' : `only-${only}`} kind-${hubspot.kind}`}>
      <Header kind={hubspot.kind} />
      <main>
        {chat && (
          <ChatPanel chats={view.chats} hubspot={hubspot} chosen={chat} choose={(id) => setChatId(String(id))} />
        )}
        {hubspot.kind === 'real' ? (
          <Account account={hubspot} />
        ) : (
          <>
            <Desk view={hubspot} chosen={threadId} choose={setThreadId} />
            {chat && <Trouble troubles={hubspot.troubles} chat={chat.id} customerName={chat.name} />}
          </>
        )}
        <Calls calls={view.calls} />
      </main>
      <Problem />
      <Parts chosen={part} choose={setPart} hubspot={hubspot} />
    </div>
  )
}

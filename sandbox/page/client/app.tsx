import { render } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import type { ChatView, ThreadView, View } from '../view'
import { Calls, Causes } from './calls/calls'
import { ChatPanel } from './chat/chat-panel'
import { Account, Desk } from './desk/desk'
import { Header, Parts } from './header'
import { colourOf } from './parts/people'
import { Ribbon } from './ribbon'
import { useRemembered } from './state/remembered'
import { useReplay, viewAt } from './state/replay'
import { followChanges, type Told } from './state/server'
import { Trouble } from './trouble'

const only = new URLSearchParams(location.search).get('only')

function App() {
  const [{ view, isConnected, problem }, setTold] = useState<Told>({ isConnected: true })
  useEffect(() => followChanges(setTold), [])
  return (
    <>
      {view ? (
        <Page key={view.run} now={view} />
      ) : (
        <div class="alone" role="status">
          <h1>Human handoff</h1>
          <p>One moment. The sandbox is playing a handoff, which this page then shows.</p>
        </div>
      )}
      <p role="alert" class="box pad is-bad problem">
        {isConnected ? problem : 'The sandbox does not respond. Retrying …'}
      </p>
    </>
  )
}

function Page({ now }: { now: View }) {
  const replay = useReplay(now)
  const { step } = replay
  const view = step ? viewAt(now, step.at) : now
  const { hubspot, chats, calls, savedAt } = view
  const { chat, thread, chooseChat, chooseThread } = useChoice(view)
  const agents = hubspot.kind === 'real' ? [] : hubspot.agents
  const [agentId, setAgentId] = useRemembered('agent', agents[0]?.id)
  const title = titleFor(chat?.name ?? 'A customer', agents.find(({ id }) => id === agentId)?.name ?? 'An agent')
  useEffect(() => {
    const followed = now.chats.find(({ name }) => name === step?.customer)
    if (followed) chooseChat(followed.id)
  }, [step])
  useEffect(() => {
    document.title = title
  }, [title])
  if (!chat) return null
  const session = chat.sessions.find(({ threadId }) => threadId === thread?.id) ?? chat.sessions.at(-1)
  const desk =
    hubspot.kind === 'real' ? (
      <Account account={hubspot} />
    ) : (
      <Desk view={hubspot} chat={chat} thread={thread} agent={{ agentId, setAgentId }} choose={chooseThread} />
    )
  return (
    <div class={`page ${only ? 'is-one-sided' : ''} ${step ? 'is-past' : ''}`} style={colourOf(chat.id)}>
      <Header kind={hubspot.kind} />
      <Ribbon savedAt={savedAt} chat={chat} session={session} replay={replay} />
      <Causes.Provider value={only ? [] : calls.groups}>
        <main>
          {only !== 'desk' && <ChatPanel chats={chats} chosen={chat} choose={chooseChat} />}
          {only !== 'chat' && desk}
          {!only && (
            <div class="below">
              <Calls calls={calls} />
              {hubspot.kind === 'stand-in' && (
                <Trouble troubles={hubspot.troubles} chat={chat} isPast={step !== undefined} />
              )}
            </div>
          )}
        </main>
      </Causes.Provider>
      {!only && <Parts hubspot={hubspot} />}
    </div>
  )
}

function titleFor(customer: string, agent: string): string {
  if (only === 'desk') return `${agent}'s desk in HubSpot`
  return only === 'chat' ? `${customer}'s chat` : `${customer}'s handoff, between Botpress and HubSpot`
}

/** Kept instead of a thread while the agent looks at the list. */
const NO_THREAD = 'none'

/** Customer and thread belong together: choosing one also chooses the other. */
function useChoice({ chats, hubspot }: View) {
  const first = chats.find(({ sessions }) => sessions.length > 0) ?? chats[0]
  const [chatId, setChatId] = useRemembered('chat', String(first?.id))
  // Empty for the newest thread of the customer, also of one to come.
  const [threadId, setThreadId] = useRemembered('thread')
  const chat = chats.find(({ id }) => String(id) === chatId) ?? chats[0]
  const threads = hubspot.kind === 'real' ? [] : hubspot.threads
  const find = (id: string | undefined): ThreadView | undefined => threads.find((each) => each.id === id)
  const newest = (of: ChatView | undefined) => of?.sessions.at(-1)?.threadId
  return {
    chat,
    thread: threadId === NO_THREAD ? undefined : (find(threadId) ?? find(newest(chat))),
    chooseChat: (id: number) => {
      setChatId(String(id))
      setThreadId('')
    },
    chooseThread: (id: string | undefined) => {
      const owner = chats.find((each) => each.id === find(id)?.chat)
      if (owner) setChatId(String(owner.id))
      setThreadId(owner && id === newest(owner) ? '' : (id ?? NO_THREAD))
    },
  }
}

const root = document.getElementById('page')
if (root) render(<App />, root)

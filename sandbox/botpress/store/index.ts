import type { Identity } from '../types'
import { Conversations } from './conversations'
import { Events } from './events'
import { Messages } from './messages'
import { States } from './states'
import { Users } from './users'

export type Store = {
  users: Users
  conversations: Conversations
  messages: Messages
  events: Events
  states: States
}

/** What Botpress keeps for one installation. Every change is synchronous, so no two calls can interleave in one. */
export function createStore({ botId, integrationId }: Identity): Store {
  const users = new Users()
  const conversations = new Conversations()
  const states = new States(botId, {
    integration: (id) => id === integrationId,
    conversation: (id) => conversations.find(id) !== undefined,
    user: (id) => users.find(id) !== undefined,
  })
  return { users, conversations, messages: new Messages(), events: new Events(), states }
}

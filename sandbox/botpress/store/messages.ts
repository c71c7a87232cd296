import { declared, definition } from '../definition'
import { newId } from '../ids'
import type { Message, Payload, Tags } from '../types'
import { assertFits, assertMatches } from '../validation'
import { born, Collection } from './collection'
import { assertKeys, assertTags, isSame, mergeTags } from './tags'

export type MessageContent = {
  type: string
  payload: Payload
  tags: Tags
  origin?: 'synthetic' | undefined
  discriminateByTags?: string[] | undefined
}

export type NewMessage = MessageContent & {
  userId: string
  conversationId: string
  channel: string
  direction: Message['direction']
}

/** The messages of the integration's conversations; tags identify one within its conversation. */
export class Messages extends Collection<Message> {
  constructor() {
    super('Message')
  }

  /** What the bot writes may have more properties than the integration declares. */
  check(channelName: string, content: MessageContent, direction: Message['direction'] = 'incoming'): void {
    const { type, payload, tags, discriminateByTags } = content
    const channel = declared(definition.channels, channelName, 'Channel')
    const assertPayload = direction === 'incoming' ? assertMatches : assertFits
    assertPayload(declared(channel.messages, type, 'Message type'), payload, `payload of the ${type} message`)
    assertTags(tags, channel.messageTags, 'message')
    assertKeys(tags, discriminateByTags)
  }

  create(input: NewMessage): Message {
    this.check(input.channel, input, input.direction)
    const { type, payload, userId, conversationId, direction, origin, tags } = input
    const ids = { id: newId('msg'), userId, conversationId }
    return this.add({ ...ids, ...born(), type, payload, direction, tags: mergeTags(tags), ...(origin && { origin }) })
  }

  getOrCreate(input: NewMessage): { message: Message; isNew: boolean } {
    this.check(input.channel, input, input.direction)
    const same = this.list().find(
      ({ conversationId, tags }) =>
        conversationId === input.conversationId && isSame(tags, input.tags, input.discriminateByTags),
    )
    return same ? { message: same, isNew: false } : { message: this.create(input), isNew: true }
  }

  update(id: string, channel: string, change: { tags: Tags; payload?: Payload | undefined }): Message {
    const current = this.get(id)
    const { tags, payload = current.payload } = change
    this.check(channel, { type: current.type, payload, tags }, current.direction)
    return this.add({
      ...current,
      payload,
      tags: mergeTags(current.tags, tags),
      updatedAt: new Date().toISOString(),
    })
  }
}

import { declared, definition } from '../definition'
import { newId } from '../ids'
import type { Conversation, Tags } from '../types'
import { born, Collection } from './collection'
import { assertKeys, assertTags, isSame, mergeTags } from './tags'

export type NewConversation = { channel: string; tags: Tags; discriminateByTags?: string[] | undefined }

/** The conversations that the integration made; tags identify one within its channel. */
export class Conversations extends Collection<Conversation> {
  constructor() {
    super('Conversation')
  }

  check({ channel, tags, discriminateByTags }: NewConversation): void {
    assertTags(tags, declared(definition.channels, channel, 'Channel').conversationTags, 'conversation')
    assertKeys(tags, discriminateByTags)
  }

  create(input: NewConversation): Conversation {
    this.check(input)
    const { channel, tags } = input
    return this.add({ id: newId('conv'), ...born(), channel, integration: definition.name, tags: mergeTags(tags) })
  }

  getOrCreate(input: NewConversation): Conversation {
    this.check(input)
    const same = this.list().find(
      ({ channel, tags }) => channel === input.channel && isSame(tags, input.tags, input.discriminateByTags),
    )
    return same ?? this.create(input)
  }

  update(id: string, tags: Tags = {}): Conversation {
    const current = this.get(id)
    this.check({ channel: current.channel, tags })
    return this.add({ ...current, tags: mergeTags(current.tags, tags), updatedAt: new Date().toISOString() })
  }
}

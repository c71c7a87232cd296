import { declared, definition } from '../definition'
import { newId } from '../ids'
import type { BotEvent, Payload } from '../types'
import { assertMatches } from '../validation'
import { Collection } from './collection'

export type NewEvent = {
  type: string
  payload: Payload
  conversationId?: string | undefined
  userId?: string | undefined
  messageId?: string | undefined
  isScheduled: boolean
}

/** The events that the integration emitted. */
export class Events extends Collection<BotEvent> {
  constructor() {
    super('Event')
  }

  create({ type, payload, conversationId, userId, messageId, isScheduled }: NewEvent): BotEvent {
    assertMatches(declared(definition.events, type, 'Event'), payload, `payload of the event ${type}`)
    return this.add({
      id: newId('evt'),
      createdAt: new Date().toISOString(),
      type,
      payload,
      ...(conversationId !== undefined && { conversationId }),
      ...(userId !== undefined && { userId }),
      ...(messageId !== undefined && { messageId }),
      status: isScheduled ? 'scheduled' : 'pending',
      failureReason: null,
    })
  }

  finish(id: string, status: 'processed' | 'ignored' | 'failed', failureReason: string | null = null): void {
    this.add({ ...this.get(id), status, failureReason })
  }
}

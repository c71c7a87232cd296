export type Session = {
  upstreamConversationId: string
  downstreamConversationId: string
  isActive: boolean
  agentUserId?: string
}

/** Which two conversations belong together; one that ended may be opened again. */
export class Sessions {
  readonly #all: Session[] = []

  open(upstreamConversationId: string, downstreamConversationId: string): void {
    this.#all.push({ upstreamConversationId, downstreamConversationId, isActive: true })
  }

  activeUpstream(conversationId: string): Session | undefined {
    return this.#all.find((session) => session.isActive && session.upstreamConversationId === conversationId)
  }

  activeDownstream(conversationId: string): Session | undefined {
    return this.#all.find((session) => session.isActive && session.downstreamConversationId === conversationId)
  }

  list(): Session[] {
    return this.#all.map((session) => ({ ...session }))
  }
}

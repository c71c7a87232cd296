export type PluginSession = {
  upstreamConversationId: string
  downstreamConversationId: string
  isActive: boolean
  agentUserId?: string
}

/** Which two conversations belong together; one that ended may be opened again. */
export class Sessions {
  readonly #all: PluginSession[] = []

  open(upstreamConversationId: string, downstreamConversationId: string): void {
    this.#all.push({ upstreamConversationId, downstreamConversationId, isActive: true })
  }

  activeUpstream(conversationId: string): PluginSession | undefined {
    return this.#all.find((session) => session.isActive && session.upstreamConversationId === conversationId)
  }

  activeDownstream(conversationId: string): PluginSession | undefined {
    return this.#all.find((session) => session.isActive && session.downstreamConversationId === conversationId)
  }

  list(): PluginSession[] {
    return this.#all.map((session) => ({ ...session }))
  }
}

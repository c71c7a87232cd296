/**
 * The two conversations of a session, each with marks of its own. They are set and cleared one by one, so that they can
 * disagree: after two escalations at once, two downstream halves share one upstream half.
 */
export type UpstreamHalf = {
  isActive: boolean
  downstreamConversationId: string
  /** The newest message of a customer when the session was started: it cannot start another one. */
  startMessageId: string | undefined
  /** Whether any agent was ever assigned in this chat. */
  hadAgent: boolean
}

export type DownstreamHalf = { isActive: boolean; upstreamConversationId: string; agentUserId?: string }

export type Session = {
  upstreamConversationId: string
  downstreamConversationId: string
  /** Both halves are. */
  isActive: boolean
  agentUserId?: string
}

type NewSession = Pick<Session, 'upstreamConversationId' | 'downstreamConversationId'> &
  Pick<UpstreamHalf, 'startMessageId'>

export class Halves {
  readonly #upstream = new Map<string, UpstreamHalf>()
  readonly #downstream = new Map<string, DownstreamHalf>()

  link({ upstreamConversationId, downstreamConversationId, startMessageId }: NewSession): void {
    const hadAgent = this.upstream(upstreamConversationId)?.hadAgent ?? false
    const upstream = { isActive: true, downstreamConversationId, startMessageId, hadAgent }
    this.#upstream.set(upstreamConversationId, upstream)
    this.#downstream.set(downstreamConversationId, { isActive: true, upstreamConversationId })
  }

  upstream(conversationId: string): UpstreamHalf | undefined {
    return this.#upstream.get(conversationId)
  }

  downstream(conversationId: string): DownstreamHalf | undefined {
    return this.#downstream.get(conversationId)
  }

  isActive(conversationId: string): boolean {
    return (this.upstream(conversationId) ?? this.downstream(conversationId))?.isActive === true
  }

  markAgent(downstream: DownstreamHalf, agentUserId: string): void {
    downstream.agentUserId = agentUserId
    const upstream = this.upstream(downstream.upstreamConversationId)
    if (upstream) upstream.hadAgent = true
  }

  end(downstreamConversationId: string): void {
    const downstream = this.downstream(downstreamConversationId)
    const upstream = this.upstream(downstream?.upstreamConversationId ?? '')
    if (downstream) downstream.isActive = false
    if (upstream) upstream.isActive = false
  }

  sessions(): Session[] {
    return [...this.#downstream].map(([downstreamConversationId, { isActive, ...half }]) => ({
      ...half,
      downstreamConversationId,
      isActive: isActive && this.isActive(half.upstreamConversationId),
    }))
  }
}

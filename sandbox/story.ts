/** A step of the handoff that is played at the start. */
export type Step = {
  title: string
  /** When all its effects had arrived, in milliseconds since 1970. */
  at: number
  /** The name of the customer whose conversation it is about. */
  customer: string
}

/** The played handoff as the page needs it. The page waits for the steps, because it would disturb them. */
export type Story = {
  steps: Promise<readonly Step[]>
  /** Whether the page replays it by itself when it opens. */
  isReplayed: boolean
}

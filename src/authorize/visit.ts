import type * as bp from '../bp'

/** One request of somebody's browser. */
export type Visit = { props: bp.HandlerProps; query: URLSearchParams }

/** The next step where nothing has to be mended before. */
export const AGAIN = 'Authorize again:'

/** What stands in the way of connecting, in one sentence; `next` is the one thing to do about it. */
export class NotConnected extends Error {
  override readonly name = 'NotConnected'

  constructor(
    sentence: string,
    readonly next: string,
  ) {
    super(sentence)
  }
}

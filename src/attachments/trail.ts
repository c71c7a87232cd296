import { codeOf } from '../hubspot/axios'
import type { Deadline } from './deadline'
import { AttachmentRefused, type RefusalDetails, type RefusalReason } from './refused'

/**
 * The hosts that one link has led to so far, and the time that is left for them. What is refused on the way is refused
 * here: all of these hosts decide whether an agent may see the link.
 */
export class Trail {
  readonly #isPublic: boolean[] = []

  constructor(readonly deadline: Deadline) {}

  /** The link leads to one more host, of which nothing is known yet. */
  reachesHost(): void {
    this.#isPublic.push(false)
  }

  /** The newest host has been found. */
  findsHost({ isPublic }: { isPublic: boolean }): void {
    this.#isPublic[this.#isPublic.length - 1] = isPublic
  }

  /** See `AttachmentRefused.isLinkHarmless`. */
  get isLinkHarmless(): boolean {
    return this.#isPublic.every(Boolean)
  }

  refused(reason: RefusalReason, details: Omit<RefusalDetails, 'isLinkHarmless'> = {}): AttachmentRefused {
    return new AttachmentRefused(reason, { ...details, isLinkHarmless: this.isLinkHarmless })
  }

  /** Of a failure under way only the code is told: the rest may hold the address. */
  failed(thrown: unknown): AttachmentRefused {
    if (thrown instanceof AttachmentRefused) return thrown
    return this.deadline.signal.aborted
      ? this.refused('tooSlow')
      : this.refused('unreachable', { detail: codeOf(thrown) })
  }
}

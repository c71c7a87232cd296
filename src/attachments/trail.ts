import { codeOf } from '../hubspot/axios'
import type { Deadline } from './deadline'
import { AttachmentRefused, type RefusalDetails, type RefusalReason } from './refused'

/**
 * The hosts that one link has led to so far, and the deadline for all of them. It creates the refusals, because all of
 * these hosts decide whether the agent may see the link.
 */
export class Trail {
  readonly #isPublic: boolean[] = []

  constructor(readonly deadline: Deadline) {}

  /** The link leads to another host. It counts as private until it is resolved. */
  reachesHost(): void {
    this.#isPublic.push(false)
  }

  /** The newest host has been resolved. */
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

  /** Turns any error into a refusal. It keeps only the error's code, because the rest may contain the link. */
  failed(thrown: unknown): AttachmentRefused {
    if (thrown instanceof AttachmentRefused) return thrown
    return this.deadline.signal.aborted
      ? this.refused('tooSlow')
      : this.refused('unreachable', { detail: codeOf(thrown) })
  }
}

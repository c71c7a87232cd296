/**
 * Why something a customer sent cannot be handed on as a file, as one closed list:
 * - `notALink`, `notHttps`, `notAllowed`: the address itself, or one it leads to, is not asked
 * - `gone` (4xx), `unreachable`, `tooManyRedirects`, `tooSlow`: it was asked and gave nothing
 * - `tooLarge`, `empty`, `compressed`: what it gave cannot be used
 * - `notTaken`: HubSpot does not accept this file
 */
export type RefusalReason =
  | 'notALink'
  | 'notHttps'
  | 'notAllowed'
  | 'gone'
  | 'unreachable'
  | 'tooManyRedirects'
  | 'tooSlow'
  | 'tooLarge'
  | 'empty'
  | 'compressed'
  | 'notTaken'

export type RefusalDetails = {
  /** See `AttachmentRefused.isLinkHarmless`; false unless said otherwise. */
  isLinkHarmless?: boolean
  /** A status or an error's code, for the log. */
  detail?: string | number | undefined
  /** In bytes; what `tooLarge` was measured against. */
  maxBytes?: number
}

/** Neither the message nor the fields hold the address: it can be a secret of its own. */
export class AttachmentRefused extends Error {
  override readonly name = 'AttachmentRefused'
  /** For the agent, with the file as its subject: "is larger than 25 MB". */
  readonly sentence: string
  /**
   * Whether an agent may be shown the link: it is https, holds no credentials, and every host it led to was found at a
   * public address. A name that could not be resolved here counts as public when it looks like one for everybody.
   */
  readonly isLinkHarmless: boolean

  constructor(
    readonly reason: RefusalReason,
    { isLinkHarmless = false, detail, maxBytes = 0 }: RefusalDetails = {},
  ) {
    super(`The file was not taken over: ${reason}${detail === undefined ? '' : ` (${detail})`}`)
    this.isLinkHarmless = isLinkHarmless
    this.sentence = reason === 'tooLarge' ? `is larger than ${megabytes(maxBytes)} MB` : SENTENCES[reason]
  }
}

const SENTENCES: Readonly<Record<Exclude<RefusalReason, 'tooLarge'>, string>> = {
  notALink: 'has no usable link',
  notHttps: 'has a link that does not begin with https://',
  notAllowed: 'has a link that may not be followed',
  gone: 'is not available at its link',
  unreachable: 'could not be fetched',
  tooManyRedirects: 'is redirected too often',
  tooSlow: 'could not be fetched in time',
  empty: 'is empty',
  compressed: 'was sent in a form that cannot be read',
  notTaken: 'was not accepted by HubSpot',
}

const megabytes = (bytes: number): number => Math.round(bytes / 100_000) / 10

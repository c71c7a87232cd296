/**
 * Why a customer's file cannot be attached:
 * - `notALink`, `notHttps`, `notAllowed`: we do not request the link, or one that it redirects to
 * - `gone` (4xx), `unreachable`, `tooManyRedirects`, `tooSlow`: the download failed
 * - `tooLarge`, `empty`, `compressed`: the downloaded content cannot be used
 * - `notTaken`: HubSpot does not accept the file
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
  /** See `AttachmentRefused.isLinkHarmless`. Default: false. */
  isLinkHarmless?: boolean
  /** A status or error code, for the log. */
  detail?: string | number | undefined
  /** The limit that `tooLarge` refers to, in bytes. */
  maxBytes?: number
}

/** Neither the message nor the fields contain the link, which can be a secret itself. */
export class AttachmentRefused extends Error {
  override readonly name = 'AttachmentRefused'
  /** For the agent, as a clause about the file: "it is larger than 25 MB". */
  readonly sentence: string
  /**
   * Whether the agent may see the link: it is https without credentials, and every host it led to has only public
   * addresses. A host that could not be resolved counts as public if its name looks public.
   */
  readonly isLinkHarmless: boolean

  constructor(
    readonly reason: RefusalReason,
    { isLinkHarmless = false, detail, maxBytes = 0 }: RefusalDetails = {},
  ) {
    super(`The file cannot be attached: ${reason}${detail === undefined ? '' : ` (${detail})`}`)
    this.isLinkHarmless = isLinkHarmless
    this.sentence = reason === 'tooLarge' ? `it is larger than ${megabytes(maxBytes)} MB` : SENTENCES[reason]
  }
}

const SENTENCES: Readonly<Record<Exclude<RefusalReason, 'tooLarge'>, string>> = {
  notALink: 'it has no usable link',
  notHttps: 'its link is not https',
  notAllowed: 'its link is not allowed',
  gone: 'its link does not lead to a file',
  unreachable: 'it could not be downloaded',
  tooManyRedirects: 'its link redirects too often',
  tooSlow: 'it took too long to download',
  empty: 'it is empty',
  compressed: 'it is compressed in a way that cannot be read',
  notTaken: 'HubSpot did not accept it',
}

const megabytes = (bytes: number): number => Math.round(bytes / 100_000) / 10

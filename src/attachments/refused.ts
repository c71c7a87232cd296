/** Why a customer's file cannot be attached: a clause about the file, for the agent. */
const SENTENCES = {
  // The link, or one that it redirects to, is not requested.
  notALink: 'it has no usable link',
  notHttps: 'its link is not https',
  notAllowed: 'its link is not allowed',
  tooManyRedirects: 'its link redirects too often',
  // The download failed.
  gone: 'its link does not lead to a file',
  unreachable: 'it could not be downloaded',
  tooSlow: 'it took too long to download',
  // The content cannot be used.
  tooLarge: 'it is larger than 25 MB',
  empty: 'it is empty',
  compressed: 'it is compressed in a way that cannot be read',
  notTaken: 'HubSpot did not accept it',
} as const

export type RefusalReason = keyof typeof SENTENCES

/** Neither the message nor the fields contain the link, which can be a secret itself. */
export class AttachmentRefused extends Error {
  override readonly name = 'AttachmentRefused'
  readonly sentence: string
  /** Whether the agent may see the link: it and all its redirects are https, without credentials, to public hosts. */
  isLinkHarmless = false

  /** `detail` is a status or an error code, for the log. */
  constructor(
    readonly reason: RefusalReason,
    detail?: string | number,
  ) {
    super(`The file cannot be attached: ${reason}${detail === undefined ? '' : ` (${detail})`}`)
    this.sentence = SENTENCES[reason]
  }

  /** Whether the link, or one that it redirects to, was not requested. Its host is then not known to be harmless. */
  get isOfLink(): boolean {
    return ['notALink', 'notHttps', 'notAllowed', 'tooManyRedirects'].includes(this.reason)
  }
}

import type { Sandbox } from '../../assemble'
import type { FileView } from '../view'

type Known = { url: string; name: string; isImage: boolean }

/**
 * For a file on one of the two platforms. The page's policy only allows requests to its own server, which forwards it.
 */
export const fileView = ({ url, name, isImage }: Known): FileView => ({
  name,
  kind: isImage ? 'image' : 'other',
  url: `/file?of=${encodeURIComponent(url)}`,
})

/** For a file of a real account: a plain link. */
export const linkedFileView = ({ url, name }: Known): FileView => ({
  name,
  kind: 'other',
  url: /^https?:/.test(url) ? url : '',
})

/** Whether a file is on this machine. */
export const isHere = ({ hubspot, botpress }: Sandbox, url: string): boolean =>
  URL.canParse(url) && [hubspot.url, botpress.url].includes(new URL(url).origin)

import type { Sandbox } from '../../assemble'
import type { FileView } from '../view'

type Known = { url: string; name: string; isImage: boolean }

/** Files stand on the two platforms; the page fetches nothing but from where it came itself, so it hands them on. */
export const fileView = ({ url, name, isImage }: Known): FileView => ({
  name,
  kind: isImage ? 'image' : 'other',
  url: `/file?of=${encodeURIComponent(url)}`,
})

/** Those of a real account are only led to. */
export const linkedFileView = ({ url, name }: Known): FileView => ({
  name,
  kind: 'other',
  url: /^https?:/.test(url) ? url : '',
})

/** Whether a file stands on this machine. */
export const isHere = ({ hubspot, botpress }: Sandbox, url: string): boolean =>
  URL.canParse(url) && [hubspot.url, botpress.url].includes(new URL(url).origin)

import type { Sandbox } from '../../assemble'
import type { FileView } from '../view'

type Platforms = Pick<Sandbox, 'hubspot' | 'botpress'>

/**
 * The page's policy only allows requests to its own server, which forwards those for files on this machine. A file of a
 * real account is a plain link.
 */
export function fileView(platforms: Platforms, { url, name, isImage }: FileView): FileView {
  if (isHere(platforms, url)) return { name, isImage, url: `/file?of=${encodeURIComponent(url)}` }
  return { name, isImage: false, url: /^https?:/.test(url) ? url : '' }
}

/** Whether a file is on this machine. */
export const isHere = ({ hubspot, botpress }: Platforms, url: string): boolean =>
  URL.canParse(url) && [hubspot.url, botpress.url].includes(new URL(url).origin)

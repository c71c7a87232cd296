import type { FileView } from '../view'

type Known = { url: string; name: string; isImage: boolean }

/** Files stand on the two platforms; the page fetches nothing but from where it came itself, so it hands them on. */
export const fileView = ({ url, name, isImage }: Known): FileView => ({
  name,
  kind: isImage ? 'image' : 'other',
  url: `/file?of=${encodeURIComponent(url)}`,
})

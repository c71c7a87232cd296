import type { FileView } from '../../view'
import { Icon } from './basics'

type Props = { label: string; onPick: (files: File[]) => void }

/** Clears its selection after each pick, so that the same file can be picked again. */
export const FileButton = ({ label, onPick }: Props) => (
  <label class="icon-button" title={label}>
    <input
      type="file"
      class="unseen"
      aria-label={label}
      multiple
      onChange={({ currentTarget }) => {
        onPick([...(currentTarget.files ?? [])])
        currentTarget.value = ''
      }}
    />
    <Icon name="attach" />
  </label>
)

export const FileLink = ({ file: { name, isImage, url } }: { file: FileView }) =>
  isImage ? (
    <a class="picture" href={url} target="_blank" rel="noreferrer">
      <img src={url} alt={name} />
    </a>
  ) : (
    <a href={url} download={name} target="_blank" rel="noreferrer">
      <Icon name="file" />
      <span>{name}</span>
    </a>
  )

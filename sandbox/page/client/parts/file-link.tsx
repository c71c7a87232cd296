import type { FileView } from '../../view'
import { Icon } from './icons'

export const FileLink = ({ file: { name, kind, url } }: { file: FileView }) =>
  kind === 'image' ? (
    <a class="picture" href={url} target="_blank" rel="noreferrer">
      <img src={url} alt={name} />
    </a>
  ) : (
    <a class="file" href={url} download={name} target="_blank" rel="noreferrer">
      <Icon name="file" />
      <span>{name}</span>
    </a>
  )

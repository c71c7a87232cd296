import { Icon } from './icons'

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

type Kind = 'customer' | 'agent' | 'bot'

/** Initials instead of a picture, which would come from another host. */
export const Avatar = ({ name, kind }: { name: string; kind: Kind }) => (
  <span class={`avatar avatar-${kind}`} aria-hidden="true">
    {initials(name)}
  </span>
)

function initials(name: string): string {
  const words = name.split(/\s+/).filter(Boolean)
  return [words.at(0), words.length > 1 ? words.at(-1) : undefined].map((word) => word?.[0]?.toUpperCase()).join('')
}

/** The first message of a thread: who it is and what it is about. */
export function openingText({
  name,
  title,
  description,
}: {
  name: string
  title?: string | undefined
  description?: string | undefined
}): string {
  const paragraphs = [`${name || 'A customer'} asks to talk to a person.`, title?.trim(), description?.trim()]
  return paragraphs.filter(Boolean).join('\n\n')
}

import type { Field } from './fields'

export type Configuration = Record<string, unknown>

/** The checkbox that removes a secret. The page never shows secrets, so an empty field means "unchanged". */
export const removalOf = ({ name }: Field): string => `remove-${name}`

/** The form's values, without empty fields, like in Botpress. */
export function filledIn(fields: readonly Field[], form: FormData, before: Configuration): Configuration {
  const values = fields.map((field) => [field.name, valueOf(field, form, before[field.name])] as const)
  return Object.fromEntries(values.filter(([, value]) => value !== undefined))
}

function valueOf(field: Field, form: FormData, before: unknown): unknown {
  const text = textOf(form, field.name)
  switch (field.kind) {
    case 'yesNo':
      return text !== ''
    case 'list':
      return linesOf(text)
    case 'secret':
      if (form.has(removalOf(field))) return undefined
      return text || before
    case 'text':
    case 'choice':
      return text || undefined
  }
}

function textOf(form: FormData, name: string): string {
  const value = form.get(name)
  return typeof value === 'string' ? value : ''
}

function linesOf(text: string): string[] | undefined {
  const lines = text.split('\n').map((line) => line.trim())
  const filled = lines.filter((line) => line !== '')
  return filled.length > 0 ? filled : undefined
}

import * as z from 'zod/mini'
import { definition } from '../botpress/definition'

export type Field = {
  name: string
  title: string
  description: string
  placeholder: string
  kind: 'text' | 'secret' | 'choice' | 'yesNo' | 'list'
  /** The options of a `choice`. */
  choices: string[]
}

/** The form's fields, read from the configuration's JSON schema like in Botpress. */
export function fieldsOfDefinition(): Field[] {
  const { properties } = configuration.parse(definition.configuration?.toJSONSchema())
  return Object.entries(properties).map(([name, property]) => ({
    name,
    title: property['x-zui'].title,
    description: property.description,
    placeholder: property['x-zui'].placeholder ?? '',
    kind: kindOf(property),
    choices: property.enum ?? [],
  }))
}

const property = z.object({
  type: z.enum(['string', 'array', 'boolean']),
  description: z.string(),
  enum: z.optional(z.array(z.string())),
  'x-zui': z.object({
    title: z.string(),
    placeholder: z.optional(z.string()),
    secret: z.optional(z.boolean()),
  }),
})

const configuration = z.object({
  properties: z.record(z.string(), property),
})

function kindOf({ type, enum: choices, 'x-zui': { secret } }: z.infer<typeof property>): Field['kind'] {
  if (type === 'boolean') return 'yesNo'
  if (type === 'array') return 'list'
  if (choices) return 'choice'
  return secret ? 'secret' : 'text'
}

import * as z from 'zod'

/**
 * The rules of Botpress' linter for the whole payload. The linter itself skips what comes from an interface, and only
 * warns about missing titles. Objects are strict, because Botpress accepts no other keys.
 */

const text = z.string().regex(/\S/, 'Blank')
const labels = { title: text, description: text }
const attributes = z.record(text, text).optional()

const camelCase = z.string().regex(/^[a-z][a-zA-Z0-9]*$/)
const screamingSnake = z.string().regex(/^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/)

const label = z.looseObject({ description: text, 'x-zui': z.looseObject({ title: text }) })

/** A JSON schema whose fields have a title and a description, at every depth. */
const schema: z.ZodType = z.lazy(() =>
  z.looseObject({
    // The SDK defines the fields of a message's payload, without labels.
    properties: z.object({ payload: label.optional() }).catchall(z.intersection(label, schema)).optional(),
    items: schema.optional(),
    anyOf: z.array(schema).optional(),
    additionalProperties: z.union([z.boolean(), schema]).optional(),
  }),
)

const objectSchema = z.intersection(z.looseObject({ type: z.literal('object') }), schema)

/** The SDK defines most of its fields. */
const messageSchema = z.looseObject({
  type: z.literal('object'),
  properties: z.looseObject({ userId: label, additionalData: label }),
})

const tags = z.strictObject({ tags: z.record(camelCase, z.strictObject(labels)) })

const configuration = {
  schema: objectSchema,
  identifier: z.strictObject({ required: z.boolean().optional(), linkTemplateScript: text.optional() }).optional(),
}

const action = z.strictObject({
  ...labels,
  attributes,
  billable: z.boolean().optional(),
  cacheable: z.boolean().optional(),
  input: z.strictObject({ schema: objectSchema }),
  output: z.strictObject({ schema: objectSchema }),
})

const channel = z.strictObject({
  ...labels,
  messages: z.record(camelCase, z.strictObject({ schema: messageSchema })),
  message: tags,
  conversation: tags,
})

const payload = z.looseObject({
  name: text,
  version: text,
  ...labels,
  icon: z.string().regex(/\.svg$/),
  readme: z.string().regex(/\.md$/),
  attributes: z.strictObject({ category: text }),
  configuration: z.strictObject(configuration),
  configurations: z.record(camelCase, z.strictObject({ ...labels, ...configuration })).optional(),
  events: z.record(camelCase, z.strictObject({ ...labels, attributes, schema: objectSchema })),
  actions: z.record(camelCase, action),
  channels: z.record(camelCase, channel),
  states: z.record(
    camelCase,
    z.strictObject({ type: z.enum(['integration', 'conversation', 'user']), schema: objectSchema }),
  ),
  user: tags,
  secrets: z.record(screamingSnake, z.strictObject({ optional: z.boolean().optional(), description: text })).optional(),
  // An entity's schema is also a field of the card.
  entities: z.record(camelCase, z.strictObject({ ...labels, schema: z.intersection(label, objectSchema) })),
})

/** The paths where the payload breaks a rule, each with the reason. */
export function complaintsAbout(sent: unknown): string[] {
  const issues = payload.safeParse(sent).error?.issues ?? []
  return issues.map(({ path, message }) => `${path.join('.')}: ${message}`)
}

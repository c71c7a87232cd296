import { transforms, z, type IntegrationDefinition } from '@botpress/sdk'

/** What the CLI sends to deploy the definition: everything on the definition itself, as JSON, schemas included. */
export function payloadOf(definition: IntegrationDefinition): Record<string, unknown> {
  const { props: _, ...sent } = definition
  return JSON.parse(
    JSON.stringify(sent, (_key, value: unknown) =>
      value instanceof z.ZodType ? transforms.toJSONSchemaLegacy(value, { target: 'jsonSchema7' }) : value,
    ),
  )
}

import { transforms, z, type IntegrationDefinition } from '@botpress/sdk'

/** The payload that the CLI sends to deploy the definition: the whole definition with its schemas, as JSON. */
export function payloadOf(definition: IntegrationDefinition): Record<string, unknown> {
  const { props: _, ...sent } = definition
  return JSON.parse(
    JSON.stringify(sent, (_key, value: unknown) =>
      value instanceof z.ZodType ? transforms.toJSONSchemaLegacy(value, { target: 'jsonSchema7' }) : value,
    ),
  )
}

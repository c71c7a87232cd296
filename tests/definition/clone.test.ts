import { IntegrationDefinition } from '@botpress/sdk'
import { expect, it } from 'vitest'
import definition from '../../integration.definition'
import { payloadOf } from './payload'

it('deploys whole with a CLI that clones the definition to put a handle before its name', () => {
  const name = `a-workspace/${definition.name}`
  const clone = new IntegrationDefinition({ ...definition.props, name })
  expect(payloadOf(clone)).toEqual({ ...payloadOf(definition), name })
})

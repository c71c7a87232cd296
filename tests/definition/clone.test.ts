import { IntegrationDefinition } from '@botpress/sdk'
import { expect, it } from 'vitest'
import definition from '../../integration.definition'
import { payloadOf } from './payload'

it('the definition deploys completely with a CLI that clones it to add a handle to its name', () => {
  const name = `a-workspace/${definition.name}`
  const clone = new IntegrationDefinition({ ...definition.props, name })
  expect(payloadOf(clone)).toEqual({ ...payloadOf(definition), name })
})

import { existsSync } from 'node:fs'
import { z, type EntityDefinition, type StateDefinition } from '@botpress/sdk'
import { describe, expect, it } from 'vitest'
import { version } from '../../package.json'
import definition from '../../integration.definition'

/** The rules of Botpress' own linter, warnings included: what it would complain about, the Hub would show. */

const CAMEL = /^[a-z][a-zA-Z0-9]*$/

type Complaint = string

const text = (value: unknown): boolean => typeof value === 'string' && value.trim() !== ''

function lacking(
  where: string,
  thing: { title?: unknown; description?: unknown },
  ...names: ('title' | 'description')[]
) {
  return names.filter((name) => !text(thing[name])).map((name): Complaint => `${where} has no ${name}`)
}

type Field = { title: unknown; description: unknown; isSecret: boolean }

/** Each field of an object schema: title and secrecy are kept in the schema's own metadata. */
function fields(schema: z.ZodTypeAny): [string, Field][] {
  if (!(schema instanceof z.ZodObject)) return []
  const shape: Record<string, z.ZodTypeAny> = schema.shape
  return Object.entries(shape).map(([name, { ui, description }]) => [
    name,
    { title: ui?.['title'], description, isSecret: ui?.['secret'] === true },
  ])
}

const fieldsLacking = (where: string, schema: z.ZodTypeAny, ...names: ('title' | 'description')[]): Complaint[] =>
  fields(schema).flatMap(([name, field]) => lacking(`${where}.${name}`, field, ...names))

const misnamed = (where: string, names: string[]): Complaint[] =>
  names.filter((name) => !CAMEL.test(name)).map((name) => `${where} ${name} is not camelCase`)

describe('the definition, as the official linter reads it', () => {
  const { actions = {}, events = {}, channels = {}, user, configuration } = definition
  const states: Record<string, StateDefinition> = definition.states ?? {}
  const entities: Record<string, EntityDefinition> = definition.entities ?? {}

  it('has title, description, icon and readme, and the files are there', () => {
    expect(lacking('integration', definition, 'title', 'description')).toEqual([])
    expect(definition.icon).toMatch(/\.svg$/)
    expect(definition.readme).toMatch(/\.md$/)
    expect(existsSync(definition.icon ?? '')).toBe(true)
    expect(existsSync(definition.readme ?? '')).toBe(true)
    expect(existsSync(definition.configuration?.identifier?.linkTemplateScript ?? '')).toBe(true)
    expect(definition.version).toBe(version)
  })

  it('titles and describes every field of the configuration, and hides the secrets', () => {
    const schema = configuration?.schema
    if (!schema) throw new Error('no configuration')
    expect(fields(schema).map(([name]) => name)).toEqual([
      'developerApiKey',
      'appId',
      'clientId',
      'clientSecret',
      'refreshToken',
      'inboxId',
      'additionalInboxIds',
      'unknownContact',
      'keepAgentFiles',
    ])
    expect(fieldsLacking('configuration', schema, 'title', 'description')).toEqual([])
    const secrets = fields(schema).filter(([, { isSecret }]) => isSecret)
    expect(secrets.map(([name]) => name)).toEqual(['developerApiKey', 'clientSecret', 'refreshToken'])
  })

  it('titles and describes every event and its fields', () => {
    expect(Object.keys(events)).toEqual(['hitlAssigned', 'hitlStopped'])
    expect(
      Object.entries(events).flatMap(([name, event]) => [
        ...lacking(name, event, 'title', 'description'),
        ...fieldsLacking(name, event.schema, 'title', 'description'),
      ]),
    ).toEqual([])
  })

  it('describes every action and its fields, and titles the actions', () => {
    expect(Object.keys(actions)).toEqual(['createUser', 'startHitl', 'stopHitl'])
    expect(
      Object.entries(actions).flatMap(([name, action]) => [
        ...lacking(name, action, 'title', 'description'),
        ...fieldsLacking(`${name}.input`, action.input.schema, 'description'),
        ...fieldsLacking(`${name}.output`, action.output.schema, 'description'),
      ]),
    ).toEqual([])
  })

  it('titles and describes channels and all tags', () => {
    expect(Object.keys(channels)).toEqual(['hitl'])
    const tags = Object.entries(channels).flatMap(([name, channel]) => [
      ...lacking(name, channel, 'title', 'description'),
      ...Object.entries(channel.conversation?.tags ?? {}).flatMap(([tag, of]) =>
        lacking(`${name} ${tag}`, of, 'title', 'description'),
      ),
      ...Object.entries(channel.message?.tags ?? {}).flatMap(([tag, of]) =>
        lacking(`${name} ${tag}`, of, 'title', 'description'),
      ),
    ])
    const userTags = Object.entries(user?.tags ?? {}).flatMap(([tag, of]) =>
      lacking(`user ${tag}`, of, 'title', 'description'),
    )
    expect([...tags, ...userTags]).toEqual([])
  })

  it('titles and describes every field of the states and the entity', () => {
    expect(Object.keys(states)).toEqual(['tokens', 'channel', 'setup'])
    expect(
      Object.entries(states).flatMap(([name, state]) => fieldsLacking(name, state.schema, 'title', 'description')),
    ).toEqual([])
    expect(Object.entries(entities).flatMap(([name, entity]) => lacking(name, entity, 'title', 'description'))).toEqual(
      [],
    )
  })

  it('names everything in camelCase', () => {
    expect([
      ...misnamed('action', Object.keys(actions)),
      ...misnamed('event', Object.keys(events)),
      ...misnamed('state', Object.keys(states)),
      ...misnamed('channel', Object.keys(channels)),
    ]).toEqual([])
  })

  it('can be turned into JSON schemas, which is how Botpress keeps it', () => {
    const schemas = [
      configuration?.schema,
      ...Object.values(states).map(({ schema }) => schema),
      ...Object.values(entities).map(({ schema }) => schema),
      ...Object.values(events).map(({ schema }) => schema),
      ...Object.values(actions).flatMap(({ input, output }) => [input.schema, output.schema]),
      ...Object.values(channels).flatMap(({ messages }) => Object.values(messages).map(({ schema }) => schema)),
    ]
    for (const schema of schemas) expect(schema?.toJSONSchema()).toMatchObject({ type: 'object' })
  })

  it('implements the HITL interface with its own session entity', () => {
    expect(definition.interfaces).toEqual({
      'hitl<hitlSession>': {
        id: undefined,
        name: 'hitl',
        version: '2.1.0',
        entities: { hitlSession: { name: 'hitlSession' } },
        actions: {
          createUser: { name: 'createUser' },
          startHitl: { name: 'startHitl' },
          stopHitl: { name: 'stopHitl' },
        },
        events: { hitlAssigned: { name: 'hitlAssigned' }, hitlStopped: { name: 'hitlStopped' } },
        channels: { hitl: { name: 'hitl' } },
      },
    })
    expect(Object.keys(channels['hitl']?.messages ?? {})).toEqual(['text', 'image', 'audio', 'video', 'file', 'bloc'])
    expect(definition.__advanced?.useLegacyZuiTransformer).toBe(true)
  })
})

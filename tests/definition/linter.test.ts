import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { version } from '../../package.json'
import { configurationSchema } from '../../definitions/configuration'
import definition from '../../integration.definition'
import { payloadOf } from './payload'
import { complaintsAbout } from './rules'

const payload = payloadOf(definition)

describe('the payload that deploys the integration', () => {
  it("follows the rules of Botpress' linter, including the parts from the interface", () => {
    expect(complaintsAbout(payload)).toEqual([])
  })

  it('needs every title and description that it has', () => {
    const sent = payloadOf(definition)
    const labels = labelsIn(sent)
    const unmissed = labels.filter(({ holder, key, text }) => {
      Reflect.deleteProperty(holder, key)
      const missed = complaintsAbout(sent).length > 0
      Reflect.set(holder, key, text)
      return !missed
    })
    expect(labels.length).toBeGreaterThan(100)
    expect(unmissed).toEqual([])
  })

  const labels = { title: 'A title', description: 'A description' }
  const empty = { schema: { type: 'object' } }
  const action = { ...labels, input: empty, output: empty }
  const channel = { ...labels, messages: {}, message: { tags: {} }, conversation: { tags: {} } }

  it.each([
    ['an action that is not in camelCase', { actions: { do_it: action } }, ['actions.do_it: Invalid key in record']],
    [
      'a field that has a blank title',
      { events: { done: { ...labels, schema: objectWith({ description: 'A field', 'x-zui': { title: ' ' } }) } } },
      ['events.done.schema.properties.field.x-zui.title: Blank'],
    ],
    [
      'a channel with a name of its own',
      { channels: { hitl: { ...channel, name: 'hitl' } } },
      ['channels.hitl: Unrecognized key: "name"'],
    ],
    [
      'a secret without a description',
      { secrets: { API_KEY: { optional: true } } },
      ['secrets.API_KEY.description: Invalid input: expected string, received undefined'],
    ],
    [
      'a secret that is not in SCREAMING_SNAKE',
      { secrets: { apiKey: { description: 'A key' } } },
      ['secrets.apiKey: Invalid key in record'],
    ],
  ])('must not have %s', (_what, parts, complaints) => {
    expect(complaintsAbout({ ...payload, ...parts })).toEqual(complaints)
  })
})

type Label = { holder: object; key: string; text: string }

function labelsIn(holder: unknown): Label[] {
  if (typeof holder !== 'object' || holder === null) return []
  return Object.entries(holder).flatMap(([key, value]: [string, unknown]) =>
    (key === 'title' || key === 'description') && typeof value === 'string'
      ? [{ holder, key, text: value }]
      : labelsIn(value),
  )
}

const objectWith = (field: unknown) => ({ type: 'object', properties: { field } })

describe('the definition', () => {
  it("refers to existing files and has the package's version", () => {
    expect(existsSync(definition.icon ?? '')).toBe(true)
    expect(existsSync(definition.readme ?? '')).toBe(true)
    expect(existsSync(definition.configuration?.identifier?.linkTemplateScript ?? '')).toBe(true)
    expect(definition.version).toBe(version)
  })

  it('has these configuration fields, and hides the secret ones', () => {
    const fields = Object.entries(configurationSchema.shape)
    expect(fields.map(([name]) => name)).toEqual([
      'developerApiKey',
      'appId',
      'clientId',
      'clientSecret',
      'refreshToken',
      'portalId',
      'inboxId',
      'additionalInboxIds',
      'unknownContact',
      'keepAgentFiles',
      'showAgentName',
      'redactCardNumbers',
    ])
    const secrets = fields.filter(([, { ui }]) => ui['secret'] === true)
    expect(secrets.map(([name]) => name)).toEqual(['developerApiKey', 'clientSecret', 'refreshToken'])
  })

  it('has the category for customer support', () => {
    expect(definition.attributes).toEqual({ category: 'Customer Support' })
  })

  it('has these states', () => {
    expect(Object.keys(definition.states ?? {})).toEqual(['tokens', 'channel', 'setup'])
  })

  it('implements the HITL interface with its own session entity', () => {
    const { actions = {}, events = {}, channels = {} } = definition
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
    expect(Object.keys(actions)).toEqual(['getAvailability', 'createUser', 'startHitl', 'stopHitl'])
    expect(Object.keys(events)).toEqual(['handoffEnded', 'hitlAssigned', 'hitlStopped'])
    expect(Object.keys(channels)).toEqual(['hitl'])
    expect(Object.keys(channels['hitl']?.messages ?? {})).toEqual(['text', 'image', 'audio', 'video', 'file', 'bloc'])
    expect(definition.__advanced?.useLegacyZuiTransformer).toBe(true)
  })
})

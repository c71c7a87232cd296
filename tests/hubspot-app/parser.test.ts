import { cpSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { appFolder } from './run'
import { cutOff, faultsIn } from './parser'
import { REDIRECT_URL, WEBHOOK_URL } from './urls'

const PROJECT = 'hsproject.json'
const APP = 'src/app/app-hsmeta.json'
const WEBHOOKS = 'src/app/webhooks/webhooks-hsmeta.json'

let askHubSpot: ReturnType<typeof cutOff>

beforeEach(() => {
  askHubSpot = cutOff()
})
afterEach(() => vi.restoreAllMocks())

it("the app's files pass HubSpot's own parser", async () => {
  expect(await faultsIn(await appFolder())).toBe('')
  expect(askHubSpot).toHaveBeenCalledExactlyOnceWith(62515, {
    url: 'project-components-external/project-schemas/v3/2026.09',
  })
})

it("HubSpot's parser refuses the template, so it cannot be uploaded by mistake", async () => {
  expect(await faultsIn(join(import.meta.dirname, '../../hubspot-app'))).toContain('must match format "uri"')
})

describe("HubSpot's parser refuses", () => {
  type Texts = { file: string; from: string; to: string; says: string }

  const TEXTS: Record<string, Texts> = {
    'a project without a source folder': {
      file: PROJECT,
      from: '"srcDir"',
      to: '"src"',
      says: 'missing required field(s): srcDir',
    },
    'a source folder that does not exist': { file: PROJECT, from: '"src"', to: '"source"', says: 'does not exist' },
    'a source folder outside the project': { file: PROJECT, from: '"src"', to: '".."', says: 'must be within' },
    'a legacy platform': { file: PROJECT, from: '2026.09', to: '2025.1', says: 'legacy' },
    'an unknown platform': { file: PROJECT, from: '2026.09', to: '2026.10', says: 'Unsupported platform version' },
    'a project that is not JSON': { file: PROJECT, from: '{', to: '', says: 'invalid JSON' },

    'an app that is not JSON': { file: APP, from: '{', to: '', says: 'Invalid JSON' },
    'typographic quotes': { file: APP, from: '"private"', to: '“private”', says: 'Invalid JSON' },
    'an app without a uid': { file: APP, from: '"uid": "botpress_inbox_app",', to: '', says: "'uid'" },
    'a uid with blanks': { file: APP, from: 'botpress_inbox_app', to: 'botpress inbox', says: "'uid' should use only" },
    'a uid that is too long': { file: APP, from: 'botpress_inbox_app', to: 'a'.repeat(65), says: '64 characters' },
    'a duplicate uid': {
      file: WEBHOOKS,
      from: 'botpress_inbox_webhooks',
      to: 'botpress_inbox_app',
      says: 'Duplicate uid',
    },
    'a component without a type': { file: WEBHOOKS, from: '"type": "webhooks",', to: '', says: "'type'" },
    'a component of an unknown type': {
      file: WEBHOOKS,
      from: '"type": "webhooks"',
      to: '"type": "webhook"',
      says: 'Unsupported type',
    },
    'a component without a config': { file: WEBHOOKS, from: '"config"', to: '"dependencies"', says: "'config'" },
    'an unknown field': {
      file: APP,
      from: '"type": "app"',
      to: '"type": "app", "name": "a"',
      says: 'Unexpected top-level',
    },

    'a redirect URL without https': {
      file: APP,
      from: REDIRECT_URL,
      to: 'http://example.com/a',
      says: 'redirectUrls.0',
    },
    'a redirect URL that was not filled in': {
      file: APP,
      from: REDIRECT_URL,
      to: 'REDIRECT_URL',
      says: 'redirectUrls.0',
    },
    'a distribution that does not exist': { file: APP, from: '"private"', to: '"privat"', says: 'config.distribution' },
    'scopes at the wrong level': {
      file: APP,
      from: '"auth"',
      to: '"requiredScopes": [], "auth"',
      says: 'requiredScopes',
    },
    'an app without required scopes': { file: APP, from: '"requiredScopes"', to: '"scopes"', says: 'requiredScopes' },
    'an event that does not exist': {
      file: WEBHOOKS,
      from: 'conversation.deletion',
      to: 'conversation.deleted',
      says: 'hubEvents.2',
    },
    'a property change without a property': {
      file: WEBHOOKS,
      from: '"propertyName": "status",',
      to: '',
      says: 'hubEvents.1',
    },
    'a property change of an unknown property': {
      file: WEBHOOKS,
      from: '"status"',
      to: '"state"',
      says: 'hubEvents.1',
    },
    'an inactive subscription': {
      file: WEBHOOKS,
      from: '"active": true',
      to: '"active": false',
      says: 'hubEvents.0',
    },
    'events in an unknown list': {
      file: WEBHOOKS,
      from: '"hubEvents"',
      to: '"events"',
      says: 'config.subscriptions.hubEvents',
    },
    'too few concurrent requests': { file: WEBHOOKS, from: ': 10', to: ': 5', says: 'maxConcurrentRequests' },
    'a number in quotes': { file: WEBHOOKS, from: ': 10', to: ': "10"', says: 'maxConcurrentRequests' },
    'a target without https': { file: WEBHOOKS, from: WEBHOOK_URL, to: 'http://example.com/a', says: 'targetUrl' },
    'a target that was not filled in': { file: WEBHOOKS, from: WEBHOOK_URL, to: 'WEBHOOK_URL', says: 'targetUrl' },
  }

  it.each(Object.entries(TEXTS))('%s', async (_name, { file, from, to, says }) => {
    const folder = await appFolder()
    const text = readFileSync(join(folder, file), 'utf8')
    expect(text).toContain(from)
    writeFileSync(join(folder, file), text.replace(from, to))
    expect(await faultsIn(folder)).toContain(says)
  })

  type Places = { change: (at: (name: string) => string) => void; says: string }

  const PLACES: Record<string, Places> = {
    'a folder without hsproject.json': { change: (at) => rmSync(at(PROJECT)), says: 'Could not read hsproject.json' },
    'a project without an app': { change: (at) => rmSync(at(APP)), says: 'must be a child' },
    'a project without webhooks': { change: (at) => rmSync(at(WEBHOOKS)), says: 'components: APPLICATION' },
    'an app file with another extension': {
      change: (at) => renameSync(at(APP), at('src/app/app.json')),
      says: 'must be a child',
    },
    'a webhooks file with another extension': {
      change: (at) => renameSync(at(WEBHOOKS), at('src/app/webhooks/webhooks.json')),
      says: 'components: APPLICATION',
    },
    'a webhooks file next to the app': {
      change: (at) => renameSync(at(WEBHOOKS), at('src/app/webhooks-hsmeta.json')),
      says: "The directory 'app' is incorrect",
    },
    'a webhooks file in an unknown folder': {
      change: (at) => renameSync(at('src/app/webhooks'), at('src/app/hooks')),
      says: 'skipped: app/hooks/webhooks-hsmeta.json',
    },
    'two webhooks files': {
      change: (at) => {
        cpSync(at(WEBHOOKS), at('src/app/webhooks/more-hsmeta.json'))
        const text = readFileSync(at(WEBHOOKS), 'utf8')
        writeFileSync(at(WEBHOOKS), text.replace('botpress_inbox_webhooks', 'more'))
      },
      says: 'Only one webhooks component',
    },
  }

  it.each(Object.entries(PLACES))('%s', async (_name, { change, says }) => {
    const folder = await appFolder()
    change((name) => join(folder, name))
    expect(await faultsIn(folder)).toContain(says)
  })
})

import { describe, expect, it } from 'vitest'
import app from '../../hubspot-app/src/app/app-hsmeta.json'
import webhooks from '../../hubspot-app/src/app/webhooks/webhooks-hsmeta.json'
import { consentAddress } from '../../src/hubspot/oauth'
import { APP_EVENTS, OPTIONAL_SCOPES, REQUIRED_SCOPES, SCOPE_VARIANTS } from '../../src/hubspot/scopes'
import { parseWebhook } from '../../src/webhook/parse'
import { sectionOf } from './manual'

const { auth } = app.config
const { settings, subscriptions } = webhooks.config

type Subscription = { subscriptionType: string; propertyName?: string }

/** Every thread event that an app can subscribe to. */
const EVENTS_OF_THREADS: Subscription[] = [
  { subscriptionType: 'conversation.creation' },
  { subscriptionType: 'conversation.deletion' },
  { subscriptionType: 'conversation.privacyDeletion' },
  { subscriptionType: 'conversation.newMessage' },
  { subscriptionType: 'conversation.propertyChange', propertyName: 'assignedTo' },
  { subscriptionType: 'conversation.propertyChange', propertyName: 'status' },
  { subscriptionType: 'conversation.propertyChange', propertyName: 'isArchived' },
]

/** The documented values of the properties above. */
const VALUES = ['A-3892666', '', 'OPEN', 'CLOSED', 'TRUE', 'FALSE']

const isUnderstood = (subscription: Subscription): boolean =>
  VALUES.some((propertyValue) => {
    const event = { ...subscription, propertyValue, objectId: 9876543210, occurredAt: 1763633472345, portalId: 62515 }
    return (parseWebhook(JSON.stringify([event]))?.events.length ?? 0) > 0
  })

describe('the HubSpot app', () => {
  it('lists the scopes of the code, and no others', () => {
    expect(auth.requiredScopes).toEqual(REQUIRED_SCOPES)
    expect(auth.optionalScopes).toEqual(OPTIONAL_SCOPES)
    expect(auth.conditionallyRequiredScopes).toEqual([])
  })

  it('lists the scopes that the authorize link asks for, because HubSpot refuses any difference', () => {
    const address = consentAddress('https://app.hubspot.com', {
      clientId: 'a',
      redirectUri: 'https://example.com/a',
      state: 'b',
      scopes: 'all',
    })
    const { searchParams } = new URL(address)
    expect(searchParams.get('scope')?.split(' ')).toEqual(auth.requiredScopes)
    expect(searchParams.get('optional_scope')?.split(' ')).toEqual(auth.optionalScopes)
  })

  it('subscribes to the events of the code, all of them active', () => {
    expect(subscriptions).toEqual({ hubEvents: APP_EVENTS.map((event) => ({ ...event, active: true })) })
  })

  it('subscribes to exactly the thread events that the webhook understands', () => {
    expect(new Set(EVENTS_OF_THREADS.filter(isUnderstood))).toEqual(new Set<Subscription>(APP_EVENTS))
  })

  it('has placeholders for both URLs', () => {
    expect(auth.redirectUrls).toEqual(['REDIRECT_URL'])
    expect(settings.targetUrl).toBe('WEBHOOK_URL')
  })
})

describe('docs/existing-app.md lists for a legacy app', () => {
  const lines = sectionOf('docs/existing-app.md', '## An app made for an older integration').split('\n')
  const inLines = (pattern: RegExp) =>
    lines.flatMap((line) => [pattern.exec(line)?.slice(1) ?? []].filter(([first]) => first))

  it("the code's scopes", () => {
    expect(
      inLines(/^ +- `([^`]+)`$/)
        .flat()
        .filter((name) => !name.startsWith('conversation.')),
    ).toEqual(REQUIRED_SCOPES)
    expect(inLines(/^ +- `([^`]+)` \(optional\)$/).flat()).toEqual(OPTIONAL_SCOPES)
  })

  it("the code's events", () => {
    const named = inLines(/^ +- `(conversation\.[a-zA-Z]+)`(?: of `([a-zA-Z]+)`)?$/).map(
      ([subscriptionType = '', propertyName]): Subscription => ({
        subscriptionType,
        ...(propertyName && { propertyName }),
      }),
    )
    expect(named).toEqual(APP_EVENTS)
  })
})

it('docs/existing-app.md has a link for each variant of the scopes, with that of the Authorize button first', () => {
  const links = [
    ...sectionOf('docs/existing-app.md', '## Links for other scopes').matchAll(
      /^\| `https:\/\/webhook\.botpress\.cloud\/oauth\/wizard\/start\?state=<webhook id>(?:&scopes=(\w+))?` \|/gm,
    ),
  ]
  expect(links.map(([, variant]) => variant ?? 'all')).toEqual(SCOPE_VARIANTS)
})

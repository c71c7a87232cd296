import type { HubSpotSwitches } from '../../sandbox/hubspot/switches'
import { ACTOR, CHANNELS, CONTACT, INBOXES, PUBLISH, THREAD, TOKEN, type Target } from './faults'

/** Whole ways in which HubSpot may answer. With each of them a session goes as it should. */
export const MODES: [string, Partial<HubSpotSwitches>][] = [
  ['only what its descriptions require', { answers: 'lean', webhooks: 'lean' }],
  ['null for all that they do not require', { answers: 'null', webhooks: 'null' }],
  ['fields and values of a later version', { answers: 'extra', webhooks: 'extra' }],
  ['other forms of the same values', { answers: 'numeric', webhooks: 'numeric' }],
  ['odd entries in its lists, and fields in other places', { answers: 'odd', webhooks: 'odd' }],
  ['delay', { latencyMs: 150, webhookDelayMs: 200, channelVisibleAfterMs: 1_500, searchLagMs: 500 }],
  ['errors of one word', { errors: 'bare', idempotencyReplay: 'conflict', refuseComments: true }],
  ['errors full of nulls', { errors: 'null', idempotencyReplay: 'conflict', refuseComments: true }],
  ['errors of other types', { errors: 'odd', idempotencyReplay: 'conflict', refuseComments: true }],
  ['pages in place of errors', { errors: 'page', idempotencyReplay: 'conflict', refuseComments: true }],
]

type Answer = Record<string, unknown>

/** One answer that HubSpot may change, and how. Each line is a whole session. */
export const TOLERATED: [string, Target, (answer: Answer) => unknown][] = [
  ['a token alone', TOKEN, ({ access_token, refresh_token }) => ({ access_token, refresh_token })],
  [
    'a token whose life is text',
    TOKEN,
    (answer) => ({ ...answer, expires_in: '1800', hub_id: String(answer['hub_id']) }),
  ],
  ['a token with odd scopes', TOKEN, (answer) => ({ ...answer, scopes: 'oauth', expires_in: null })],
  ['inboxes of a new kind', INBOXES, eachEntry((inbox) => ({ ...inbox, type: 'CUPBOARD' }))],
  ['inboxes without a kind', INBOXES, eachEntry((inbox) => ({ ...inbox, type: null }))],
  ['inboxes without a name', INBOXES, eachEntry(({ id, type }) => ({ id, type }))],
  ['inboxes with numbers for ids', INBOXES, eachEntry((inbox) => ({ ...inbox, id: Number(inbox['id']) }))],
  ['an inbox more, which cannot be read', INBOXES, moreEntries({ id: [], name: 'Odd' }, null, 'text')],
  ['paging without an end', INBOXES, (answer) => ({ ...answer, paging: { next: {} } })],
  ['paging of another type', INBOXES, (answer) => ({ ...answer, paging: 'none' })],
  ['paging that leads to the same page', CHANNELS, (answer) => ({ ...answer, paging: { next: { after: 0 } } })],
  ['no total', INBOXES, ({ results }) => ({ results })],
  ["someone else's odd channel", CHANNELS, moreEntries({ id: 7, name: null, capabilities: null }, { name: 'No id' })],
  ['channels without their webhook URL', CHANNELS, eachEntry(({ webhookUrl: _, ...channel }) => channel)],
  ['channels without capabilities', CHANNELS, eachEntry((channel) => ({ ...channel, capabilities: null }))],
  ['a contact without properties', CONTACT, ({ id }) => ({ id })],
  [
    'a contact with a number for its id',
    CONTACT,
    (answer) => ({ ...answer, id: Number(answer['id']), properties: null }),
  ],
  ['a message without its thread', PUBLISH, afterOpening(({ conversationsThreadId: _, ...message }) => message)],
  ['a message with an empty answer', PUBLISH, afterOpening(() => '')],
  [
    'a message with a number for its thread',
    PUBLISH,
    (answer) => ({ ...answer, conversationsThreadId: Number(answer['conversationsThreadId']) }),
  ],
  ['a thread with nothing but its channel', THREAD, ({ originalChannelId }) => ({ originalChannelId })],
  ['an agent without a name', ACTOR, ({ id, type }) => ({ id, type })],
  ['an agent with odd fields', ACTOR, () => ({ name: 7, email: {}, avatar: 'javascript:alert(1)' })],
  ['an agent that is nonsense', ACTOR, () => 'nonsense'],
]

function eachEntry(change: (entry: Answer) => Answer) {
  return ({ results, ...answer }: Answer) => ({
    ...answer,
    results: Array.isArray(results) ? results.map((entry: Answer) => change(entry)) : results,
  })
}

function moreEntries(...entries: unknown[]) {
  return ({ results, ...answer }: Answer) => ({
    ...answer,
    results: Array.isArray(results) ? [...entries, ...results] : results,
  })
}

/** The opening message alone has to say which thread it has opened. */
function afterOpening(change: (answer: Answer) => unknown) {
  return (answer: Answer) => (String(answer['text']).includes('asked the bot') ? answer : change(answer))
}

import { Hono } from 'hono'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { serveOnLoopback, type Served } from '../../sandbox/http/serve'
import { createHubSpot, type HubSpot } from './client'
import { endpointsOf } from './endpoints'
import { createHttp } from './http'

let served: Served
let asked: (string | undefined)[]
let pages: unknown[]
let dropped: string[]
let hubspot: HubSpot

beforeEach(async () => {
  ;[asked, pages, dropped] = [[], [], []]
  const app = new Hono().get('*', (c) => {
    asked.push(c.req.query('after'))
    return c.json(pages.length > 0 ? pages.shift() : { results: [] })
  })
  served = await serveOnLoopback(app)
  const token = async () => 'a token'
  const http = createHttp({
    apiUrl: served.url,
    tokens: { current: token, renew: token },
    developerKey: { hapikey: 'a key', appId: '12' },
  })
  hubspot = createHubSpot(http, endpointsOf('v3'), (where) => dropped.push(where))
})
afterEach(async () => served.close())

const SALES = { id: '1', name: 'Sales', type: 'INBOX' }

describe('a list of HubSpot', () => {
  it.each([
    [{ id: '1', name: 'Sales', type: 'CUPBOARD' }, SALES],
    [{ id: '1', name: 'Sales', type: null }, SALES],
    [{ id: 1, name: 'Sales', type: 'INBOX', color: 'red' }, SALES],
    [
      { id: '1', type: 'HELP_DESK' },
      { id: '1', name: '1', type: 'HELP_DESK' },
    ],
    [
      { id: '1', name: null, type: 'INBOX' },
      { id: '1', name: '1', type: 'INBOX' },
    ],
    [
      { id: '1', name: '', type: 'INBOX' },
      { id: '1', name: '1', type: 'INBOX' },
    ],
  ])('takes an odd inbox for one that can be connected: %j', async (given, inbox) => {
    pages = [{ results: [given] }]
    expect(await hubspot.conversations.listInboxes()).toEqual([inbox])
    expect(dropped).toEqual([])
  })

  it('leaves out what cannot be read, and says where it is', async () => {
    pages = [{ results: [null, SALES, { name: 'No id' }, 'text', { id: '', type: 'INBOX' }] }]
    expect(await hubspot.conversations.listInboxes()).toEqual([SALES])
    const path = 'of GET /conversations/v3/conversations/inboxes'
    expect(dropped).toEqual([`results.0 ${path}`, `results.2.id ${path}`, `results.3 ${path}`, `results.4.id ${path}`])
  })

  it.each([
    [{}],
    [null],
    [{ next: {} }],
    [{ next: null }],
    [{ next: { after: null } }],
    [{ next: { after: '' } }],
    ['end'],
    [[]],
  ])('ends where its paging does: %j', async (paging) => {
    pages = [{ results: [SALES], paging }, { results: [SALES] }]
    expect(await hubspot.conversations.listInboxes()).toEqual([SALES])
  })

  it.each(['7', 7])('is followed to the next page: %j', async (after) => {
    pages = [{ results: [SALES], paging: { next: { after, link: null }, prev: null } }, { results: [SALES] }]
    expect(await hubspot.conversations.listInboxes()).toEqual([SALES, SALES])
    expect(asked).toEqual([undefined, '7'])
  })

  it('ends when a page leads to itself', async () => {
    const page = { results: [SALES], paging: { next: { after: '7' } } }
    pages = Array.from({ length: 100 }, () => page)
    expect(await hubspot.conversations.listInboxes()).toEqual([SALES, SALES])
  })

  it.each([[{}], [{ results: null }], [{ results: {} }], [[]], ['<html>'], [null]])(
    'is unreadable as a whole without its entries: %j',
    async (page) => {
      pages = [page]
      await expect(hubspot.conversations.listInboxes()).rejects.toMatchObject({
        kind: 'unreadable',
        where: expect.stringMatching(/^(results|body) of GET \/conversations\/v3\/conversations\/inboxes$/),
      })
    },
  )

  it('knows channels and accounts of which HubSpot shows little', async () => {
    pages = [{ results: [{ id: 5 }, { id: '6', name: null, capabilities: null, webhookUrl: 7 }] }]
    expect(await hubspot.customChannels.list()).toMatchObject([{ id: '5' }, { id: '6', webhookUrl: undefined }])
    pages = [
      {
        results: [
          { id: 5, inboxId: 1 },
          { id: '6', inboxId: '2', authorized: null, archived: 'no' },
        ],
      },
    ]
    expect(await hubspot.customChannels.listAccounts('5')).toEqual([
      { id: '5', inboxId: '1', authorized: false, archived: false },
      { id: '6', inboxId: '2', authorized: false, archived: false },
    ])
    expect(dropped).toEqual([])
  })
})

import { Hono } from 'hono'
import { declared, definition, tagsOfAnyChannel } from '../definition'
import type { Store } from '../store'
import { assertTags } from '../store/tags'
import { bodies, readBody } from './body'
import { listPage, readQuery, type ListQuery } from './listing'

const LIST = [
  'nextToken',
  'sortField',
  'sortDirection',
  'tags',
  'integrationName',
  'channel',
  'afterDate',
  'beforeDate',
]

export function conversationRoutes({ conversations }: Store): Hono {
  const routes = new Hono()
  routes.post('/conversations', async (c) =>
    c.json({ conversation: conversations.create(await readBody(c, bodies.createConversation)) }, 201),
  )
  routes.post('/conversations/get-or-create', async (c) =>
    c.json({ conversation: conversations.getOrCreate(await readBody(c, bodies.getOrCreateConversation)) }),
  )
  routes.get('/conversations', (c) => {
    const query = readQuery(c, LIST)
    assertTags(query.tags, filterableTags(query), 'conversation')
    const { channel, integrationName = definition.name } = query.params
    const wanted = conversations
      .list()
      .filter((each) => each.integration === integrationName && (channel ?? each.channel) === each.channel)
    const [page, meta] = listPage(wanted, query)
    return c.json({ conversations: page, meta })
  })
  routes.get('/conversations/:id', (c) => c.json({ conversation: conversations.get(c.req.param('id')) }))
  routes.put('/conversations/:id', async (c) => {
    const { tags } = await readBody(c, bodies.updateConversation)
    return c.json({ conversation: conversations.update(c.req.param('id'), tags) })
  })
  routes.delete('/conversations/:id', (c) => {
    conversations.remove(c.req.param('id'))
    return c.json({})
  })
  return routes
}

/** Without a channel the filter may name a tag of any of them. */
function filterableTags({ params }: ListQuery): ReadonlySet<string> {
  if (params['channel'] !== undefined)
    return declared(definition.channels, params['channel'], 'Channel').conversationTags
  return tagsOfAnyChannel('conversationTags')
}

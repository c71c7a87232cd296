import { describe, expect, it } from 'vitest'
import type { ChatLine } from '../hitl/upstream'
import { shopBot, type Team } from './shop-bot'

const SALES = { label: 'Sales', inboxId: '7' }
const SUPPORT = { label: 'Support', inboxId: '8' }

const aBot = (teams: Team[] = [SALES, SUPPORT]) =>
  shopBot({ teams: () => teams, addresses: ['ada@example.com', '+1 212 555 0123'] })

const asked = (text?: string) => ({
  id: '1',
  at: 0,
  who: 'customer' as const,
  type: text === undefined ? 'image' : 'text',
  payload: {},
  ...(text !== undefined && { text }),
})

const texts = (lines: ChatLine[]) => lines.map(({ payload }) => payload['text'])

const choices = (lines: ChatLine[]) => JSON.stringify(lines.at(-1)?.payload['options'] ?? [])

describe('the bot of the shop', () => {
  it('greets and says what it can be asked', () => {
    expect(choices(aBot().greets())).toContain('Talk to a human')
  })

  it.each([
    ['Where is my parcel?', /two to three working days/],
    ['It came broken', /within 30 days/],
    ['When do you open?', /nine to six/],
    ['Thanks!', /welcome/],
    ['What is the meaning of life?', /small bot/],
  ])('answers %j', (question, answer) => {
    const { says, escalation } = aBot().answers(asked(question))
    expect(texts(says)).toEqual([expect.stringMatching(answer)])
    expect(escalation).toBeUndefined()
  })

  it.each(['ada@example.com', '+1 212 555 0123', 'nobody@example.com'])(
    'asks for what an escalation needs, and hands over with %s',
    (address) => {
      const bot = aBot()
      bot.answers(asked('My vase came broken'))
      expect(choices(bot.answers(asked('I want a human')).says)).toContain('Sales')
      expect(choices(bot.answers(asked('Nonsense')).says)).toContain('Sales')
      expect(choices(bot.answers(asked('sales')).says)).toContain('ada@example.com')
      expect(bot.answers(asked('no idea')).escalation).toBeUndefined()
      expect(bot.answers(asked(address)).escalation).toEqual({
        title: 'My vase came broken',
        description: 'For: Sales',
        userEmail: address,
        hitlSession: { inboxId: '7' },
      })
      expect(bot.answers(asked(address)).escalation).toBeUndefined()
    },
  )

  it.each([
    ['the only team there is', [SALES], { description: 'For: Sales', hitlSession: { inboxId: '7' } }],
    ['whatever is the default', [], {}],
  ])('hands over to %s without asking for one', (_name, teams, expected) => {
    const bot = aBot(teams)
    expect(choices(bot.answers(asked('I want a human')).says)).toContain('ada@example.com')
    const escalation = { title: 'A question', userEmail: 'ada@example.com', ...expected }
    expect(bot.answers(asked('ada@example.com')).escalation).toEqual(escalation)
  })

  it('lets the customer think again', () => {
    const bot = aBot()
    bot.answers(asked('agent'))
    bot.answers(asked('Sales'))
    bot.answers(asked('Never mind'))
    expect(bot.answers(asked('ada@example.com')).escalation).toBeUndefined()
  })

  it('says that no person could be reached, and that it cannot look into files', () => {
    expect(texts(aBot().isRefused())).toEqual(['I could not reach a person. I am still here for you.'])
    expect(choices(aBot().answers(asked()).says)).toContain('Talk to a human')
  })
})

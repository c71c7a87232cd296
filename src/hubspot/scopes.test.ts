import { describe, expect, it } from 'vitest'
import { hasScope, missingScopes, OPTIONAL_SCOPES, REQUIRED_SCOPES, SCOPE_VARIANTS, scopesToAskFor } from './scopes'

const without = (...taken: string[]): string[] => REQUIRED_SCOPES.filter((scope) => !taken.includes(scope))

describe('a grant', () => {
  it.each([
    ['the scope itself', ['oauth', 'files.read'], 'files.read', true],
    ['another scope', ['files.read'], 'files.write', false],
    ['nothing', [], 'oauth', false],
    ['files, for reading', ['files'], 'files.read', true],
    ['files, for writing', ['files'], 'files.write', true],
    ['tickets, for reading', ['tickets'], 'crm.objects.tickets.read', true],
    ['tickets, for writing', ['tickets'], 'crm.objects.tickets.write', true],
    ['tickets, for files', ['tickets'], 'files.read', false],
    ['a part of the name', ['crm.objects.contacts'], 'crm.objects.contacts.read', false],
    ['reading, for writing', ['crm.objects.contacts.read'], 'crm.objects.contacts.write', false],
  ] as const)('of %s has it: %j, %s, %s', (_name, granted, scope, has) => {
    expect(hasScope(granted, scope)).toBe(has)
  })

  it('of every required scope lacks none, whether files are one scope or two', () => {
    expect(missingScopes(REQUIRED_SCOPES)).toEqual([])
    expect(missingScopes([...without('files.read', 'files.write'), 'files', 'something.else'])).toEqual([])
  })

  it('of fewer lacks the rest, in the order of the list', () => {
    expect(missingScopes([...without('files.write', 'conversations.write')])).toEqual([
      'conversations.write',
      'files.write',
    ])
    expect(missingScopes(OPTIONAL_SCOPES)).toEqual(REQUIRED_SCOPES)
  })
})

describe('a link asks for', () => {
  it('everything, the optional scopes apart', () => {
    expect(scopesToAskFor('all')).toEqual({ required: REQUIRED_SCOPES, optional: OPTIONAL_SCOPES })
  })

  it('the required scopes alone', () => {
    expect(scopesToAskFor('required')).toEqual({ required: REQUIRED_SCOPES, optional: [] })
  })

  it('files as one scope, for an app of an older integration', () => {
    expect(scopesToAskFor('legacy')).toEqual({
      required: [...without('files.read', 'files.write'), 'files'],
      optional: [],
    })
  })

  it.each(SCOPE_VARIANTS)('enough for the check at saving: %s', (variant) => {
    expect(missingScopes(scopesToAskFor(variant).required)).toEqual([])
  })
})

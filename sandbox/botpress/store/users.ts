import { definition } from '../definition'
import { newId } from '../ids'
import type { Tags, User } from '../types'
import { born, Collection } from './collection'
import { assertKeys, assertTags, isSame, mergeTags } from './tags'

export type NewUser = {
  tags: Tags
  name?: string | undefined
  pictureUrl?: string | undefined
  attributes?: Record<string, string> | undefined
  discriminateByTags?: string[] | undefined
}

export type UserChange = {
  tags?: Tags | undefined
  name?: string | null | undefined
  pictureUrl?: string | null | undefined
  attributes?: Record<string, string | null> | undefined
}

/** The users that the integration made. */
export class Users extends Collection<User> {
  constructor() {
    super('User')
  }

  check(input: NewUser): void {
    assertTags(input.tags, definition.userTags, 'user')
    assertKeys(input.tags, input.discriminateByTags)
  }

  create(input: NewUser): User {
    this.check(input)
    const user = { id: newId('user'), ...born(), tags: mergeTags(input.tags) }
    return this.add({ ...user, ...details(input), ...(input.attributes && { attributes: input.attributes }) })
  }

  getOrCreate(input: NewUser): User {
    this.check(input)
    const same = this.list().find((user) => isSame(user.tags, input.tags, input.discriminateByTags))
    return same ?? this.create(input)
  }

  update(id: string, change: UserChange): User {
    const current = this.get(id)
    assertTags(change.tags ?? {}, definition.userTags, 'user')
    const { name = current.name, pictureUrl = current.pictureUrl } = change
    const attributes = Object.entries({ ...current.attributes, ...change.attributes })
    return this.add({
      id,
      createdAt: current.createdAt,
      updatedAt: new Date().toISOString(),
      tags: mergeTags(current.tags, change.tags),
      ...details({ name, pictureUrl }),
      ...(attributes.length > 0 && { attributes: Object.fromEntries(attributes.filter(hasValue)) }),
    })
  }
}

function details(from: Pick<UserChange, 'name' | 'pictureUrl'>): Pick<User, 'name' | 'pictureUrl'> {
  const given = ([, value]: [string, string | null | undefined]) => typeof value === 'string'
  return Object.fromEntries(Object.entries({ name: from.name, pictureUrl: from.pictureUrl }).filter(given))
}

function hasValue(entry: [string, string | null]): entry is [string, string] {
  return entry[1] !== null
}

import type { z } from '@botpress/sdk'
import integration from '../../integration.definition'
import { BotpressError } from './errors'
import type { StateType } from './types'

type Schema = z.ZodTypeAny
type Channel = {
  conversationTags: ReadonlySet<string>
  messageTags: ReadonlySet<string>
  messages: ReadonlyMap<string, Schema>
}

const names = (tags: object | undefined): ReadonlySet<string> => new Set(Object.keys(tags ?? {}))

/** What the integration declares: Botpress refuses everything else. */
export const definition = {
  name: integration.name,
  configuration: integration.configuration?.schema,
  linkTemplate: integration.configuration?.identifier?.linkTemplateScript,
  extractScript: integration.identifier?.extractScript,
  userTags: names(integration.user?.tags),
  states: new Map<string, { type: StateType; schema: Schema }>(Object.entries(integration.states ?? {})),
  events: new Map(Object.entries(integration.events ?? {}).map(([name, event]) => [name, event.schema])),
  actions: new Map(
    Object.entries(integration.actions ?? {}).map(([name, action]) => [
      name,
      { input: action.input.schema, output: action.output.schema },
    ]),
  ),
  channels: new Map<string, Channel>(
    Object.entries(integration.channels ?? {}).map(([name, channel]) => [
      name,
      {
        conversationTags: names(channel.conversation?.tags),
        messageTags: names(channel.message?.tags),
        messages: new Map(Object.entries(channel.messages).map(([type, message]) => [type, message.schema])),
      },
    ]),
  ),
}

/** The declared part of that name; `what` names the kind of part in the refusal. */
export function declared<T>(parts: ReadonlyMap<string, T>, name: string, what: string): T {
  const part = parts.get(name)
  if (part === undefined) {
    const known = [...parts.keys()].join(', ')
    throw new BotpressError(
      'InvalidPayload',
      `${what} "${name}" is not declared by ${definition.name}. Declared: ${known}`,
    )
  }
  return part
}

/** The tags of a kind in whatever channel: for lists that name none. */
export function tagsOfAnyChannel(kind: 'conversationTags' | 'messageTags'): ReadonlySet<string> {
  return new Set([...definition.channels.values()].flatMap((channel) => Array.from(channel[kind])))
}

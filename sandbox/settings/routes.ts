import { Hono, type Context } from 'hono'
import { csrf } from 'hono/csrf'
import { authorizeLinkOf } from '../botpress/link-template'
import { answerDocument } from '../http/document'
import { isPlayedHere, type Sandbox } from '../assemble'
import { connectedInboxes } from '../page/look/chats'
import { isRenewable } from '../renewable'
import type { Stack } from '../stack'
import { CONDITIONS } from './conditions'
import { fieldsOfDefinition } from './fields'
import { filledIn, type Configuration } from './form'
import { settings, SETTINGS_PATH, type Outcome } from './render'
import { SETTINGS_STYLE } from './style'

const LAST_LINES = 10

/** Botpress' configuration page for an installed integration, built from plain forms. */
export function settingsRoutes(sandbox: Sandbox): Hono {
  const fields = fieldsOfDefinition()
  /** Values in the form that are not saved yet. */
  let draft: Configuration | undefined
  let outcome: Outcome | undefined
  let firstLine = 0
  if (isRenewable(sandbox)) {
    sandbox.onStart(async () => {
      draft = undefined
      outcome = undefined
      firstLine = 0
    })
  }

  const show = (c: Context) => {
    const { botpress } = sandbox
    return answerDocument(c, {
      title: 'HubSpot Inbox & Help Desk HITL: settings',
      style: SETTINGS_STYLE,
      content: settings({
        fields,
        configuration: draft ?? botpress.configuration,
        outcome,
        identifier: botpress.identifier ?? undefined,
        isConnected: outcome?.kind !== 'refused' && connectedInboxes(botpress).length > 0,
        webhookUrl: botpress.webhookUrl,
        authorizeLink: authorizeLinkOf(sandbox.botpress),
        log: sandbox.log.slice(firstLine).slice(-LAST_LINES),
        hubspotPages: isPlayedHere(sandbox) ? sandbox.hubspot.pages() : undefined,
        conditions: isPlayedHere(sandbox) ? conditionsOf(sandbox) : undefined,
      }),
    })
  }
  const afterwards =
    (run: (form: FormData) => Promise<void> | void) =>
    async (c: Context): Promise<Response> => {
      await run(await c.req.formData())
      return c.redirect(SETTINGS_PATH, 303)
    }

  const save = async (form: FormData) => {
    const { botpress } = sandbox
    firstLine = sandbox.log.length
    botpress.configuration = filledIn(fields, form, draft ?? botpress.configuration)
    draft = undefined
    const saved = await botpress.register()
    outcome = saved.ok ? { kind: 'saved' } : { kind: 'refused', sentence: saved.message ?? 'No reason given.' }
  }
  const uninstall = async () => {
    const { botpress } = sandbox
    firstLine = sandbox.log.length
    await botpress.unregister()
    botpress.configuration = {}
    draft = undefined
    outcome = { kind: 'uninstalled' }
  }
  const app = new Hono()
    .use(csrf())
    .get('/', show)
    .post('/save', afterwards(save))
    .post('/uninstall', afterwards(uninstall))
  if (!isPlayedHere(sandbox)) return app

  const fillIn = () => {
    draft = { ...sandbox.botpress.configuration, ...sandbox.hubspot.app }
  }
  const setConditions = (form: FormData) => {
    for (const { name, make } of CONDITIONS) make(sandbox, form.has(name))
  }
  return app
    .post('/fill-in', afterwards(fillIn))
    .post('/conditions', afterwards(setConditions))
    .post(
      '/revoke',
      afterwards(() => sandbox.hubspot.tokens.revokeAll()),
    )
}

const conditionsOf = (stack: Stack) => CONDITIONS.map((condition) => ({ ...condition, isSo: condition.holds(stack) }))

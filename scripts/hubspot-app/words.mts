import type { Outcome } from './folder.mjs'

const HS = 'npx --yes -p @hubspot/cli@8 hs'

export const USAGE = `Writes the HubSpot app for your webhook URL, ready to upload.

  npm run hubspot-app -- <webhook URL> [folder]

  npm run hubspot-app -- https://webhook.botpress.cloud/01ARZ3NDEKTSV4RRFFQ69G5FAV

Copy the webhook URL from the integration's configuration page in Botpress. The default folder is botpress-inbox.
`

export function outcomeText(outcome: Outcome, folder: string, webhookUrl: string): string {
  switch (outcome.kind) {
    case 'written':
      return `The HubSpot app for ${webhookUrl} was written to ${folder}.\n`
    case 'unchanged':
      return `${folder} already has the HubSpot app for ${webhookUrl}. Nothing has changed.\n`
    case 'updated':
      return outcome.formerUrl === undefined
        ? `The HubSpot app in ${folder} was updated: ${outcome.files.join(', ')}.\n`
        : `The HubSpot app in ${folder} now has ${webhookUrl}.\nOnce you upload it, ${outcome.formerUrl} receives no more events.\n`
  }
}

export const nextSteps = (folder: string): string => `
Sign in to HubSpot, then upload the app. Run both in that folder (cd ${folder}):

  ${HS} account auth --use-default-name --default
  ${HS} project upload --force

You then find these values:

  App ID               printed by "${HS} project info" in that folder
  Client ID,
  Client Secret        in HubSpot: Development > Projects > botpress-inbox > the app > Auth
  Developer API Key    in HubSpot: Development > Keys

Before you authorize, add your HubSpot account on the app's Distribution tab.
`

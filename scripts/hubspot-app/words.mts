import type { Outcome } from './folder.mjs'

const HS = 'npx --yes -p @hubspot/cli@8 hs'

export const USAGE = `Writes the HubSpot app for your webhook URL, ready to upload.

  npm run hubspot-app -- <webhook URL> [folder]

  npm run hubspot-app -- https://webhook.botpress.cloud/01ARZ3NDEKTSV4RRFFQ69G5FAV

The webhook URL stands on the integration's configuration page in Botpress. The folder is botpress-inbox unless you
name another.
`

export function told(outcome: Outcome, folder: string, webhookUrl: string): string {
  switch (outcome.kind) {
    case 'written':
      return `The HubSpot app for ${webhookUrl} stands in ${folder}.\n`
    case 'unchanged':
      return `The HubSpot app for ${webhookUrl} stood in ${folder} already. Nothing has changed.\n`
    case 'updated':
      return outcome.formerUrl === undefined
        ? `The HubSpot app in ${folder} was brought up to date: ${outcome.files.join(', ')}.\n`
        : `The HubSpot app in ${folder} now has ${webhookUrl}.\nOnce it is uploaded, ${outcome.formerUrl} hears nothing more.\n`
  }
}

export const nextSteps = (folder: string): string => `
Sign in to HubSpot, then upload the app. Run both in that folder (cd ${folder}):

  ${HS} account auth --use-default-name --default
  ${HS} project upload --force

After that you find

  App ID               in what "${HS} project info" prints there
  Client ID,
  Client Secret        in HubSpot: Development > Projects > botpress-inbox > the app > Auth
  Developer API Key    in HubSpot: Development > Keys

Before you authorize, add your HubSpot account on the app's Distribution tab.
`

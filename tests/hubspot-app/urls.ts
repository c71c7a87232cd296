export const GATEWAY = 'https://webhook.botpress.cloud'
export const WEBHOOK_ID = '01ARZ3NDEKTSV4RRFFQ69G5FAV'
export const WEBHOOK_URL = `${GATEWAY}/${WEBHOOK_ID}`

/** Where HubSpot redirects an owner's browser, the same for every bot. */
export const REDIRECT_URL = 'https://webhook.botpress.cloud/oauth'

/** Common mistakes, each with a part of its error message. */
export const MISTAKES = [
  { url: '', says: 'Fill in the webhook URL' },
  { url: 'https://webhook.botpress.cloud/...', says: 'Fill in the webhook URL' },
  { url: 'https://webhook.botpress.cloud/…', says: 'Fill in the webhook URL' },
  { url: 'WEBHOOK_URL', says: 'Fill in the webhook URL' },
  { url: ` ${WEBHOOK_URL}`, says: 'whitespace' },
  { url: `${WEBHOOK_URL} `, says: 'whitespace' },
  { url: `${WEBHOOK_URL}\n`, says: 'whitespace' },
  { url: '01ARZ3NDEKTSV4RRFFQ69G5FAV', says: 'is not a URL' },
  { url: WEBHOOK_URL.replace('https://', ''), says: 'is not a URL' },
  { url: WEBHOOK_URL.replace('https:', 'http:'), says: 'start with https://' },
  { url: 'https://', says: 'no host' },
  { url: WEBHOOK_URL.replace('https://', 'https://me:secret@'), says: 'user name or password' },
  { url: 'https://app.hubspot.com/developer-projects/1', says: 'a page of Botpress or HubSpot' },
  { url: 'https://app.botpress.cloud/bots/1/integrations', says: 'a page of Botpress or HubSpot' },
  { url: 'https://localhost:4000/hook', says: 'cannot reach localhost:4000' },
  { url: 'https://127.0.0.1/hook', says: 'cannot reach 127.0.0.1' },
  { url: REDIRECT_URL, says: 'is for authorizing' },
  { url: `${REDIRECT_URL}/wizard/start?state=01ARZ3NDEKTSV4RRFFQ69G5FAV`, says: 'is for authorizing' },
  { url: `${WEBHOOK_URL}/oauth/start`, says: 'is for authorizing' },
  { url: `${WEBHOOK_URL}?code=1`, says: `from the ? on: ${WEBHOOK_URL}\n` },
  { url: `${WEBHOOK_URL}#top`, says: `from the # on: ${WEBHOOK_URL}\n` },
  { url: 'https://webhook.botpress.cloud', says: 'last part of the webhook URL is missing' },
  { url: 'https://webhook.botpress.cloud/', says: 'last part of the webhook URL is missing' },
  { url: `${WEBHOOK_URL}/`, says: `slash at the end of the webhook URL: ${WEBHOOK_URL}\n` },
  { url: WEBHOOK_URL.replace('webhook', 'Webhook'), says: 'is not spelled exactly as Botpress shows it' },
  { url: WEBHOOK_URL.replace('cloud/', 'cloud//'), says: 'is not spelled exactly as Botpress shows it' },
]

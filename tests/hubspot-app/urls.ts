export const WEBHOOK_URL = 'https://webhook.botpress.cloud/01ARZ3NDEKTSV4RRFFQ69G5FAV'

/** Where HubSpot sends an owner's browser back to, whichever bot it is. */
export const REDIRECT_URL = 'https://webhook.botpress.cloud/oauth'

/** Mistakes that people make, each with what only its own sentence says. */
export const MISTAKES = [
  { url: '', says: 'still has to be filled in' },
  { url: 'https://webhook.botpress.cloud/...', says: 'still has to be filled in' },
  { url: 'https://webhook.botpress.cloud/…', says: 'still has to be filled in' },
  { url: 'WEBHOOK_URL', says: 'still has to be filled in' },
  { url: ` ${WEBHOOK_URL}`, says: 'blanks' },
  { url: `${WEBHOOK_URL} `, says: 'blanks' },
  { url: `${WEBHOOK_URL}\n`, says: 'blanks' },
  { url: '01ARZ3NDEKTSV4RRFFQ69G5FAV', says: 'is no address' },
  { url: WEBHOOK_URL.replace('https://', ''), says: 'is no address' },
  { url: WEBHOOK_URL.replace('https:', 'http:'), says: 'begin with https://' },
  { url: 'https://', says: 'no host' },
  { url: WEBHOOK_URL.replace('https://', 'https://me:secret@'), says: 'user name or password' },
  { url: 'https://app.hubspot.com/developer-projects/1', says: 'a page of Botpress or HubSpot' },
  { url: 'https://app.botpress.cloud/bots/1/integrations', says: 'a page of Botpress or HubSpot' },
  { url: 'https://localhost:4000/hook', says: 'cannot reach localhost:4000' },
  { url: 'https://127.0.0.1/hook', says: 'cannot reach 127.0.0.1' },
  { url: REDIRECT_URL, says: 'is for authorizing' },
  { url: `${REDIRECT_URL}/wizard/start?state=01ARZ3NDEKTSV4RRFFQ69G5FAV`, says: 'is for authorizing' },
  { url: `${WEBHOOK_URL}/oauth/start`, says: 'is for authorizing' },
  { url: `${WEBHOOK_URL}?code=1`, says: `ends before the ?: ${WEBHOOK_URL}\n` },
  { url: `${WEBHOOK_URL}#top`, says: `ends before the #: ${WEBHOOK_URL}\n` },
  { url: 'https://webhook.botpress.cloud', says: 'last part of the webhook URL is missing' },
  { url: 'https://webhook.botpress.cloud/', says: 'last part of the webhook URL is missing' },
  { url: `${WEBHOOK_URL}/`, says: `no slash at its end: ${WEBHOOK_URL}\n` },
  { url: WEBHOOK_URL.replace('webhook', 'Webhook'), says: 'not written as Botpress writes it' },
  { url: WEBHOOK_URL.replace('cloud/', 'cloud//'), says: 'not written as Botpress writes it' },
]

type Rule = { isBroken: (url: string) => boolean; sentence: (url: string) => string }

const EXAMPLE = 'https://webhook.botpress.cloud/01ARZ3NDEKTSV4RRFFQ69G5FAV'

/** Only the first broken rule is reported, so the more specific rules come first. */
const RULES: Rule[] = [
  {
    isBroken: (url) => url.trim() === '' || /WEBHOOK_URL|…|\.\.\./.test(url),
    sentence: () => `Fill in the webhook URL. It looks like ${EXAMPLE}.`,
  },
  {
    isBroken: (url) => /\s/.test(url),
    sentence: (url) => `The webhook URL contains whitespace: ${JSON.stringify(url)}. Copy it again without it.`,
  },
  {
    isBroken: (url) => !/^[a-z]+:\/\//i.test(url),
    sentence: (url) => `"${url}" is not a URL. Copy the whole webhook URL, including https://.`,
  },
  {
    isBroken: (url) => !/^https:/i.test(url),
    sentence: (url) => `The webhook URL must start with https://, but this one does not: ${url}`,
  },
  {
    isBroken: (url) => !URL.canParse(url),
    sentence: (url) => `${url} has no host. Copy the webhook URL again.`,
  },
  {
    isBroken: (url) => /^https:\/\/[^/]*@/i.test(url),
    sentence: () => 'The webhook URL must not contain a user name or password before an @. Copy it again.',
  },
  {
    isBroken: (url) => isPage(new URL(url).hostname),
    sentence: (url) =>
      `${new URL(url).host} is a page of Botpress or HubSpot. Copy the webhook URL from the integration's configuration page.`,
  },
  {
    isBroken: (url) => isUnreachable(new URL(url).hostname),
    sentence: (url) => `HubSpot cannot reach ${new URL(url).host}. Use the installation's public webhook URL.`,
  },
  {
    isBroken: (url) => /\/oauth\b/.test(url),
    sentence: (url) =>
      `${url} is for authorizing. Copy the webhook URL from the integration's configuration page: it ends with the bot's webhook id.`,
  },
  {
    isBroken: (url) => /[?#]/.test(url),
    sentence: (url) => `Remove everything from the ${/[?#]/.exec(url)?.[0]} on: ${url.replace(/[?#].*/, '')}`,
  },
  {
    isBroken: (url) => new URL(url).pathname === '/',
    sentence: (url) => `The last part of the webhook URL is missing: ${url} is the same for every bot.`,
  },
  {
    isBroken: (url) => url.endsWith('/'),
    sentence: (url) => `Remove the slash at the end of the webhook URL: ${url.replace(/\/+$/, '')}`,
  },
  {
    // HubSpot requires the redirect URL to be identical to the one that the integration sends.
    isBroken: (url) => new URL(url).href !== url || /\/\//.test(new URL(url).pathname),
    sentence: (url) => `${url} is not spelled exactly as Botpress shows it. Copy the webhook URL again.`,
  },
]

/** What is wrong with a webhook URL, in one or two sentences; undefined if HubSpot can use it. */
export function mistakeIn(url: string): string | undefined {
  return RULES.find(({ isBroken }) => isBroken(url))?.sentence(url)
}

const isPage = (host: string): boolean =>
  /(^|\.)hubspot\.com$/.test(host) || /^(app|studio|dash|www)\.botpress\.(cloud|com)$/.test(host)

const isUnreachable = (host: string): boolean =>
  !host.includes('.') || /^(127|10|192\.168|0)\./.test(host) || /\.(local|localhost|internal)$/.test(host)

type Rule = { isBroken: (url: string) => boolean; sentence: (url: string) => string }

const EXAMPLE = 'https://webhook.botpress.cloud/01ARZ3NDEKTSV4RRFFQ69G5FAV'

/** The first one that is broken is what the person reads, so the more telling ones come first. */
const RULES: Rule[] = [
  {
    isBroken: (url) => url.trim() === '' || /WEBHOOK_URL|…|\.\.\./.test(url),
    sentence: () => `The webhook URL still has to be filled in. It looks like ${EXAMPLE}.`,
  },
  {
    isBroken: (url) => /\s/.test(url),
    sentence: (url) => `There are blanks in the webhook URL: ${JSON.stringify(url)}. Copy it again without them.`,
  },
  {
    isBroken: (url) => !/^[a-z]+:\/\//i.test(url),
    sentence: (url) => `"${url}" is no address. Copy the whole webhook URL, from https:// on.`,
  },
  {
    isBroken: (url) => !/^https:/i.test(url),
    sentence: (url) => `The webhook URL has to begin with https://, this one does not: ${url}`,
  },
  {
    isBroken: (url) => !URL.canParse(url),
    sentence: (url) => `${url} has no host that could be reached. Copy the webhook URL again.`,
  },
  {
    isBroken: (url) => /^https:\/\/[^/]*@/i.test(url),
    sentence: () => 'There is a user name or password in the webhook URL, before the @. It has none: copy it again.',
  },
  {
    isBroken: (url) => isPage(new URL(url).hostname),
    sentence: (url) =>
      `${new URL(url).host} is where you read a page of Botpress or HubSpot. Copy the webhook URL that stands on the integration's configuration page.`,
  },
  {
    isBroken: (url) => isUnreachable(new URL(url).hostname),
    sentence: (url) => `HubSpot cannot reach ${new URL(url).host}. Use the public webhook URL of the installation.`,
  },
  {
    isBroken: (url) => /\/oauth\b/.test(url),
    sentence: (url) =>
      `${url} is for authorizing. Copy the webhook URL from the integration's configuration page: it ends with the bot's own id.`,
  },
  {
    isBroken: (url) => /[?#]/.test(url),
    sentence: (url) => `The webhook URL ends before the ${/[?#]/.exec(url)?.[0]}: ${url.replace(/[?#].*/, '')}`,
  },
  {
    isBroken: (url) => new URL(url).pathname === '/',
    sentence: (url) => `The last part of the webhook URL is missing: ${url} is the same for everybody.`,
  },
  {
    isBroken: (url) => url.endsWith('/'),
    sentence: (url) => `The webhook URL has no slash at its end: ${url.replace(/\/+$/, '')}`,
  },
  {
    // HubSpot compares the redirect URL letter by letter with the one that the integration sends.
    isBroken: (url) => new URL(url).href !== url || /\/\//.test(new URL(url).pathname),
    sentence: (url) => `${url} is not written as Botpress writes it. Copy the webhook URL again.`,
  },
]

/** What is wrong with a webhook URL, in one sentence; undefined when HubSpot can use it. */
export function mistakeIn(url: string): string | undefined {
  return RULES.find(({ isBroken }) => isBroken(url))?.sentence(url)
}

const isPage = (host: string): boolean =>
  /(^|\.)hubspot\.com$/.test(host) || /^(app|studio|dash|www)\.botpress\.(cloud|com)$/.test(host)

const isUnreachable = (host: string): boolean =>
  !host.includes('.') || /^(127|10|192\.168|0)\./.test(host) || /\.(local|localhost|internal)$/.test(host)

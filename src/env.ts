/** The only place that reads the environment: where the two platforms are, so that a sandbox can replace them, and secrets. */
export const env = {
  hubspotApiUrl: (): string => process.env['HUBSPOT_API_URL'] ?? 'https://api.hubapi.com',
  /** Serves the consent page. */
  hubspotAppUrl: (): string => process.env['HUBSPOT_APP_URL'] ?? 'https://app.hubspot.com',
  hubspotApiFamily: (): 'v3' | 'dated' => (process.env['HUBSPOT_API_FAMILY'] === 'dated' ? 'dated' : 'v3'),
  botpressWebhookUrl: (): string => process.env['BP_WEBHOOK_URL'] ?? 'https://webhook.botpress.cloud',
  /** What the publisher gave at the deploy; '' if nothing. */
  secret: (name: string): string => process.env[`SECRET_${name}`]?.trim() ?? '',
  /** For a sandbox, which keeps customers' files on this machine. By default, links to this machine are refused. */
  allowLoopback: (): boolean => process.env['HUBSPOT_HITL_ALLOW_LOOPBACK'] === 'true',
}

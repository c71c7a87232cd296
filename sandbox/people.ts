/** Customers whom HubSpot knows, each by what the bot knows of them too. */
export const ADA = { firstname: 'Ada', lastname: 'Example', email: 'ada@example.com' }
export const BEN = { firstname: 'Ben', lastname: 'Muster', phone: '+1 212 555 0147' }

export const nameOf = ({ firstname, lastname }: { firstname: string; lastname: string }): string =>
  `${firstname} ${lastname}`

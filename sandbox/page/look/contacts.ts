import type { HubSpot } from '../../hubspot'
import type { ContactView } from '../view'

type Contact = ReturnType<HubSpot['contacts']['list']>[number]

export function contactView({ properties }: Contact): ContactView {
  const { firstname, lastname, email, phone, mobilephone } = properties
  const name = [firstname, lastname].filter(Boolean).join(' ')
  return {
    name: name || (email ?? 'Nameless contact'),
    email: email ?? undefined,
    phone: phone ?? mobilephone ?? undefined,
  }
}

import type { InboxView, ThreadView } from '../../view'
import { Avatar } from '../parts/avatar'

/** What HubSpot knows about the customer. */
export function ContactCard({ thread, inboxes }: { thread: ThreadView; inboxes: InboxView[] }) {
  const { name, email, phone, isKnown } = thread.customer
  const inbox = inboxes.find(({ id }) => id === thread.inboxId)
  return (
    <aside class="contact" aria-label="About this customer">
      <Avatar name={name} kind="customer" />
      <h3>{name}</h3>
      <p class="contact-kind">{isKnown ? 'Contact in HubSpot' : 'Visitor without a contact'}</p>
      <dl>
        {email !== undefined && (
          <>
            <dt>E-mail</dt>
            <dd>{email}</dd>
          </>
        )}
        {phone !== undefined && (
          <>
            <dt>Phone</dt>
            <dd>{phone}</dd>
          </>
        )}
        <dt>{inbox?.isHelpDesk ? 'Help desk' : 'Inbox'}</dt>
        <dd>{inbox?.name}</dd>
        <dt>Channel</dt>
        <dd>Botpress</dd>
        <dt>Thread</dt>
        <dd>{thread.id}</dd>
      </dl>
    </aside>
  )
}

import * as mail from '@foyer/contract/mail.ts'
import type { Locale } from '@foyer/contract/scalars.ts'
import { addressPrefix } from '../../platform/http/address.ts'
import { type BoundRoute, bind, type RequestFacts } from '../../platform/http/bind.ts'
import { accessMail } from './access.ts'
import * as actions from './actions.ts'
import { maskAddress } from './model.ts'
import * as reads from './reads.ts'

export function mailRoutes(context: actions.MailContext): BoundRoute[] {
  const { outgoing } = context
  const uses = {
    uses: ({ request }: { request: RequestFacts }) => [
      { rule: 'link_address' as const, subject: addressPrefix(request.ip) },
    ],
  }
  return [
    bind(mail.listMails, async ({ caller, query }) => ({
      ...(await reads.listMails(context, accessMail(caller), query)),
      outgoing: outgoing ? { server: outgoing.server, from: outgoing.from } : null,
    })),
    bind(mail.readMail, ({ caller, params }) => reads.readMail(context, accessMail(caller), params.mailId)),
    bind(mail.sendTestMail, async ({ caller, body }) => {
      await actions.sendTestMail(context, accessMail(caller), body.id)
      return {}
    }),
    bind(
      mail.readMailLink,
      async ({ body }) => {
        const link = await reads.findLink(context, body)
        return {
          organizationName: link.organization_name,
          address: maskAddress(link.address),
          locale: link.locale as Locale,
          color: link.color,
          beganAt: new Date(link.began_at).toISOString(),
          site: link.allowed_sites.find((site) => !site.includes('*')) ?? null,
        }
      },
      uses,
    ),
    bind(mail.openMailLink, ({ body }) => actions.openLink(context, body), uses),
    bind(
      mail.refuseMailLink,
      async ({ body }) => {
        await actions.refuseLink(context, body)
        return {}
      },
      uses,
    ),
    bind(
      mail.renewMailLink,
      async ({ body }) => {
        await actions.renewLink(context, body.token)
        return {}
      },
      uses,
    ),
  ]
}

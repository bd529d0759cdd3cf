import type { Database } from '../../platform/db/database.ts'

/** Whether a contact's messenger is connected anywhere. */
export async function isContactOnline(
  database: Database,
  organizationId: string,
  contactId: string,
): Promise<boolean> {
  const [row] = await database.read<{ online: boolean }>(organizationId, {
    name: 'contact_online',
    text: `select is_connected($1, 'contact', $2) as online`,
    values: [organizationId, contactId],
  })
  return row?.online ?? false
}

/**
 * Which of these sessions still hold; the others' sockets must close. To be there with an open socket is a use too: it is
 * noted once an hour, so that nobody who only waits for work is logged out by it.
 */
export async function livingSessions(
  database: Database,
  organizationId: string,
  sessionIds: readonly string[],
): Promise<Set<string>> {
  const rows = await database.read<{ id: string }>(organizationId, {
    name: 'living_sessions',
    text: `with used as (
        update sessions set last_seen_at = clock_now()
        where organization_id = $1 and id = any ($2) and last_seen_at < clock_now() - interval '1 hour')
      select s.id from sessions s join operators o on o.organization_id = s.organization_id and o.id = s.operator_id
      where s.organization_id = $1 and s.id = any ($2) and s.expires_at > clock_now() and o.deactivated_at is null`,
    values: [organizationId, sessionIds],
  })
  return new Set(rows.map((row) => row.id))
}

/** Which of these identities are still a contact's; the others' sockets must close. */
export async function livingIdentities(
  database: Database,
  organizationId: string,
  identityIds: readonly string[],
): Promise<Set<string>> {
  const rows = await database.read<{ id: string }>(organizationId, {
    name: 'living_identities',
    text: `select id from identities where organization_id = $1 and id = any ($2)
      and (expires_at is null or expires_at > clock_now())`,
    values: [organizationId, identityIds],
  })
  return new Set(rows.map((row) => row.id))
}

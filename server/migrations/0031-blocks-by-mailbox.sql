-- A block reaches whoever leaves the same mailbox, but not whoever has proven that it is theirs, unless the blocked contact had
-- proven it as well.

-- Whether the address was proven when its contact was blocked.
alter table contact_blocks add mailbox_proven boolean not null default false;
update contact_blocks b set mailbox_proven = true from contacts k
  where k.organization_id = b.organization_id and k.id = b.contact_id and k.email_verified_at is not null
    and mail_key(k.email) = b.mailbox_key;

-- Which blocks keep a contact from writing now: their own, and those that reach them by their mailbox.
create function blocks_of(organization uuid, contact uuid) returns setof contact_blocks
  language sql stable as $$
  select b.* from contact_blocks b
    where b.organization_id = organization and b.contact_id = contact and b.lifted_at is null and b.until_at > clock_now()
  union all
  select b.* from contacts k join contact_blocks b
      on b.organization_id = k.organization_id and b.mailbox_key = mail_key(k.email)
    where k.organization_id = organization and k.id = contact and b.contact_id <> contact
      and b.lifted_at is null and b.until_at > clock_now() and (b.mailbox_proven or k.email_verified_at is null) $$;

-- Until when they do; null: none does.
create or replace function blocked_until(organization uuid, contact uuid) returns timestamptz
  language sql stable as $$ select max(b.until_at) from blocks_of(organization, contact) b $$;

revoke all on function blocks_of(uuid, uuid) from public;
grant execute on function blocks_of(uuid, uuid) to foyer_app;

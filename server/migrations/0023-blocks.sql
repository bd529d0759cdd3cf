-- Contacts who are kept from writing, for a while or for good.

create table contact_blocks (
  organization_id uuid not null,
  id uuid not null,
  contact_id uuid not null,
  -- The mailbox that was theirs, as `mail_key` makes it: whoever leaves it is kept from writing as well.
  mailbox_key text,
  reason text not null,
  -- Null: whoever did it is gone from the database.
  blocked_by uuid,
  blocked_at timestamptz not null default clock_now(),
  -- In the year 9999: for good.
  until_at timestamptz not null,
  lifted_by uuid,
  lifted_at timestamptz,
  primary key (organization_id, id),
  foreign key (organization_id, contact_id) references contacts on delete cascade,
  foreign key (organization_id, blocked_by) references operators on delete set null (blocked_by),
  foreign key (organization_id, lifted_by) references operators on delete set null (lifted_by)
);
create index contact_blocks_contact on contact_blocks (organization_id, contact_id, until_at) where lifted_at is null;
create index contact_blocks_mailbox on contact_blocks (organization_id, mailbox_key, until_at)
  where lifted_at is null and mailbox_key is not null;
create index contact_blocks_blocked_by on contact_blocks (organization_id, blocked_by);
create index contact_blocks_lifted_by on contact_blocks (organization_id, lifted_by);

alter table contact_blocks enable row level security;
create policy organization on contact_blocks to foyer_app
  using (organization_id = (select current_organization())) with check (organization_id = (select current_organization()));
grant select, insert, update, delete on contact_blocks to foyer_app;

-- Until when a contact is kept from writing, by themselves or by the address they have left; null: they are not.
create function blocked_until(organization uuid, contact uuid) returns timestamptz
  language sql stable as $$
  select greatest(
    (select max(b.until_at) from contact_blocks b
      where b.organization_id = organization and b.contact_id = contact and b.lifted_at is null and b.until_at > clock_now()),
    (select max(b.until_at) from contacts k join contact_blocks b
        on b.organization_id = k.organization_id and b.mailbox_key = mail_key(k.email)
      where k.organization_id = organization and k.id = contact and b.lifted_at is null and b.until_at > clock_now())) $$;

drop function contact_by_hash(text, bytea);
create function contact_by_hash(channel_kind text, hash bytea)
  returns table (organization_id uuid, identity_id uuid, contact_id uuid, proven boolean, blocked_until timestamptz)
  language sql stable security definer set search_path = public, pg_temp
  as $$ select i.organization_id, i.id, i.contact_id, i.proven_at is not null, blocked_until(i.organization_id, i.contact_id)
        from identities i
        where i.channel = channel_kind and i.address_hash = hash
          and (i.expires_at is null or i.expires_at > clock_now()) $$;

-- As before; who is kept from writing is not written to either.
create or replace function take_unread_mail(organization uuid, conversation uuid)
  returns table (contact_id uuid, address text, locale text, after_seq bigint, up_to_seq bigint)
  language plpgsql as $$
declare
  now_at timestamptz := clock_now();
  waits unread_mails;
  about record;
  from_seq bigint;
  oldest timestamptz;
  newest bigint;
  again timestamptz;
begin
  select * into waits from unread_mails u
    where u.organization_id = organization and u.conversation_id = conversation and u.due_at <= now_at for update;
  if not found then
    return;
  end if;
  select c.contact_id, c.read_by_contact, k.email, k.email_verified_at, coalesce(k.locale, w.locale) as locale, w.mail_minutes
    into about from conversations c
    join contacts k on k.organization_id = c.organization_id and k.id = c.contact_id
    join widgets w on w.organization_id = c.organization_id and w.id = c.widget_id
    where c.organization_id = organization and c.id = conversation;
  from_seq := greatest(about.read_by_contact, waits.told_seq);
  select min(e.at), max(e.public_seq) into oldest, newest from entries e
    where e.organization_id = organization and e.conversation_id = conversation and e.public_seq > from_seq
      and e.kind = 'message' and e.actor_kind = 'operator' and e.deleted_for_contact_at is null;
  if newest is not null and about.email is not null and about.mail_minutes is not null then
    if blocked_until(organization, about.contact_id) is not null then
      -- Looked at again when the block ends, if that is soon.
      again := blocked_until(organization, about.contact_id);
      again := case when again < now_at + interval '1 year' then again end;
    elsif oldest + make_interval(mins => about.mail_minutes) > now_at then
      again := oldest + make_interval(mins => about.mail_minutes);
    elsif is_connected(organization, 'contact', about.contact_id) then
      again := now_at + interval '1 minute';
    elsif about.email_verified_at is null and mails_left(organization, about.email, null) = 0 then
      -- News of yesterday is not worth a place in somebody's mailbox who may never have asked for it.
      again := case when oldest > now_at - interval '1 day' then now_at + interval '10 minutes' end;
    else
      update unread_mails u set due_at = null, told_seq = newest
        where u.organization_id = organization and u.conversation_id = conversation;
      return query select about.contact_id, about.email, about.locale, from_seq, newest;
      return;
    end if;
  end if;
  update unread_mails u set due_at = again
    where u.organization_id = organization and u.conversation_id = conversation;
end $$;


-- Who may block: whoever answers.
-- What built-in roles may do until somebody changes it.
create or replace function seed_roles(organization uuid) returns void language sql as $$
  insert into roles (organization_id, id, kind, rights)
  select organization, gen_random_uuid(), kind, rights from (values
    ('owner', '{}'::text[]),
    ('manager', array['conversations.take_over', 'conversations.assign_others', 'contacts.block', 'team.read', 'team.manage',
      'roles.manage', 'widgets.manage', 'mail.read', 'samples.manage']),
    ('admin', array['conversations.take_over', 'conversations.assign_others', 'contacts.block', 'team.read', 'team.manage',
      'widgets.manage', 'mail.read', 'samples.manage']),
    ('analyst', array['team.read']),
    ('operator', array['conversations.take_over', 'conversations.assign_others', 'contacts.block'])
  ) as built_in (kind, rights) $$;
update roles set rights = rights || '{contacts.block}', version = version + 1
  where kind in ('manager', 'admin', 'operator') and not 'contacts.block' = any (rights);

create or replace function erase_contact(organization uuid, contact uuid) returns void
  language plpgsql volatile as $$
begin
  perform set_config('foyer.organization', organization::text, true);
  delete from mail_links where organization_id = organization and contact_id = contact;
  delete from mails where organization_id = organization and contact_id = contact;
  delete from unread_mails u using conversations c
    where u.organization_id = organization and c.organization_id = organization
      and u.conversation_id = c.id and c.contact_id = contact;
  delete from follow_ups f using conversations c
    where f.organization_id = organization and c.organization_id = organization
      and f.conversation_id = c.id and c.contact_id = contact;
  delete from notifications n using conversations c
    where n.organization_id = organization and c.organization_id = organization
      and n.conversation_id = c.id and c.contact_id = contact;
  delete from entries e using conversations c
    where e.organization_id = organization and c.organization_id = organization
      and e.conversation_id = c.id and c.contact_id = contact;
  delete from conversations where organization_id = organization and contact_id = contact;
  delete from presence where organization_id = organization and subject_kind = 'contact' and subject_id = contact;
  delete from contact_blocks where organization_id = organization and contact_id = contact;
  delete from parted_identities where organization_id = organization and contact_id = contact;
  delete from identities where organization_id = organization and contact_id = contact;
  delete from contacts where organization_id = organization and id = contact;
end $$;

do $$
declare
  signature regprocedure;
begin
  for signature in select p.oid::regprocedure from pg_proc p
    join pg_namespace n on n.oid = p.pronamespace
    where n.nspname = 'public' and p.proname in ('blocked_until', 'contact_by_hash')
  loop
    execute format('revoke all on function %s from public', signature);
    execute format('grant execute on function %s to foyer_app', signature);
  end loop;
end $$;

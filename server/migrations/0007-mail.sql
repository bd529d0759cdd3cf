-- Mail: what is sent, when a contact is told of messages they have not read, and the links by which they come back.

-- After so many minutes unread an answer is mailed; null: never.
alter table widgets add mail_minutes smallint default 10 check (mail_minutes between 1 and 1440);

-- When it was proven that the contact reads what is sent to their address.
alter table contacts add email_verified_at timestamptz;

-- A secret that came by mail is good for a while only.
alter table identities add expires_at timestamptz;
create index identities_expires on identities (expires_at) where expires_at is not null;

create or replace function identity_by_hash(channel_kind text, hash bytea)
  returns table (organization_id uuid, identity_id uuid, contact_id uuid)
  language sql stable security definer set search_path = public, pg_temp
  as $$ select i.organization_id, i.id, i.contact_id from identities i
        where i.channel = channel_kind and i.address_hash = hash
          and (i.expires_at is null or i.expires_at > clock_now()) $$;

-- Mails to send and sent. `data` says what a mail is about, by ids; what is written in it is made when it is sent or looked
-- at, so that no secret of a link is ever stored.
create table mails (
  organization_id uuid not null references organizations (id) on delete cascade,
  id uuid not null,
  kind text not null,
  -- The contact it goes to; null: it goes to somebody who works here.
  contact_id uuid,
  to_address text not null,
  -- For finding by: row-level security lets no function of a column drive an index.
  address_key text not null generated always as (lower(to_address)) stored,
  locale text not null,
  data jsonb not null,
  -- `kept`: nothing is sent, because no server for it is set.
  state text not null default 'queued' check (state in ('queued', 'sent', 'kept', 'failed')),
  -- What the last attempt that failed was answered.
  error text,
  message_id text,
  created_at timestamptz not null default clock_now(),
  -- When the last attempt began.
  tried_at timestamptz,
  sent_at timestamptz,
  primary key (organization_id, id),
  foreign key (organization_id, contact_id) references contacts on delete cascade
);
create index mails_newest on mails (organization_id, created_at desc, id desc);
create index mails_address on mails (organization_id, address_key);
create index mails_contact on mails (organization_id, contact_id) where contact_id is not null;

-- What a contact was told by mail of a conversation, and when to look whether there is more to tell.
create table unread_mails (
  organization_id uuid not null,
  conversation_id uuid not null,
  due_at timestamptz,
  -- Up to which number, in the contact's count, they were told.
  told_seq bigint not null default 0,
  primary key (organization_id, conversation_id),
  foreign key (organization_id, conversation_id) references conversations on delete cascade
) with (fillfactor = 70);
create index unread_mails_due on unread_mails (due_at) where due_at is not null;

-- Links in mails. Whoever shows the secret has read the mail; only its hash is kept.
create table mail_links (
  organization_id uuid not null,
  id uuid not null,
  token_hash bytea not null unique,
  conversation_id uuid not null,
  contact_id uuid not null,
  address text not null,
  expires_at timestamptz not null,
  -- Set once, by whoever opens it first.
  used_at timestamptz,
  primary key (organization_id, id),
  foreign key (organization_id, conversation_id) references conversations on delete cascade,
  foreign key (organization_id, contact_id) references contacts on delete cascade
);
create index mail_links_expires on mail_links (expires_at);
create index mail_links_conversation on mail_links (organization_id, conversation_id);
create index mail_links_contact on mail_links (organization_id, contact_id);

do $$
declare
  table_name text;
begin
  foreach table_name in array array['mails', 'unread_mails', 'mail_links'] loop
    execute format('alter table %I enable row level security', table_name);
    execute format(
      'create policy organization on %I to foyer_app using (organization_id = (select current_organization())) '
      'with check (organization_id = (select current_organization()))', table_name);
    execute format('grant select, insert, update, delete on %I to foyer_app', table_name);
  end loop;
end $$;

-- An operator's message starts the time after which it is mailed, whichever way it came into the log.
create function follow_answer() returns trigger language plpgsql as $$
begin
  insert into unread_mails (organization_id, conversation_id, due_at)
    select c.organization_id, c.id, clock_now() + make_interval(mins => w.mail_minutes)
    from conversations c
    join contacts k on k.organization_id = c.organization_id and k.id = c.contact_id
    join widgets w on w.organization_id = c.organization_id and w.id = c.widget_id
    where c.organization_id = new.organization_id and c.id = new.conversation_id
      and c.channel = 'website' and k.email is not null and not k.sample and w.mail_minutes is not null
  on conflict (organization_id, conversation_id) do update set due_at = excluded.due_at
    where unread_mails.due_at is null;
  return null;
end $$;
create trigger follow_answer after insert on entries
  for each row when (new.kind = 'message' and new.actor_kind = 'operator' and new.public_seq is not null)
  execute function follow_answer();

-- So does an address for whoever has unread messages already.
create function follow_address() returns trigger language plpgsql as $$
begin
  insert into unread_mails (organization_id, conversation_id, due_at)
    select c.organization_id, c.id, clock_now() + make_interval(mins => w.mail_minutes)
    from conversations c join widgets w on w.organization_id = c.organization_id and w.id = c.widget_id
    where c.organization_id = new.organization_id and c.contact_id = new.id
      and c.channel = 'website' and c.unread_contact > 0 and w.mail_minutes is not null
  on conflict (organization_id, conversation_id) do update set due_at = excluded.due_at
    where unread_mails.due_at is null;
  return null;
end $$;
create trigger follow_address after update of email on contacts
  for each row when (new.email is not null and new.email is distinct from old.email and not new.sample)
  execute function follow_address();

-- How many mails an address may still be sent before it is proven to be the contact's: three in any hour.
create function mails_left(organization uuid, address text, except_mail uuid) returns integer
  language sql stable as $$
  select greatest(0, 3 - count(*))::integer from mails m
  where m.organization_id = organization and m.address_key = lower(address) and m.contact_id is not null
    and m.id is distinct from except_mail and m.state in ('queued', 'sent')
    and coalesce(m.tried_at, m.created_at) > clock_now() - interval '1 hour' $$;

-- Takes up a conversation whose time has come. Returns what is to be mailed, which from then on counts as told; no row when
-- there is nothing, or not yet: the time is then set anew. Of several at once one gets the row.
create function take_unread_mail(organization uuid, conversation uuid)
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
    if oldest + make_interval(mins => about.mail_minutes) > now_at then
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

-- Begins an attempt at sending a mail. No row: it is not queued any more, or its address has had its share of this hour.
-- Those for one address come one after the other, so that each counts the ones before it.
create function begin_mail(organization uuid, mail uuid, with_message_id text) returns setof mails
  language plpgsql as $$
declare
  address text;
begin
  select m.address_key into address from mails m where m.organization_id = organization and m.id = mail;
  perform pg_advisory_xact_lock(hashtextextended(organization::text || address, 0));
  return query update mails m
    set tried_at = clock_now(), message_id = coalesce(m.message_id, with_message_id)
    where m.organization_id = organization and m.id = mail and m.state = 'queued'
      and (m.contact_id is null
        or exists (select from contacts k where k.organization_id = organization and k.id = m.contact_id
          and k.email_verified_at is not null and lower(k.email) = m.address_key)
        or mails_left(organization, m.to_address, m.id) > 0)
    returning m.*;
end $$;

-- Conversations whose time to be mailed has come.
create function due_unread_mails(at_most integer) returns table (organization_id uuid, conversation_id uuid)
  language sql stable security definer set search_path = public, pg_temp
  as $$ select u.organization_id, u.conversation_id from unread_mails u
        where u.due_at <= clock_now() order by u.due_at limit at_most $$;

-- Where a link leads that can still be opened: not used, not expired, and the address is still the contact's.
create function mail_link_by_hash(hash bytea)
  returns table (organization_name text, address text, locale text, color text)
  language sql stable security definer set search_path = public, pg_temp
  as $$ select o.name, l.address, coalesce(k.locale, w.locale), w.color
        from mail_links l
        join organizations o on o.id = l.organization_id
        join contacts k on k.organization_id = l.organization_id and k.id = l.contact_id
        join conversations c on c.organization_id = l.organization_id and c.id = l.conversation_id
        join widgets w on w.organization_id = c.organization_id and w.id = c.widget_id
        where l.token_hash = hash and l.used_at is null and l.expires_at > clock_now()
          and lower(k.email) = lower(l.address) $$;

-- Uses a link up: its contact's address is proven, and a secret of the caller's becomes one of the contact's. Of many at
-- once one gets the row.
create function use_mail_link(hash bytea, identity uuid, secret_hash bytea, good_for interval)
  returns table (organization_id uuid, contact_id uuid, conversation_id uuid, widget_key text)
  language sql volatile security definer set search_path = public, pg_temp
  as $$ with used as (
          update mail_links l set used_at = clock_now() from contacts k
          where l.token_hash = hash and l.used_at is null and l.expires_at > clock_now()
            and k.organization_id = l.organization_id and k.id = l.contact_id and lower(k.email) = lower(l.address)
          returning l.organization_id, l.contact_id, l.conversation_id
        ), proven as (
          update contacts k set email_verified_at = coalesce(k.email_verified_at, clock_now()), version = k.version + 1
          from used u where k.organization_id = u.organization_id and k.id = u.contact_id
        ), known as (
          insert into identities (organization_id, id, contact_id, channel, address_hash, expires_at)
          select u.organization_id, identity, u.contact_id, 'website', secret_hash, clock_now() + good_for from used u
        )
        select u.organization_id, u.contact_id, u.conversation_id, w.key from used u
        join conversations c on c.organization_id = u.organization_id and c.id = u.conversation_id
        join widgets w on w.organization_id = c.organization_id and w.id = c.widget_id $$;

create function sweep_mail_links() returns void
  language sql volatile security definer set search_path = public, pg_temp
  as $$ delete from mail_links where expires_at < clock_now();
        delete from identities where expires_at < clock_now() $$;

create or replace function erase_contact(organization uuid, contact uuid) returns void
  language plpgsql volatile as $$
begin
  perform set_config('foyer.organization', organization::text, true);
  delete from mail_links where organization_id = organization and contact_id = contact;
  delete from mails where organization_id = organization and contact_id = contact;
  delete from unread_mails u using conversations c
    where u.organization_id = organization and c.organization_id = organization
      and u.conversation_id = c.id and c.contact_id = contact;
  delete from entries e using conversations c
    where e.organization_id = organization and c.organization_id = organization
      and e.conversation_id = c.id and c.contact_id = contact;
  delete from conversations where organization_id = organization and contact_id = contact;
  delete from presence where organization_id = organization and subject_kind = 'contact' and subject_id = contact;
  delete from identities where organization_id = organization and contact_id = contact;
  delete from contacts where organization_id = organization and id = contact;
end $$;

do $$
declare
  signature regprocedure;
begin
  for signature in select p.oid::regprocedure from pg_proc p
    join pg_namespace n on n.oid = p.pronamespace
    where n.nspname = 'public' and p.proname in (
      'follow_answer', 'follow_address', 'mails_left', 'take_unread_mail', 'begin_mail', 'due_unread_mails',
      'mail_link_by_hash', 'use_mail_link', 'sweep_mail_links')
  loop
    execute format('revoke all on function %s from public', signature);
    execute format('grant execute on function %s to foyer_app', signature);
  end loop;
end $$;

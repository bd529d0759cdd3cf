-- Who pressed a mail's link: the browser that pressed is proven to read what is sent to the address, no other one of the contact.

-- When it was proven that whoever has this secret reads what is sent to the contact's address.
alter table identities add proven_at timestamptz;
update identities i set proven_at = i.created_at from contacts k
  where k.organization_id = i.organization_id and k.id = i.contact_id
    and i.expires_at is not null and k.email_verified_at is not null;

-- Secrets that had merely claimed an address when it was proven by another one: they are no longer the contact's. Kept for a
-- while to tell their browser how it goes on.
create table parted_identities (
  organization_id uuid not null,
  address_hash bytea not null unique,
  contact_id uuid not null,
  parted_at timestamptz not null default clock_now(),
  primary key (organization_id, address_hash),
  foreign key (organization_id, contact_id) references contacts on delete cascade
);
create index parted_identities_contact on parted_identities (organization_id, contact_id);
create index parted_identities_at on parted_identities (parted_at);

-- Addresses whose owners have said that it was not them who left it.
create table refused_addresses (
  organization_id uuid not null references organizations (id) on delete cascade,
  -- As `mail_key` makes it.
  address_key text not null,
  refused_at timestamptz not null default clock_now(),
  primary key (organization_id, address_key)
);

do $$
declare
  table_name text;
begin
  foreach table_name in array array['parted_identities', 'refused_addresses'] loop
    execute format('alter table %I enable row level security', table_name);
    execute format(
      'create policy organization on %I to foyer_app using (organization_id = (select current_organization())) '
      'with check (organization_id = (select current_organization()))', table_name);
    execute format('grant select, insert, update, delete on %I to foyer_app', table_name);
  end loop;
end $$;

-- The identity that a link made for whoever pressed it; with its secret the link opens again.
alter table mail_links add identity_id uuid;
create index mail_links_address on mail_links (organization_id, contact_id, address);

-- One mailbox under all the ways its address can be written: capitals, and what stands behind a plus.
create function mail_key(address text) returns text
  language sql immutable
  as $$ select regexp_replace(lower(address), '^([^+@]+)\+[^@]*@', '\1@') $$;

alter table mails add mailbox_key text;
create index mails_mailbox on mails (organization_id, mailbox_key);
update mails set mailbox_key = mail_key(to_address);
create function keep_mailbox() returns trigger language plpgsql as $$
begin
  new.mailbox_key := mail_key(new.to_address);
  return new;
end $$;
create trigger keep_mailbox before insert or update of to_address on mails
  for each row execute function keep_mailbox();

-- How many mails a mailbox may still be sent before its address is proven: three in any hour, none for a month after its owner
-- has said that they did not leave it.
create or replace function mails_left(organization uuid, address text, except_mail uuid) returns integer
  language sql stable as $$
  select case when exists (select from refused_addresses r where r.organization_id = organization
      and r.address_key = mail_key(address) and r.refused_at > clock_now() - interval '30 days') then 0
    else greatest(0, 3 - count(*))::integer end
  from mails m
  where m.organization_id = organization and m.mailbox_key = mail_key(address) and m.contact_id is not null
    and m.id is distinct from except_mail and m.state in ('queued', 'sent')
    and coalesce(m.tried_at, m.created_at) > clock_now() - interval '1 hour' $$;

-- As before; those for one mailbox come one after the other.
create or replace function begin_mail(organization uuid, mail uuid, with_message_id text) returns setof mails
  language plpgsql as $$
declare
  mailbox text;
begin
  select m.mailbox_key into mailbox from mails m where m.organization_id = organization and m.id = mail;
  perform pg_advisory_xact_lock(hashtextextended(organization::text || mailbox, 0));
  return query update mails m
    set tried_at = clock_now(), message_id = coalesce(m.message_id, with_message_id)
    where m.organization_id = organization and m.id = mail and m.state = 'queued'
      and (m.contact_id is null
        or exists (select from contacts k where k.organization_id = organization and k.id = m.contact_id
          and k.email_verified_at is not null and lower(k.email) = m.address_key)
        or mails_left(organization, m.to_address, m.id) > 0)
    returning m.*;
end $$;

-- The contact behind a secret, and whether it is proven to read what is sent to the contact's address.
create function contact_by_hash(channel_kind text, hash bytea)
  returns table (organization_id uuid, identity_id uuid, contact_id uuid, proven boolean)
  language sql stable security definer set search_path = public, pg_temp
  as $$ select i.organization_id, i.id, i.contact_id, i.proven_at is not null from identities i
        where i.channel = channel_kind and i.address_hash = hash
          and (i.expires_at is null or i.expires_at > clock_now()) $$;

-- The contact that a secret has parted from, and where they are written to.
create function parted_by_hash(hash bytea)
  returns table (organization_id uuid, contact_id uuid, address text)
  language sql stable security definer set search_path = public, pg_temp
  as $$ select p.organization_id, p.contact_id, k.email from parted_identities p
        join contacts k on k.organization_id = p.organization_id and k.id = p.contact_id
        where p.address_hash = hash and k.email is not null $$;

-- Where a link leads that can be opened: it was not used, or by the very browser that shows the secret `own`; and the address is
-- still the contact's.
create function mail_link_facts(hash bytea, own bytea)
  returns table (
    organization_name text, address text, locale text, color text, began_at timestamptz, allowed_sites text[],
    conversation_id uuid, widget_key text, used boolean)
  language sql stable security definer set search_path = public, pg_temp
  as $$ select o.name, l.address, coalesce(k.locale, w.locale), w.color, c.created_at, w.allowed_sites, c.id, w.key,
          l.used_at is not null
        from mail_links l
        join organizations o on o.id = l.organization_id
        join contacts k on k.organization_id = l.organization_id and k.id = l.contact_id
        join conversations c on c.organization_id = l.organization_id and c.id = l.conversation_id
        join widgets w on w.organization_id = c.organization_id and w.id = c.widget_id
        where l.token_hash = hash and lower(k.email) = lower(l.address)
          and case when l.used_at is null then l.expires_at > clock_now() else exists (
            select from identities i where i.organization_id = l.organization_id and i.id = l.identity_id
              and i.address_hash = own and i.expires_at > clock_now()) end $$;

-- Uses a link up. The address is proven, and with it the browser that pressed: a secret of its own becomes one of the
-- contact's, and those it shows (`known`) are proven as well. Every other secret parts from the contact. Of many at once one
-- gets the row.
create function press_mail_link(hash bytea, identity uuid, secret_hash bytea, known bytea[], good_for interval)
  returns table (organization_id uuid, contact_id uuid, conversation_id uuid, widget_key text, address text, parted uuid[])
  language plpgsql volatile security definer set search_path = public, pg_temp
  as $$
  declare
    link mail_links;
    gone uuid[];
  begin
    update mail_links l set used_at = clock_now(), identity_id = identity from contacts k
      where l.token_hash = hash and l.used_at is null and l.expires_at > clock_now()
        and k.organization_id = l.organization_id and k.id = l.contact_id and lower(k.email) = lower(l.address)
      returning l.* into link;
    if not found then
      return;
    end if;
    update contacts k set email_verified_at = coalesce(k.email_verified_at, clock_now()), version = k.version + 1
      where k.organization_id = link.organization_id and k.id = link.contact_id;
    update identities i set proven_at = clock_now()
      where i.organization_id = link.organization_id and i.contact_id = link.contact_id and i.proven_at is null
        and i.address_hash = any (known);
    with cut as (
      delete from identities i where i.organization_id = link.organization_id and i.contact_id = link.contact_id
        and i.channel = 'website' and i.proven_at is null
      returning i.id, i.address_hash
    ), noted as (
      insert into parted_identities (organization_id, address_hash, contact_id)
      select link.organization_id, cut.address_hash, link.contact_id from cut
      on conflict (address_hash) do update set contact_id = excluded.contact_id, parted_at = clock_now()
    )
    select coalesce(array_agg(cut.id), '{}') into gone from cut;
    insert into identities (organization_id, id, contact_id, channel, address_hash, expires_at, proven_at)
      values (link.organization_id, identity, link.contact_id, 'website', secret_hash, clock_now() + good_for, clock_now());
    return query select c.organization_id, c.contact_id, c.id, w.key, link.address, gone from conversations c
      join widgets w on w.organization_id = c.organization_id and w.id = c.widget_id
      where c.organization_id = link.organization_id and c.id = link.conversation_id;
  end $$;

-- The same for the build before, which shows no secrets.
create or replace function use_mail_link(hash bytea, identity uuid, secret_hash bytea, good_for interval)
  returns table (organization_id uuid, contact_id uuid, conversation_id uuid, widget_key text)
  language sql volatile security definer set search_path = public, pg_temp
  as $$ select p.organization_id, p.contact_id, p.conversation_id, p.widget_key
        from press_mail_link(hash, identity, secret_hash, '{}', good_for) p $$;

-- Whoever got a link says that it was not them who left the address: the contact has it no more, nothing is mailed there, and
-- a browser that the link let in is none of the contact's. No row: the link opens nothing.
create function refuse_mail_link(hash bytea, own bytea)
  returns table (organization_id uuid, contact_id uuid, conversation_id uuid, parted uuid[])
  language plpgsql volatile security definer set search_path = public, pg_temp
  as $$
  declare
    link mail_links;
    gone uuid[];
  begin
    if not exists (select from mail_link_facts(hash, own)) then
      return;
    end if;
    select l.* into link from mail_links l where l.token_hash = hash for update;
    update contacts k set email = null, email_verified_at = null, version = k.version + 1
      where k.organization_id = link.organization_id and k.id = link.contact_id and lower(k.email) = lower(link.address);
    if not found then
      return;
    end if;
    insert into refused_addresses (organization_id, address_key) values (link.organization_id, mail_key(link.address))
      on conflict on constraint refused_addresses_pkey do update set refused_at = clock_now();
    update unread_mails u set due_at = null from conversations c
      where u.organization_id = link.organization_id and c.organization_id = link.organization_id
        and c.id = u.conversation_id and c.contact_id = link.contact_id;
    with cut as (
      delete from identities i where i.organization_id = link.organization_id and i.contact_id = link.contact_id
        and i.id in (select l.identity_id from mail_links l
          where l.organization_id = link.organization_id and l.contact_id = link.contact_id)
      returning i.id
    ) select coalesce(array_agg(cut.id), '{}') into gone from cut;
    update identities i set proven_at = null
      where i.organization_id = link.organization_id and i.contact_id = link.contact_id;
    delete from mail_links l where l.organization_id = link.organization_id and l.contact_id = link.contact_id;
    return query select link.organization_id, link.contact_id, link.conversation_id, gone;
  end $$;

-- The contact of a link that opens nothing any more, to whom another one may be sent: to the address it was sent to, and only
-- while that is theirs.
create function spent_mail_link(hash bytea)
  returns table (organization_id uuid, contact_id uuid, conversation_id uuid)
  language sql stable security definer set search_path = public, pg_temp
  as $$ select l.organization_id, l.contact_id, l.conversation_id from mail_links l
        join contacts k on k.organization_id = l.organization_id and k.id = l.contact_id
        where l.token_hash = hash and lower(k.email) = lower(l.address) $$;

-- Links are kept for a month beyond their end: whoever comes with an old one can ask for another.
create or replace function sweep_mail_links() returns void
  language sql volatile security definer set search_path = public, pg_temp
  as $$ delete from mail_links where expires_at < clock_now() - interval '30 days';
        delete from identities where expires_at < clock_now();
        delete from parted_identities where parted_at < clock_now() - interval '90 days';
        delete from refused_addresses where refused_at < clock_now() - interval '30 days' $$;

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
    where n.nspname = 'public' and p.proname in (
      'mail_key', 'keep_mailbox', 'contact_by_hash', 'parted_by_hash', 'mail_link_facts', 'press_mail_link',
      'refuse_mail_link', 'spent_mail_link')
  loop
    execute format('revoke all on function %s from public', signature);
    execute format('grant execute on function %s to foyer_app', signature);
  end loop;
end $$;

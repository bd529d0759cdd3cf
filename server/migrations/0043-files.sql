-- Files that messages bring. A row is an upload first: its parts arrive, it is finished, and it is sent with a message. The
-- bytes lie in a storage under the row's key; `shape` is what is shown of it.

create table files (
  organization_id uuid not null references organizations on delete cascade,
  id uuid not null,
  -- Under which its bytes are stored; nobody outside learns it.
  key uuid not null default gen_random_uuid(),
  -- Who brings it: an operator, or whoever has a contact's secret, who may not be known yet.
  operator_id uuid,
  token_hash bytea,
  contact_id uuid,
  -- What contacts may send is their widget's to say.
  widget_id uuid,
  name text not null check (length(name) between 1 and 255),
  bytes bigint not null check (bytes > 0),
  part_bytes integer not null check (part_bytes > 0),
  received integer[] not null default '{}',
  -- What it is: null until it is finished.
  shape jsonb,
  sha256 bytea,
  has_thumbnail boolean not null default false,
  created_at timestamptz not null default clock_now(),
  -- The message that it was sent with.
  conversation_id uuid,
  entry_id uuid,
  primary key (organization_id, id),
  foreign key (organization_id, operator_id) references operators on delete cascade,
  foreign key (organization_id, contact_id) references contacts on delete cascade,
  foreign key (organization_id, conversation_id) references conversations on delete cascade,
  constraint files_owner check ((operator_id is null) <> (token_hash is null)),
  constraint files_sent check ((conversation_id is null) = (entry_id is null) and (entry_id is null or shape is not null))
) with (fillfactor = 80);
create index files_conversation on files (organization_id, conversation_id) where conversation_id is not null;
create index files_contact on files (organization_id, contact_id, created_at) where contact_id is not null;
create index files_token on files (token_hash, id) where token_hash is not null;
create index files_operator on files (organization_id, operator_id) where operator_id is not null;
create index files_unsent on files (created_at) where entry_id is null;
alter table files enable row level security;
create policy organization on files to foyer_app using (organization_id = (select current_organization()))
  with check (organization_id = (select current_organization()));
grant select, insert, update, delete on files to foyer_app;

-- How much an organization stores.
create table file_usage (
  organization_id uuid primary key references organizations on delete cascade,
  bytes bigint not null default 0
);
alter table file_usage enable row level security;
create policy organization on file_usage to foyer_app using (organization_id = (select current_organization()))
  with check (organization_id = (select current_organization()));
grant select, insert, update, delete on file_usage to foyer_app;

-- Bytes that nothing leads to any more, until they are removed from the storage.
create table file_removals (
  organization_id uuid not null,
  key uuid not null,
  at timestamptz not null default clock_now(),
  primary key (organization_id, key)
);
create index file_removals_at on file_removals (at);
alter table file_removals enable row level security;
create policy organization on file_removals to foyer_app using (organization_id = (select current_organization()))
  with check (organization_id = (select current_organization()));
grant select, insert, update, delete on file_removals to foyer_app;

-- However a row goes, its bytes go too, and its room is free again.
create function file_gone() returns trigger language plpgsql as $$
begin
  insert into file_removals (organization_id, key) values (old.organization_id, old.key) on conflict do nothing;
  update file_usage u set bytes = greatest(0, u.bytes - old.bytes) where u.organization_id = old.organization_id;
  return null;
end $$;
create trigger file_gone after delete on files for each row execute function file_gone();

create function file_changed() returns trigger language plpgsql as $$
begin
  -- Bytes that came anew, or without what a camera wrote into them, lie under another key.
  if new.key <> old.key then
    insert into file_removals (organization_id, key) values (old.organization_id, old.key) on conflict do nothing;
  end if;
  update file_usage u set bytes = greatest(0, u.bytes + new.bytes - old.bytes)
    where u.organization_id = old.organization_id and new.bytes <> old.bytes;
  return null;
end $$;
create trigger file_changed after update of key, bytes on files for each row
  when (new.key <> old.key or new.bytes <> old.bytes) execute function file_changed();

-- Whose an upload is, by the secret of a contact who may not be known yet.
create function file_of_token(file uuid, hash bytea) returns uuid
  language sql stable security definer set search_path = public, pg_temp
  as $$ select f.organization_id from files f where f.token_hash = hash and f.id = file limit 1 $$;

-- Takes what was not sent within a day; the rest of it is removed from the storage later.
create function sweep_files(at_most integer) returns void
  language sql volatile security definer set search_path = public, pg_temp as $$
  delete from files where (organization_id, id) in (
    select f.organization_id, f.id from files f
    where f.entry_id is null and f.created_at < clock_now() - interval '24 hours' order by f.created_at limit at_most)
$$;

-- Bytes to be removed now: those of a worker that did not come to it are given to the next one.
create function due_file_removals(at_most integer) returns setof file_removals
  language sql volatile security definer set search_path = public, pg_temp as $$
  update file_removals r set at = clock_now() + interval '1 minute' where (r.organization_id, r.key) in (
    select d.organization_id, d.key from file_removals d where d.at <= clock_now()
    order by d.at limit at_most for update skip locked)
  returning r.*
$$;

-- When the last message with files was: the row of a list shows files where that is the last message of all.
alter table conversations add column files_at timestamptz;

-- Gives files to the message that brings them, in the statement that writes it: all of them, or nothing is written.
create function files_sent(head conversations, entry uuid, wanted uuid[], operator uuid, hash bytea)
  returns setof conversations language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  bound integer;
begin
  update files f set conversation_id = head.id, entry_id = entry, contact_id = head.contact_id
    where f.organization_id = head.organization_id and f.id = any (wanted) and f.entry_id is null and f.shape is not null
      and f.operator_id is not distinct from operator and f.token_hash is not distinct from hash;
  get diagnostics bound = row_count;
  if bound <> cardinality(wanted) then
    raise exception using errcode = 'unique_violation', constraint = 'files_sent_once',
      message = 'A file of the message is gone, or was sent already.';
  end if;
  return query update conversations c set files_at = c.message_at
    where c.organization_id = head.organization_id and c.id = head.id returning c.*;
end $$;

-- What contacts may send, and whether pictures keep what cameras wrote into them.
alter table widgets add column media jsonb not null
  default '{"contacts": true, "kinds": ["picture", "video", "audio", "document", "archive", "other"]}';
alter table organizations add column keeps_picture_data boolean not null default false;

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
  delete from drafts d using conversations c
    where d.organization_id = organization and c.organization_id = organization
      and d.conversation_id = c.id and c.contact_id = contact;
  delete from files f where f.organization_id = organization and (f.contact_id = contact or f.token_hash in (
    select i.address_hash from identities i where i.organization_id = organization and i.contact_id = contact));
  delete from search_left l using conversations c
    where l.organization_id = organization and c.organization_id = organization
      and l.conversation_id = c.id and c.contact_id = contact;
  delete from search_rows r using conversations c
    where r.organization_id = organization and c.organization_id = organization
      and r.conversation_id = c.id and c.contact_id = contact;
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
  for signature in select p.oid::regprocedure from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where n.nspname = 'public' and p.proname in ('file_gone', 'file_changed', 'file_of_token', 'sweep_files',
      'due_file_removals', 'files_sent')
  loop
    execute format('revoke all on function %s from public', signature);
    execute format('grant execute on function %s to foyer_app', signature);
  end loop;
end $$;

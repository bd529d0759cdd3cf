-- Profiles: an operator's picture, the languages they speak, and what stands under what is mailed of theirs.

alter table operators
  -- The key of their picture; the bytes lie apart, so that no list reads them.
  add picture text,
  -- BCP 47 primary languages.
  add languages text[] not null default '{}' check (cardinality(languages) <= 20),
  add signature text check (char_length(signature) between 1 and 500);

create table operator_pictures (
  organization_id uuid not null,
  operator_id uuid not null,
  -- What a picture is asked for by, of everybody: nobody can guess it, and it says nothing.
  key text not null unique,
  bytes bytea not null check (octet_length(bytes) <= 262144),
  primary key (organization_id, operator_id),
  foreign key (organization_id, operator_id) references operators on delete cascade
);
-- They are compressed already.
alter table operator_pictures alter bytes set storage external;
alter table operator_pictures enable row level security;
create policy organization on operator_pictures to foyer_app
  using (organization_id = (select current_organization()))
  with check (organization_id = (select current_organization()));
grant select, insert, update, delete on operator_pictures to foyer_app;

-- Contacts see pictures too, and a picture is asked for without saying by whom: the key is all there is to prove.
create function picture_by_key(wanted text) returns bytea
  language sql stable security definer set search_path = public, pg_temp
  as $$ select p.bytes from operator_pictures p where p.key = wanted $$;
revoke all on function picture_by_key(text) from public;
grant execute on function picture_by_key(text) to foyer_app;

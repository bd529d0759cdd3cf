-- Passwords and addresses of operators: links by which they are set anew, proven and taken back.

-- When the password was last set; null: it is the first.
alter table operators add password_changed_at timestamptz;

-- Secrets that lead to an account, each once. Only their hashes are kept.
create table account_links (
  organization_id uuid not null,
  token_hash bytea not null unique,
  operator_id uuid not null,
  -- `password`: set a new one. `address`: the address is theirs. `undo`: it was changed by somebody else.
  kind text not null check (kind in ('password', 'address', 'undo')),
  -- The address to be set.
  address text,
  -- The colleague who made it; null: it went by mail, or was made on the server.
  created_by uuid,
  created_at timestamptz not null default clock_now(),
  expires_at timestamptz not null,
  primary key (organization_id, token_hash),
  foreign key (organization_id, operator_id) references operators on delete cascade,
  foreign key (organization_id, created_by) references operators on delete cascade,
  check ((address is null) = (kind = 'password'))
);
create index account_links_operator on account_links (organization_id, operator_id);
create index account_links_maker on account_links (organization_id, created_by) where created_by is not null;
create index account_links_expires on account_links (expires_at);
alter table account_links enable row level security;
create policy organization on account_links to foyer_app using (organization_id = (select current_organization()))
  with check (organization_id = (select current_organization()));
grant select, insert, update, delete on account_links to foyer_app;

-- Whether a link can be used: it has not run out, its operator works here, and who made it for a colleague could make it
-- today, so that nobody gets at an account that allows more than theirs.
create function account_link_holds(link account_links) returns boolean
  language sql stable as $$
  select link.expires_at > clock_now() and exists (select from operators o
    join roles theirs on theirs.organization_id = o.organization_id and theirs.id = o.role_id
    where o.organization_id = link.organization_id and o.id = link.operator_id and o.deactivated_at is null
      and (link.created_by is null or (theirs.kind is distinct from 'owner' and exists (select from operators m
        join roles mine on mine.organization_id = m.organization_id and mine.id = m.role_id
        where m.organization_id = link.organization_id and m.id = link.created_by and m.deactivated_at is null
          and (mine.kind = 'owner' or ('team.manage' = any (mine.rights) and theirs.rights <@ mine.rights)))))) $$;

create function account_of_link(hash bytea)
  returns table (organization_id uuid, operator_id uuid, kind text, address text, organization_name text, name text, email text)
  language sql stable security definer set search_path = public, pg_temp
  as $$ select l.organization_id, l.operator_id, l.kind, l.address, g.name, o.name, o.email
        from account_links l
        join operators o on o.organization_id = l.organization_id and o.id = l.operator_id
        join organizations g on g.id = l.organization_id
        where l.token_hash = hash and account_link_holds(l) $$;

-- Who has forgotten a password, if they work here and are nobody's invention.
create function account_of_address(address text)
  returns table (organization_id uuid, operator_id uuid, name text, email text, locale text)
  language sql stable security definer set search_path = public, pg_temp
  as $$ select o.organization_id, o.id, o.name, o.email, o.locale from operators o
        where lower(o.email) = lower(address) and o.deactivated_at is null and not o.sample $$;

-- The owners of this installation, for who has the server in hand.
create function installation_owners()
  returns table (organization_id uuid, operator_id uuid, organization_name text, name text, email text)
  language sql stable security definer set search_path = public, pg_temp
  as $$ select o.organization_id, o.id, g.name, o.name, o.email from operators o
        join organizations g on g.id = o.organization_id
        join roles r on r.organization_id = o.organization_id and r.id = o.role_id and r.kind = 'owner'
        where o.deactivated_at is null order by g.created_at, g.id $$;

-- Whose log-in page it is: of several organizations none is named to whoever asks.
create function front_organization() returns text
  language sql stable security definer set search_path = public, pg_temp
  as $$ select case when count(*) = 1 then min(name) end from (select name from organizations limit 2) found $$;

create function sweep_account_links() returns void
  language sql volatile security definer set search_path = public, pg_temp
  as $$ delete from account_links where expires_at < clock_now() $$;

-- The mailbox behind an address: what stands behind a plus leads to the same one.
create function mailbox_of(address text) returns text
  language sql immutable parallel safe as $$ select regexp_replace(lower(address), '\+[^@]*(?=@[^@]*$)', '') $$;
-- What waits to be sent is looked through when a password changes.
create index mails_queued on mails (organization_id) where state = 'queued';
create index mails_invitations on mails (organization_id, mailbox_of(to_address), created_at) where kind = 'invitation';

do $$
declare
  signature regprocedure;
begin
  foreach signature in array array[
    'account_link_holds(account_links)', 'account_of_link(bytea)', 'account_of_address(text)', 'installation_owners()',
    'front_organization()', 'sweep_account_links()', 'mailbox_of(text)']::regprocedure[] loop
    execute format('revoke all on function %s from public', signature);
    execute format('grant execute on function %s to foyer_app', signature);
  end loop;
end $$;

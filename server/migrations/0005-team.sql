-- The team: invitations, and groups that go without taking their conversations with them.

create table invitations (
  organization_id uuid not null references organizations (id) on delete cascade,
  id uuid not null,
  -- Of the link's secret, which nobody can read again.
  token_hash bytea not null unique,
  role text not null check (role in ('admin', 'operator')),
  created_by uuid not null,
  created_at timestamptz not null default clock_now(),
  expires_at timestamptz not null,
  -- Set once; whoever sets it is the one who comes in by it.
  used_at timestamptz,
  primary key (organization_id, id),
  foreign key (organization_id, created_by) references operators on delete cascade
);
alter table invitations enable row level security;
create policy organization on invitations to foyer_app using (organization_id = (select current_organization()))
  with check (organization_id = (select current_organization()));
grant select, insert, update, delete on invitations to foyer_app;

-- Conversations keep the group they were given to; a group that is gone is offered nowhere.
alter table groups add deleted_at timestamptz;
drop index groups_name;
create unique index groups_name on groups (organization_id, lower(name)) where deleted_at is null;
alter table skills add deleted_at timestamptz;
drop index skills_name;
create unique index skills_name on skills (organization_id, lower(name)) where deleted_at is null;

-- An invitation that can still be used, by the hash of its secret.
create function invitation_by_hash(hash bytea)
  returns table (organization_id uuid, invitation_id uuid, role text, organization_name text)
  language sql stable security definer set search_path = public, pg_temp
  as $$ select i.organization_id, i.id, i.role, o.name from invitations i join organizations o on o.id = i.organization_id
        where i.token_hash = hash and i.used_at is null and i.expires_at > clock_now() $$;

do $$
declare
  signature regprocedure := 'invitation_by_hash(bytea)'::regprocedure;
begin
  execute format('revoke all on function %s from public', signature);
  execute format('grant execute on function %s to foyer_app', signature);
end $$;

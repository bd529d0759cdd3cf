-- Roles as rows: built-in ones that every organization has, told by their kind, and own ones with a name.

create table roles (
  organization_id uuid not null references organizations (id) on delete cascade,
  id uuid not null,
  kind text check (kind in ('owner', 'manager', 'admin', 'analyst', 'operator')),
  -- Of own roles; built-in ones are named in the language of whoever reads.
  name text,
  -- The owner's are all there are, whatever stands here.
  rights text[] not null,
  created_at timestamptz not null default clock_now(),
  version integer not null default 1,
  primary key (organization_id, id),
  check ((kind is null) <> (name is null))
);
create unique index roles_kind on roles (organization_id, kind) where kind is not null;
create unique index roles_name on roles (organization_id, lower(name)) where name is not null;
alter table roles enable row level security;
create policy organization on roles to foyer_app using (organization_id = (select current_organization()))
  with check (organization_id = (select current_organization()));
grant select, insert, update, delete on roles to foyer_app;

-- What built-in roles may do until somebody changes it.
create function seed_roles(organization uuid) returns void language sql as $$
  insert into roles (organization_id, id, kind, rights)
  select organization, gen_random_uuid(), kind, rights from (values
    ('owner', '{}'::text[]),
    ('manager', array['conversations.take_over', 'conversations.assign_others', 'team.read', 'team.manage', 'roles.manage',
      'widgets.manage', 'mail.read', 'samples.manage']),
    ('admin', array['conversations.take_over', 'conversations.assign_others', 'team.read', 'team.manage', 'widgets.manage',
      'mail.read', 'samples.manage']),
    ('analyst', array['team.read']),
    ('operator', array['conversations.take_over', 'conversations.assign_others'])
  ) as built_in (kind, rights) $$;
select seed_roles(id) from organizations;

create function begin_roles() returns trigger language plpgsql as $$
begin
  perform seed_roles(new.id);
  return null;
end $$;
create trigger begin_roles after insert on organizations for each row execute function begin_roles();

alter table operators add role_id uuid;
alter table invitations add role_id uuid;
update operators o set role_id = r.id from roles r where r.organization_id = o.organization_id and r.kind = o.role;
update invitations i set role_id = r.id from roles r where r.organization_id = i.organization_id and r.kind = i.role;

-- The column `role` says what the build before understands, and follows the row: owner, admin or operator. What that build
-- writes there leads to the built-in role of that kind.
create function follow_role() returns trigger language plpgsql as $$
begin
  if new.role_id is null or (tg_op = 'UPDATE' and new.role_id = old.role_id and new.role <> old.role) then
    select r.id into new.role_id from roles r where r.organization_id = new.organization_id and r.kind = new.role;
  end if;
  select case when r.kind = 'owner' then 'owner' when r.kind in ('manager', 'admin') then 'admin' else 'operator' end
    into new.role from roles r where r.organization_id = new.organization_id and r.id = new.role_id;
  return new;
end $$;
create trigger follow_role before insert or update of role, role_id on operators
  for each row execute function follow_role();
create trigger follow_role before insert or update of role, role_id on invitations
  for each row execute function follow_role();

alter table operators alter role_id set not null,
  add constraint operators_role foreign key (organization_id, role_id) references roles,
  -- Looked at when the statement ends: handing over takes and gives in one.
  add constraint operators_owner exclude (organization_id with =) where (role = 'owner') deferrable;
alter table invitations alter role_id set not null,
  add constraint invitations_role foreign key (organization_id, role_id) references roles;
create index operators_role_id on operators (organization_id, role_id);

-- The operator behind a session, and what their role allows. It stands beside session_by_hash, which the build before asks.
create function operator_of_session(hash bytea, idle interval)
  returns table (organization_id uuid, session_id uuid, operator_id uuid, kind text, rights text[], stale boolean)
  language sql stable security definer set search_path = public, pg_temp
  as $$ select s.organization_id, s.id, s.operator_id, r.kind, r.rights, s.last_seen_at < clock_now() - interval '1 minute'
        from sessions s join operators o on o.organization_id = s.organization_id and o.id = s.operator_id
        join roles r on r.organization_id = o.organization_id and r.id = o.role_id
        where s.token_hash = hash and o.deactivated_at is null
          and s.expires_at > clock_now() and s.last_seen_at > clock_now() - idle $$;

-- The same for a socket's ticket, which is used up by it.
create function operator_of_ticket(hash bytea)
  returns table (organization_id uuid, session_id uuid, operator_id uuid, kind text, rights text[])
  language sql volatile security definer set search_path = public, pg_temp
  as $$ with taken as (delete from socket_tickets t where t.token_hash = hash returning t.*)
        select t.organization_id, t.session_id, t.operator_id, r.kind, r.rights
        from taken t
        join sessions s on s.organization_id = t.organization_id and s.id = t.session_id
        join operators o on o.organization_id = t.organization_id and o.id = t.operator_id
        join roles r on r.organization_id = o.organization_id and r.id = o.role_id
        where t.expires_at > clock_now() and s.expires_at > clock_now() and o.deactivated_at is null $$;

do $$
declare
  signature regprocedure;
begin
  for signature in select p.oid::regprocedure from pg_proc p
    join pg_namespace n on n.oid = p.pronamespace
    where n.nspname = 'public'
      and p.proname in ('seed_roles', 'begin_roles', 'follow_role', 'operator_of_session', 'operator_of_ticket')
  loop
    execute format('revoke all on function %s from public', signature);
    execute format('grant execute on function %s to foyer_app', signature);
  end loop;
end $$;

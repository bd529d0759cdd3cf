-- Macros: texts that are written once and said often. Whose one is: an operator's alone, a group's, or else everybody's.

create table macros (
  organization_id uuid not null references organizations (id) on delete cascade,
  id uuid not null,
  operator_id uuid,
  group_id uuid,
  name text not null,
  -- What is typed to mean it, and what is pressed.
  shortcut text,
  key text,
  folder text,
  -- By language: a text, and the tree it is made of where it is formatted.
  versions jsonb not null,
  -- All its words without accents and capitals, to be found by.
  words text not null,
  used bigint not null default 0,
  last_used_at timestamptz,
  version integer not null default 1,
  primary key (organization_id, id),
  foreign key (organization_id, operator_id) references operators on delete cascade,
  foreign key (organization_id, group_id) references groups on delete cascade,
  check (operator_id is null or group_id is null)
) with (fillfactor = 80);
create index macros_name on macros (organization_id, lower(name), id);
create index macros_operator on macros (organization_id, operator_id) where operator_id is not null;
create index macros_group on macros (organization_id, group_id) where group_id is not null;
-- Among those who may use it, a shortcut or a key means one macro.
create unique index macros_shortcut on macros (organization_id, coalesce(operator_id, group_id, organization_id), lower(shortcut))
  where shortcut is not null;
create unique index macros_key on macros (organization_id, coalesce(operator_id, group_id, organization_id), key)
  where key is not null;
alter table macros enable row level security;
create policy organization on macros to foyer_app using (organization_id = (select current_organization()))
  with check (organization_id = (select current_organization()));
grant select, insert, update, delete on macros to foyer_app;

-- What built-in roles may do until somebody changes it.
create or replace function seed_roles(organization uuid) returns void language sql as $$
  insert into roles (organization_id, id, kind, rights)
  select organization, gen_random_uuid(), kind, rights from (values
    ('owner', '{}'::text[]),
    ('manager', array['conversations.take_over', 'conversations.assign_others', 'messages.delete_others', 'contacts.block',
      'macros.manage', 'team.read', 'team.manage', 'roles.manage', 'widgets.manage', 'mail.read', 'samples.manage']),
    ('admin', array['conversations.take_over', 'conversations.assign_others', 'messages.delete_others', 'contacts.block',
      'macros.manage', 'team.read', 'team.manage', 'widgets.manage', 'mail.read', 'samples.manage']),
    ('analyst', array['team.read']),
    ('operator', array['conversations.take_over', 'conversations.assign_others', 'contacts.block'])
  ) as built_in (kind, rights) $$;
update roles set rights = rights || '{macros.manage}', version = version + 1
  where kind in ('manager', 'admin') and not 'macros.manage' = any (rights);

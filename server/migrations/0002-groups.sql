-- Groups and skills: whom a widget's conversations may go to.

create table groups (
  organization_id uuid not null references organizations (id) on delete cascade,
  id uuid not null,
  name text not null,
  created_at timestamptz not null default clock_now(),
  version integer not null default 1,
  primary key (organization_id, id)
);
create unique index groups_name on groups (organization_id, lower(name));

create table group_members (
  organization_id uuid not null,
  group_id uuid not null,
  operator_id uuid not null,
  primary key (organization_id, group_id, operator_id),
  foreign key (organization_id, group_id) references groups on delete cascade,
  foreign key (organization_id, operator_id) references operators on delete cascade
);
create index group_members_operator on group_members (organization_id, operator_id, group_id);

create table skills (
  organization_id uuid not null references organizations (id) on delete cascade,
  id uuid not null,
  name text not null,
  created_at timestamptz not null default clock_now(),
  version integer not null default 1,
  primary key (organization_id, id)
);
create unique index skills_name on skills (organization_id, lower(name));

create table operator_skills (
  organization_id uuid not null,
  operator_id uuid not null,
  skill_id uuid not null,
  primary key (organization_id, operator_id, skill_id),
  foreign key (organization_id, operator_id) references operators on delete cascade,
  foreign key (organization_id, skill_id) references skills on delete cascade
);
create index operator_skills_skill on operator_skills (organization_id, skill_id, operator_id);

-- Whom a widget's conversations go to. `group`: that group. `choice`: the group the contact chose among widget_groups.
-- `skills`: whoever has all of widget_skills. `operator`: that operator first, then everyone.
alter table widgets
  add routing text not null default 'everyone' check (routing in ('everyone', 'group', 'choice', 'skills', 'operator')),
  add group_id uuid,
  add operator_id uuid,
  -- A live conversation in which nobody has sent anything for so long goes on without being live.
  add live_minutes smallint not null default 10 check (live_minutes between 1 and 30),
  add constraint widgets_group foreign key (organization_id, group_id) references groups,
  add constraint widgets_operator foreign key (organization_id, operator_id) references operators;

create table widget_groups (
  organization_id uuid not null,
  widget_id uuid not null,
  group_id uuid not null,
  -- The order in which the contact is offered them.
  place smallint not null default 0,
  primary key (organization_id, widget_id, group_id),
  foreign key (organization_id, widget_id) references widgets on delete cascade,
  foreign key (organization_id, group_id) references groups on delete cascade
);

create table widget_skills (
  organization_id uuid not null,
  widget_id uuid not null,
  skill_id uuid not null,
  primary key (organization_id, widget_id, skill_id),
  foreign key (organization_id, widget_id) references widgets on delete cascade,
  foreign key (organization_id, skill_id) references skills on delete cascade
);

do $$
declare
  table_name text;
begin
  foreach table_name in array array[
    'groups', 'group_members', 'skills', 'operator_skills', 'widget_groups', 'widget_skills'
  ] loop
    execute format('alter table %I enable row level security', table_name);
    execute format(
      'create policy organization on %I to foyer_app using (organization_id = (select current_organization())) '
      'with check (organization_id = (select current_organization()))', table_name);
    execute format('grant select, insert, update, delete on %I to foyer_app', table_name);
  end loop;
end $$;

-- Signs: what is heard and shown when something happens, as each operator wants it.

-- Only what was chosen is kept; what is missing is as the product has it.
create table sign_settings (
  organization_id uuid not null,
  operator_id uuid not null,
  settings jsonb not null default '{}' check (jsonb_typeof(settings) = 'object'),
  primary key (organization_id, operator_id),
  foreign key (organization_id, operator_id) references operators on delete cascade
);
alter table sign_settings enable row level security;
create policy organization on sign_settings to foyer_app using (organization_id = (select current_organization()))
  with check (organization_id = (select current_organization()));
grant select, insert, update, delete on sign_settings to foyer_app;

-- Since when the one waits that nobody has taken: of all, and of each group.
create index conversations_longest on conversations (organization_id, waiting_since)
  where assignee_id is null and ended_at is null and waiting_since is not null;
create index conversations_untaken on conversations (organization_id, group_id, waiting_since)
  where assignee_id is null and ended_at is null;

-- given_to_group: a colleague gave it to one of the operator's groups, where it waits for whoever takes it.
alter table notifications drop constraint notifications_kind_check;
alter table notifications add constraint notifications_kind_check
  check (kind in ('mentioned', 'assigned', 'given_to_group'));

-- As before, and of what is given to a group: whoever of it got it, or, where it waits, its members who want to know.
create or replace function notify_concerned() returns trigger language plpgsql as $$
declare
  concerned uuid[];
  what text := 'assigned';
  got uuid;
begin
  if new.at < clock_now() - interval '1 hour' and tg_op = 'INSERT' then
    return null;
  elsif new.kind = 'note' then
    what := 'mentioned';
    concerned := array(select (m->>'operatorId')::uuid from jsonb_array_elements(new.body->'mentions') m);
  elsif new.body->>'event' = 'group_assigned' then
    select c.assignee_id into got from conversations c
      where c.organization_id = new.organization_id and c.id = new.conversation_id;
    if got is not null then
      concerned := array[got];
    else
      what := 'given_to_group';
      concerned := array(select m.operator_id from group_members m
        left join sign_settings s on s.organization_id = m.organization_id and s.operator_id = m.operator_id
        where m.organization_id = new.organization_id and m.group_id = (new.body->>'groupId')::uuid
          and coalesce((s.settings->>'groupListed')::boolean, true));
    end if;
  else
    concerned := array[(new.body->>'operatorId')::uuid];
  end if;
  delete from notifications n where n.organization_id = new.organization_id and n.operator_id = any (concerned)
    and n.at < clock_now() - interval '90 days';
  insert into notifications (organization_id, operator_id, kind, conversation_id, entry_id, at)
    select o.organization_id, o.id, what, new.conversation_id, new.id, clock_now()
      from operators o
      where o.organization_id = new.organization_id and o.id = any (concerned) and o.id is distinct from new.actor_id
        and o.deactivated_at is null
      on conflict on constraint notifications_once do nothing;
  return null;
end $$;

create trigger notify_group after insert on entries for each row
  when (new.kind = 'event' and new.actor_kind = 'operator' and new.body->>'event' = 'group_assigned')
  execute function notify_concerned();

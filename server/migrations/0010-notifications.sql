-- Notifications: what concerns an operator, made in the transaction of the entry that it tells of.

create table notifications (
  organization_id uuid not null,
  operator_id uuid not null,
  id uuid not null default gen_random_uuid(),
  -- mentioned: in a note · assigned: a colleague gave them the conversation.
  kind text not null check (kind in ('mentioned', 'assigned')),
  conversation_id uuid not null,
  entry_id uuid not null,
  at timestamptz not null,
  read_at timestamptz,
  primary key (organization_id, operator_id, id),
  -- A note that is changed tells nobody twice.
  constraint notifications_once unique (organization_id, operator_id, entry_id),
  foreign key (organization_id, operator_id) references operators on delete cascade,
  foreign key (organization_id, conversation_id) references conversations on delete cascade
);
create index notifications_latest on notifications (organization_id, operator_id, at desc, id desc);
create index notifications_unread on notifications (organization_id, operator_id) where read_at is null;
create index notifications_conversation on notifications (organization_id, conversation_id);
alter table notifications enable row level security;
create policy organization on notifications to foyer_app using (organization_id = (select current_organization()))
  with check (organization_id = (select current_organization()));
grant select, insert, update, delete on notifications to foyer_app;

-- Tells those whom an entry names, but for its author. What is brought in from earlier days is news to nobody. What is
-- older than 90 days goes when something new comes.
create function notify_concerned() returns trigger language plpgsql as $$
declare
  concerned uuid[];
begin
  if new.at < clock_now() - interval '1 hour' and tg_op = 'INSERT' then
    return null;
  elsif new.kind = 'note' then
    concerned := array(select (m->>'operatorId')::uuid from jsonb_array_elements(new.body->'mentions') m);
  else
    concerned := array[(new.body->>'operatorId')::uuid];
  end if;
  delete from notifications n where n.organization_id = new.organization_id and n.operator_id = any (concerned)
    and n.at < clock_now() - interval '90 days';
  insert into notifications (organization_id, operator_id, kind, conversation_id, entry_id, at)
    select o.organization_id, o.id, case new.kind when 'note' then 'mentioned' else 'assigned' end,
        new.conversation_id, new.id, clock_now()
      from operators o
      where o.organization_id = new.organization_id and o.id = any (concerned) and o.id is distinct from new.actor_id
        and o.deactivated_at is null
      on conflict on constraint notifications_once do nothing;
  return null;
end $$;

create trigger notify_assigned after insert on entries for each row
  when (new.kind = 'event' and new.actor_kind = 'operator' and new.body->>'event' = 'assigned')
  execute function notify_concerned();
create trigger notify_mentioned after insert or update of body on entries for each row
  when (new.kind = 'note' and new.body ? 'mentions')
  execute function notify_concerned();

-- Of a note that is deleted nothing is left to tell.
create function forget_notifications() returns trigger language plpgsql as $$
begin
  delete from notifications n where n.organization_id = new.organization_id and n.conversation_id = new.conversation_id
    and n.entry_id = new.id;
  return null;
end $$;
create trigger forget_deleted after update of body on entries for each row
  when (new.kind = 'note' and new.body->>'event' = 'note_deleted')
  execute function forget_notifications();

create or replace function erase_contact(organization uuid, contact uuid) returns void
  language plpgsql volatile as $$
begin
  perform set_config('foyer.organization', organization::text, true);
  delete from mail_links where organization_id = organization and contact_id = contact;
  delete from mails where organization_id = organization and contact_id = contact;
  delete from unread_mails u using conversations c
    where u.organization_id = organization and c.organization_id = organization
      and u.conversation_id = c.id and c.contact_id = contact;
  delete from notifications n using conversations c
    where n.organization_id = organization and c.organization_id = organization
      and n.conversation_id = c.id and c.contact_id = contact;
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
    where n.nspname = 'public' and p.proname in ('notify_concerned', 'forget_notifications')
  loop
    execute format('revoke all on function %s from public', signature);
    execute format('grant execute on function %s to foyer_app', signature);
  end loop;
end $$;

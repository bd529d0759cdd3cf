-- Follow-ups: what a widget says by itself to a contact who waits for an answer, and to one who no longer writes.

alter table widgets
  -- So many minutes after the first unanswered message, and after the operator's last; null: never.
  add waiting_minutes smallint check (waiting_minutes between 1 and 120),
  add silent_minutes smallint check (silent_minutes between 1 and 10080),
  -- Their texts, as `texts` holds the others. Apart, because a build that knows only those writes them as a whole.
  add follow_up_texts jsonb not null default '{}';

-- Who waits for whom in a conversation, and when that is said: one row at most, of whichever side the last message began.
create table follow_ups (
  organization_id uuid not null,
  conversation_id uuid not null,
  kind text not null check (kind in ('waiting', 'silent')),
  -- The message that began it: the contact's first that is unanswered, the operator's last.
  since_seq bigint not null,
  -- Null: it has been said, or was dropped.
  due_at timestamptz,
  told boolean not null default false,
  primary key (organization_id, conversation_id),
  foreign key (organization_id, conversation_id) references conversations on delete cascade
) with (fillfactor = 70);
create index follow_ups_due on follow_ups (due_at) where due_at is not null;

alter table follow_ups enable row level security;
create policy organization on follow_ups to foyer_app
  using (organization_id = (select current_organization())) with check (organization_id = (select current_organization()));
grant select, insert, update, delete on follow_ups to foyer_app;

-- A message begins a wait of the other side and ends that of its own, whichever way it came into the log. Runs under the
-- conversation's lock. Where the widget has no follow-ups it looks at three keys and writes nothing.
create function follow_message() returns trigger language plpgsql as $$
declare
  waits text := case new.actor_kind when 'contact' then 'waiting' else 'silent' end;
  known text;
  was_told boolean;
  minutes smallint;
begin
  select case waits when 'waiting' then w.waiting_minutes else w.silent_minutes end, f.kind, f.told
    into minutes, known, was_told
    from conversations c join widgets w on w.organization_id = c.organization_id and w.id = c.widget_id
    left join follow_ups f on f.organization_id = c.organization_id and f.conversation_id = c.id
    where c.organization_id = new.organization_id and c.id = new.conversation_id;
  -- Who waits has waited since the first message; who has been asked is not asked again.
  if known = waits and (waits = 'waiting' or was_told) then
    return null;
  end if;
  -- Nobody waits behind sample data.
  if minutes is not null and not exists (
    select from conversations c join contacts k on k.organization_id = c.organization_id and k.id = c.contact_id
    where c.organization_id = new.organization_id and c.id = new.conversation_id and k.sample)
  then
    insert into follow_ups (organization_id, conversation_id, kind, since_seq, due_at)
      values (new.organization_id, new.conversation_id, waits, new.seq, new.at + make_interval(mins => minutes))
      on conflict (organization_id, conversation_id) do update
        set kind = excluded.kind, since_seq = excluded.since_seq, due_at = excluded.due_at, told = false;
  elsif known is not null then
    delete from follow_ups f
      where f.organization_id = new.organization_id and f.conversation_id = new.conversation_id;
  end if;
  return null;
end $$;
create trigger follow_message after insert on entries
  for each row when (new.kind = 'message' and new.actor_kind in ('contact', 'operator') and new.public_seq is not null)
  execute function follow_message();

-- The end of a conversation ends every wait. A state that is set by hand ends the one it speaks against: nobody owes an
-- answer where it is pending, and nobody else does where it is open. What was said already stays said.
create function follow_state() returns trigger language plpgsql as $$
begin
  delete from follow_ups f
    where f.organization_id = new.organization_id and f.conversation_id = new.conversation_id
      and case new.body->>'event' when 'ended' then true
        when 'set_pending' then f.kind = 'waiting' and not f.told else f.kind = 'silent' and not f.told end;
  return null;
end $$;
create trigger follow_state after insert on entries
  for each row when (new.kind = 'event' and new.body->>'event' in ('ended', 'set_pending', 'opened'))
  execute function follow_state();

-- Conversations in which it is time to say something.
create function due_follow_ups(at_most integer)
  returns table (organization_id uuid, conversation_id uuid, kind text, since_seq bigint)
  language sql stable security definer set search_path = public, pg_temp
  as $$ select f.organization_id, f.conversation_id, f.kind, f.since_seq from follow_ups f
        where f.due_at <= clock_now() order by f.due_at limit at_most $$;

-- Records a follow-up, as record_entry does, if its time has come and it has not been said. No row: it has, somebody wrote,
-- or the head is not as decided on.
create function record_follow_up(
  organization uuid, conversation uuid, decided head_decided, draft entry_draft, outcome head_outcome
) returns setof conversations language plpgsql as $$
begin
  perform set_config('foyer.organization', organization::text, true);
  perform from conversations c
    where c.organization_id = organization and c.id = conversation
      and c.state = decided.state and c.assignee_id is not distinct from decided.assignee_id
      and c.group_id is not distinct from decided.group_id and (c.live_since is not null) = decided.is_live
    for update;
  if not found then
    return;
  end if;
  update follow_ups f set due_at = null, told = true
    where f.organization_id = organization and f.conversation_id = conversation
      and f.kind = decided.due and f.due_at <= clock_now();
  if not found then
    return;
  end if;
  return query select * from record_entry(organization, conversation, decided, draft, outcome);
end $$;

-- Begins a conversation under its welcome as before; the message that its contact waits since moves down as well.
create or replace function begin_welcomed(
  organization uuid, conversation uuid, contact uuid, widget uuid, channel_kind text, draft entry_draft, outcome head_outcome,
  welcome_id uuid, welcome text
) returns setof conversations language plpgsql as $$
declare
  head conversations;
begin
  select * into head from begin_conversation(organization, conversation, contact, widget, channel_kind, draft, outcome);
  for number in reverse head.seq..1 loop
    update entries e set seq = e.seq + 1, changed_seq = e.changed_seq + 1, public_seq = e.public_seq + 1,
      public_changed_seq = e.public_changed_seq + 1
    where e.organization_id = organization and e.conversation_id = conversation and e.seq = number;
  end loop;
  update follow_ups f set since_seq = f.since_seq + 1
    where f.organization_id = organization and f.conversation_id = conversation;
  insert into entries (
    organization_id, conversation_id, seq, changed_seq, public_seq, public_changed_seq, id, at, kind, actor_kind, text,
    request_hash, session)
  values (organization, conversation, 1, 1, 1, 1, welcome_id, head.last_at, 'message', 'automatic', welcome,
    sha256(uuid_send(welcome_id)), case when head.live_since is null then 'later' else 'live' end);
  return query update conversations c set seq = c.seq + 1, public_seq = c.public_seq + 1,
      read_by_contact = c.read_by_contact + 1, delivered_to_contact = c.delivered_to_contact + 1
    where c.organization_id = organization and c.id = conversation returning c.*;
end $$;

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
  delete from identities where organization_id = organization and contact_id = contact;
  delete from contacts where organization_id = organization and id = contact;
end $$;

do $$
declare
  signature regprocedure;
begin
  for signature in select p.oid::regprocedure from pg_proc p
    join pg_namespace n on n.oid = p.pronamespace
    where n.nspname = 'public' and p.proname in ('follow_message', 'follow_state', 'due_follow_ups', 'record_follow_up')
  loop
    execute format('revoke all on function %s from public', signature);
    execute format('grant execute on function %s to foyer_app', signature);
  end loop;
end $$;

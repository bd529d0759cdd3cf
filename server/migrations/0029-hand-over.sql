-- A conversation that a colleague gives to somebody is new to them until they look or write: who gave it, and what they wrote
-- last about it. The contact hears of it only then.
alter table conversations
  add column handed_by uuid,
  add column handed_note_id uuid,
  add column handed_note text check (length(handed_note) <= 160);

-- Records a hand-over, as record_entry does. It counts as something unread.
create function record_handed(
  organization uuid, conversation uuid, decided head_decided, draft entry_draft, outcome head_outcome
) returns setof conversations language plpgsql as $$
declare
  head conversations;
  note record;
begin
  select * into head from record_entry(organization, conversation, decided, draft, outcome);
  if not found then
    return;
  end if;
  -- Of a long conversation only the end is looked through.
  select e.id, left(e.text, 160) as text into note from entries e
    where e.organization_id = organization and e.conversation_id = conversation and e.seq > head.seq - 200
      and e.kind = 'note' and e.actor_id = draft.actor_id and e.at > clock_now() - interval '1 day'
      and e.body->>'event' is distinct from 'note_deleted'
    order by e.seq desc limit 1;
  return query update conversations c set
    handed_by = draft.actor_id, handed_note_id = note.id, handed_note = note.text,
    unread_operator = greatest(c.unread_operator, 1)
  where c.organization_id = organization and c.id = conversation
  returning c.*;
end $$;

-- Records that who was given a conversation has come to it, once; what there was is thereby read.
create function record_joined(
  organization uuid, conversation uuid, decided head_decided, draft entry_draft, outcome head_outcome
) returns setof conversations language plpgsql as $$
begin
  perform set_config('foyer.organization', organization::text, true);
  perform from conversations c
    where c.organization_id = organization and c.id = conversation and c.handed_by is not null
      and c.state = decided.state and c.assignee_id is not distinct from decided.assignee_id
      and c.group_id is not distinct from decided.group_id and (c.live_since is not null) = decided.is_live
    for update;
  if not found then
    return;
  end if;
  return query select * from record_entry(organization, conversation, decided, draft, outcome);
end $$;

-- It is over when somebody else has it, it has ended, or whoever has it has looked or written.
create function end_hand_over() returns trigger language plpgsql as $$
begin
  new.handed_by := null;
  new.handed_note_id := null;
  new.handed_note := null;
  return new;
end $$;
create trigger end_hand_over before update of assignee_id, state, read_by_operator on conversations for each row
  when (old.handed_by is not null and (new.assignee_id is distinct from old.assignee_id or new.state = 'ended'
    or new.read_by_operator > old.read_by_operator))
  execute function end_hand_over();

-- What was said about it follows the note: changed, or gone.
create function follow_handed_note() returns trigger language plpgsql as $$
begin
  update conversations c set
    handed_note = case when new.body->>'event' = 'note_deleted' then null else left(new.text, 160) end
  where c.organization_id = new.organization_id and c.id = new.conversation_id and c.handed_note_id = new.id;
  return null;
end $$;
create trigger follow_handed_note after update of text, body on entries for each row
  when (new.kind = 'note') execute function follow_handed_note();

-- Whose conversation a colleague takes, or takes up again, is told, as who is given one is.
alter table notifications drop constraint notifications_kind_check;
alter table notifications add constraint notifications_kind_check check (kind in ('mentioned', 'assigned', 'given_to_group', 'taken'));

create function notify_taken() returns trigger language plpgsql as $$
begin
  insert into notifications (organization_id, operator_id, kind, conversation_id, entry_id, at)
    select o.organization_id, o.id, 'taken', new.conversation_id, new.id, clock_now()
      from operators o
      where o.organization_id = new.organization_id and o.id = (new.body->>'fromId')::uuid
        and o.id is distinct from new.actor_id and o.deactivated_at is null
        and new.at > clock_now() - interval '1 hour'
      on conflict on constraint notifications_once do nothing;
  return null;
end $$;
create trigger notify_taken after insert on entries for each row
  when (new.kind = 'event' and new.actor_kind = 'operator' and new.body ? 'fromId')
  execute function notify_taken();

-- What an entry sets off stands in one place, after_entry, called by whatever writes one. Before, it was spread over triggers.
-- Those go in the next migration: a call that is under way now still needs them, and done twice each of these steps does no
-- harm.

-- What an entry sets off, in this order, under the lock of its conversation and in its transaction. `number` is the entry's;
-- `waited` says since when the contact had waited for it, if it ends that. Sample data is written without it.
create function after_entry(head conversations, entry entry_draft, number bigint, waited timestamptz) returns void
  language plpgsql as $$
declare
  by_operator boolean := entry.actor_kind = 'operator';
  about record;
begin
  if by_operator and entry.kind <> 'event' then
    perform forget_draft(head.organization_id, entry.actor_id, head.id, entry.kind, entry.text);
  end if;
  if entry.kind = 'message' and (by_operator or entry.actor_kind = 'contact') then
    -- All that the steps need to know, looked up once.
    select k.sample, k.email, w.mail_minutes, case when by_operator then w.silent_minutes else w.waiting_minutes end as minutes,
        f.kind as waits, f.told into about
      from contacts k
      join widgets w on w.organization_id = head.organization_id and w.id = head.widget_id
      left join follow_ups f on f.organization_id = head.organization_id and f.conversation_id = head.id
      where k.organization_id = head.organization_id and k.id = head.contact_id;
    if about.minutes is not null or about.waits is not null then
      perform turn_follow_up(head, number, case when by_operator then 'silent' else 'waiting' end, about.waits, about.told,
        case when not about.sample then about.minutes end);
    end if;
    -- Nobody has waited behind sample data, nor has a mailbox.
    if by_operator and not about.sample then
      if head.public_last_at > waited then
        perform note_reply_time(head, waited);
      end if;
      if about.email is not null and about.mail_minutes is not null and head.channel = 'website' then
        perform await_reading(head.organization_id, head.id, about.mail_minutes);
      end if;
    end if;
  elsif entry.kind = 'event' then
    if entry.body->>'event' in ('ended', 'set_pending', 'opened') then
      perform end_follow_up(head.organization_id, head.id, entry.body->>'event');
    end if;
    if by_operator then
      perform notify_of_event(head, entry);
    end if;
  elsif entry.kind = 'note' and entry.body ? 'mentions' then
    perform notify_mentioned(head.organization_id, head.id, entry.id, entry.actor_id, entry.body);
  end if;
end $$;

-- What a note sets off that was changed or taken back.
create function after_note_change(head conversations, note uuid, author uuid, said text, about jsonb) returns void
  language plpgsql as $$
begin
  -- What was said about a hand-over follows the note.
  update conversations c set handed_note = case when about->>'event' = 'note_deleted' then null else left(said, 160) end
    where c.organization_id = head.organization_id and c.id = head.id and c.handed_note_id = note;
  if about->>'event' = 'note_deleted' then
    -- Nothing is left to tell.
    delete from notifications n where n.organization_id = head.organization_id and n.conversation_id = head.id
      and n.entry_id = note;
  elsif about ? 'mentions' then
    perform notify_mentioned(head.organization_id, head.id, note, author, about);
  end if;
end $$;

-- What is sent is no draft any more. It may have been kept while it was shorter; what was begun after it stays.
create function forget_draft(organization uuid, operator uuid, conversation uuid, what text, sent text) returns void
  language plpgsql as $$
begin
  delete from drafts d where d.organization_id = organization and d.operator_id = operator
    and d.conversation_id = conversation and d.kind = what
    and starts_with(btrim(sent, E' \t\r\n'), btrim(d.text, E' \t\r\n'));
end $$;

-- A message begins a wait of the other side, told of after `minutes` (null: never), and ends that of its own. `known` is who
-- has been waited for until now, `was_told` whether that was said.
create function turn_follow_up(
  head conversations, number bigint, waits text, known text, was_told boolean, minutes smallint
) returns void language plpgsql as $$
begin
  -- Who waits has waited since the first message; who has been asked is not asked again.
  if known = waits and (waits = 'waiting' or was_told) then
    return;
  end if;
  if minutes is not null then
    insert into follow_ups (organization_id, conversation_id, kind, since_seq, due_at)
      values (head.organization_id, head.id, waits, number, head.last_at + make_interval(mins => minutes))
      on conflict (organization_id, conversation_id) do update
        set kind = excluded.kind, since_seq = excluded.since_seq, due_at = excluded.due_at, told = false;
  elsif known is not null then
    delete from follow_ups f where f.organization_id = head.organization_id and f.conversation_id = head.id;
  end if;
end $$;

-- The end of a conversation ends every wait. A state that is set by hand ends the one it speaks against: nobody owes an
-- answer where it is pending, and nobody else does where it is open. What was said already stays said.
create function end_follow_up(organization uuid, conversation uuid, happened text) returns void language plpgsql as $$
begin
  delete from follow_ups f
    where f.organization_id = organization and f.conversation_id = conversation
      and case happened when 'ended' then true
        when 'set_pending' then f.kind = 'waiting' and not f.told else f.kind = 'silent' and not f.told end;
end $$;

-- How long the contact has waited for this answer.
create function note_reply_time(head conversations, waited timestamptz) returns void language plpgsql as $$
begin
  insert into reply_times (organization_id, widget_id, place, seconds)
    values (head.organization_id, head.widget_id, floor(random() * 64),
      least(extract(epoch from head.public_last_at - waited), 2000000000)::integer)
    on conflict (organization_id, widget_id, place) do update set at = excluded.at, seconds = excluded.seconds;
end $$;

-- Starts the time after which an operator's message is mailed. Where it runs already its row is locked all the same: whoever
-- takes it up meanwhile would not see this message.
create function await_reading(organization uuid, conversation uuid, minutes smallint) returns void language plpgsql as $$
begin
  insert into unread_mails (organization_id, conversation_id, due_at)
    values (organization, conversation, clock_now() + make_interval(mins => minutes))
    on conflict (organization_id, conversation_id) do update set due_at = excluded.due_at
      where unread_mails.due_at is null;
end $$;

-- Tells whoever is given a conversation, the members of a group that is given one, and whose a conversation was that somebody
-- takes or takes up again.
create function notify_of_event(head conversations, entry entry_draft) returns void language plpgsql as $$
declare
  event text := entry.body->>'event';
begin
  if event = 'assigned' or (event = 'group_assigned' and head.assignee_id is not null) then
    perform notify(head.organization_id, head.id, entry.id, entry.actor_id, 'assigned',
      array[case event when 'assigned' then (entry.body->>'operatorId')::uuid else head.assignee_id end]);
  elsif event = 'group_assigned' then
    perform notify(head.organization_id, head.id, entry.id, entry.actor_id, 'given_to_group', array(
      select m.operator_id from group_members m
      left join sign_settings s on s.organization_id = m.organization_id and s.operator_id = m.operator_id
      where m.organization_id = head.organization_id and m.group_id = (entry.body->>'groupId')::uuid
        and coalesce((s.settings->>'groupListed')::boolean, true)));
  end if;
  if entry.body ? 'fromId' then
    perform notify(head.organization_id, head.id, entry.id, entry.actor_id, 'taken', array[(entry.body->>'fromId')::uuid]);
  end if;
end $$;

-- Tells whom a note names.
create function notify_mentioned(organization uuid, conversation uuid, note uuid, author uuid, about jsonb) returns void
  language plpgsql as $$
begin
  perform notify(organization, conversation, note, author, 'mentioned', array(
    select (m->>'operatorId')::uuid from jsonb_array_elements(about->'mentions') m));
end $$;

-- Tells operators of an entry once each, but for its author; what is old is forgotten then.
create function notify(organization uuid, conversation uuid, entry uuid, author uuid, what text, concerned uuid[]) returns void
  language plpgsql as $$
begin
  delete from notifications n where n.organization_id = organization and n.operator_id = any (concerned)
    and n.at < clock_now() - interval '90 days';
  insert into notifications (organization_id, operator_id, kind, conversation_id, entry_id, at)
    select o.organization_id, o.id, what, conversation, entry, clock_now()
      from operators o
      where o.organization_id = organization and o.id = any (concerned) and o.id is distinct from author
        and o.deactivated_at is null
      on conflict on constraint notifications_once do nothing;
end $$;

-- Applies a decision if the head is still as decided on, records the entry, and lets happen what it sets off.
create or replace function record_entry(organization uuid, conversation uuid, decided head_decided, draft entry_draft, outcome head_outcome) returns SETOF conversations language plpgsql as $$
declare
  now_at timestamptz := clock_now();
  head conversations;
  before conversations;
  assignee uuid := outcome.assignee_id;
  is_live boolean := decided.is_live and outcome.live in ('keep', 'extend');
  wants boolean := null;
  routed boolean := false;
  lives_for interval;
  may_begin boolean;
  waited timestamptz;
  keeps_hand boolean;
begin
  perform set_config('foyer.organization', organization::text, true);
  if outcome.live in ('try', 'must') or outcome.route is not null or decided.due is not null then
    select * into before from conversations c
      where c.organization_id = organization and c.id = conversation
        and c.state = decided.state and c.assignee_id is not distinct from decided.assignee_id
        and c.group_id is not distinct from decided.group_id and (c.live_since is not null) = decided.is_live
      for update;
    if not found or (decided.due = 'live' and before.live_until > now_at)
      or (decided.due = 'end' and (before.ends_at is null or before.ends_at > now_at))
      or (decided.due = 'contact_gone' and is_connected(organization, 'contact', before.contact_id))
      or (decided.due = 'operator_gone' and exists (
        select from operator_slots s where s.organization_id = organization and s.operator_id = before.assignee_id
          and s.online and s.present))
    then
      return;
    end if;
  end if;

  if outcome.live in ('try', 'must') then
    if decided.is_live and outcome.assignee_id = decided.assignee_id then
      is_live := true;
    elsif outcome.contact_here or (before.wants_live or decided.is_live) and is_connected(organization, 'contact', before.contact_id) then
      -- Nobody is brought together by themselves outside the service times; who is, by an operator's own doing, may be.
      may_begin := not outcome.contact_here or is_service_open(organization, before.widget_id);
      if decided.is_live then
        perform from operator_slots s where s.organization_id = organization
          and s.operator_id in (decided.assignee_id, outcome.assignee_id) order by s.operator_id for update;
      end if;
      if outcome.route is not null then
        assignee := case when may_begin then route_live(organization, before.widget_id, outcome.group_id, outcome.assignee_id) end;
        if assignee is null and decided.is_live and serves(organization, before.widget_id, outcome.group_id, decided.assignee_id) then
          assignee := decided.assignee_id;
        end if;
        is_live := assignee is not null;
        routed := is_live and assignee is distinct from decided.assignee_id and draft.kind = 'message';
        assignee := coalesce(assignee, outcome.assignee_id);
      else
        is_live := assignee is not null and may_begin and take_slot(organization, assignee);
      end if;
      wants := not is_live;
    end if;
    if outcome.live = 'must' and not is_live then
      update conversations c set wants_live = false where c.organization_id = organization and c.id = conversation
        and not is_connected(organization, 'contact', before.contact_id);
      return;
    end if;
  end if;
  -- Somebody of the group who is there, without a slot: it goes on later, but with a name.
  if outcome.route = 'online' and not is_live then
    select s.operator_id into assignee from operator_slots s
      join group_members m on m.organization_id = s.organization_id and m.operator_id = s.operator_id
      where m.organization_id = organization and m.group_id = outcome.group_id and s.online and s.present
      order by s.used - s.most, s.last_live_at, s.operator_id limit 1;
  end if;
  if is_live and outcome.live <> 'keep' then
    select make_interval(mins => w.live_minutes) into lives_for from widgets w
      join conversations c on c.organization_id = w.organization_id and c.widget_id = w.id
      where c.organization_id = organization and c.id = conversation;
  end if;

  if outcome.waiting = 'stop' and draft.kind = 'message' and decided.state in ('new', 'open') then
    select c.waiting_since into waited from conversations c where c.organization_id = organization and c.id = conversation;
  end if;
  -- A hand-over is over when somebody else has it, it has ended, or whoever has it has looked or written.
  keeps_hand := assignee is not distinct from decided.assignee_id and outcome.state <> 'ended'
    and outcome.read_by is distinct from 'operator';

  update conversations c set
    seq = c.seq + 1 + routed::int,
    public_seq = c.public_seq + draft.is_public::int + routed::int,
    state = case when is_live then outcome.live_state else outcome.state end,
    assignee_id = assignee,
    group_id = outcome.group_id,
    answered = c.answered or (draft.actor_kind = 'operator' and draft.kind = 'message'),
    last_at = greatest(now_at, c.last_at),
    message_at = case when outcome.preview_author is null then c.message_at else greatest(now_at, c.last_at) end,
    public_last_at = case when draft.is_public then greatest(now_at, c.last_at) else c.public_last_at end,
    ended_at = case when outcome.state = 'ended' then greatest(now_at, c.last_at) end,
    live_since = case when is_live then coalesce(c.live_since, now_at) end,
    live_until = case when is_live then case when lives_for is null then c.live_until else now_at + lives_for end end,
    wants_live = coalesce(wants, c.wants_live and not is_live and outcome.live = 'keep'),
    ends_at = case outcome.ending when 'start' then now_at + interval '30 days' when 'keep' then c.ends_at end,
    waiting_since = case outcome.waiting
      when 'start' then coalesce(c.waiting_since, greatest(now_at, c.last_at))
      when 'keep' then c.waiting_since end,
    rank = case when is_live then outcome.live_rank else outcome.rank end,
    -- Whoever waits longest is first; where nobody waits, the latest.
    position = case
      when outcome.waiting = 'stop' or (outcome.waiting = 'keep' and c.waiting_since is null)
        then -extract(epoch from greatest(now_at, c.last_at))
      else extract(epoch from coalesce(c.waiting_since, greatest(now_at, c.last_at))) end,
    preview_author = coalesce(outcome.preview_author, c.preview_author),
    preview_text = case when outcome.preview_author is null then c.preview_text else left(draft.text, 160) end,
    unread_operator = case when outcome.read_by = 'operator' then 0 else c.unread_operator + outcome.unread_operator end,
    unread_contact = case when outcome.read_by = 'contact' then 0 else c.unread_contact + outcome.unread_contact end,
    read_by_operator = case when outcome.read_by = 'operator' then c.public_seq + 1 else c.read_by_operator end,
    read_by_contact = case when outcome.read_by = 'contact' then c.public_seq + 1 + routed::int else c.read_by_contact end,
    delivered_to_contact = case when outcome.read_by = 'contact' then c.public_seq + 1 + routed::int else c.delivered_to_contact end,
    handed_by = case when keeps_hand then c.handed_by end,
    handed_note_id = case when keeps_hand then c.handed_note_id end,
    handed_note = case when keeps_hand then c.handed_note end
  where c.organization_id = organization and c.id = conversation
    and c.state = decided.state and c.assignee_id is not distinct from decided.assignee_id
    and c.group_id is not distinct from decided.group_id and (c.live_since is not null) = decided.is_live
  returning * into head;
  if not found then
    return;
  end if;
  if decided.is_live and (not is_live or assignee is distinct from decided.assignee_id) then
    perform give_slot(organization, decided.assignee_id);
  end if;
  insert into entries (
    organization_id, conversation_id, seq, changed_seq, public_seq, public_changed_seq, id, at, kind, actor_kind, actor_id,
    identity_id, text, body, request_hash, session)
  values (
    organization, conversation, head.seq - routed::int, head.seq - routed::int,
    case when draft.is_public then head.public_seq - routed::int end, case when draft.is_public then head.public_seq - routed::int end,
    draft.id, head.last_at, draft.kind, draft.actor_kind, draft.actor_id,
    draft.identity_id, draft.text, draft.body, draft.request_hash, case when is_live then 'live' else 'later' end);
  if routed then
    perform record_routing(head, draft.routed_id);
  end if;
  perform after_entry(head, draft, head.seq - routed::int, waited);
  return next head;
end $$;

-- The same for the first entry of a conversation.
create or replace function begin_conversation(organization uuid, conversation uuid, contact uuid, widget uuid, channel_kind text, draft entry_draft, outcome head_outcome) returns SETOF conversations language plpgsql as $$
declare
  now_at timestamptz := clock_now();
  head conversations;
  assignee uuid := outcome.assignee_id;
  routed boolean := false;
  lives_for interval;
begin
  perform set_config('foyer.organization', organization::text, true);
  if outcome.route is not null and is_service_open(organization, widget) then
    assignee := route_live(organization, widget, outcome.group_id, (
      select c.assignee_id from conversations c where c.organization_id = organization and c.contact_id = contact
        and c.assignee_id is not null order by c.public_last_at desc, c.id desc limit 1));
    routed := assignee is not null;
    if routed then
      select make_interval(mins => w.live_minutes) into lives_for from widgets w
        where w.organization_id = organization and w.id = widget;
    end if;
  end if;
  insert into conversations (
    organization_id, id, contact_id, widget_id, channel, state, assignee_id, group_id, seq, public_seq, created_at, last_at,
    public_last_at, message_at, waiting_since, live_since, live_until, wants_live, rank, position, preview_author, preview_text,
    unread_operator, read_by_contact, delivered_to_contact)
  values (
    organization, conversation, contact, widget, channel_kind,
    case when routed then outcome.live_state else outcome.state end, assignee, outcome.group_id,
    1 + routed::int, 1 + routed::int, now_at, now_at, now_at, now_at, case when outcome.waiting = 'start' then now_at end,
    case when routed then now_at end, now_at + lives_for, outcome.live = 'try' and not routed,
    case when routed then outcome.live_rank else outcome.rank end,
    case when outcome.waiting = 'start' then 1 else -1 end * extract(epoch from now_at),
    outcome.preview_author, left(draft.text, 160), outcome.unread_operator, 1 + routed::int, 1 + routed::int)
  returning * into head;
  insert into entries (
    organization_id, conversation_id, seq, changed_seq, public_seq, public_changed_seq, id, at, kind, actor_kind, actor_id,
    identity_id, text, body, request_hash, session)
  values (
    organization, conversation, 1, 1, 1, 1, draft.id, now_at, draft.kind, draft.actor_kind, draft.actor_id,
    draft.identity_id, draft.text, draft.body, draft.request_hash, case when routed then 'live' else 'later' end);
  if routed then
    perform record_routing(head, draft.routed_id);
  end if;
  perform after_entry(head, draft, 1, null);
  return next head;
end $$;

-- The same for a note.
create or replace function record_note(organization uuid, conversation uuid, note uuid, author uuid, said text, about jsonb, hash bytea) returns SETOF conversations language plpgsql as $$
declare
  head conversations;
begin
  perform set_config('foyer.organization', organization::text, true);
  update conversations c set seq = c.seq + 1, last_at = greatest(clock_now(), c.last_at)
    where c.organization_id = organization and c.id = conversation returning * into head;
  if not found then
    return;
  end if;
  insert into entries (organization_id, conversation_id, seq, changed_seq, id, at, kind, actor_kind, actor_id, text, body, request_hash)
    values (organization, conversation, head.seq, head.seq, note, head.last_at, 'note', 'operator', author, said, about, hash);
  perform after_entry(head, row(note, 'note', 'operator', author, null, false, said, about, hash, null)::entry_draft, head.seq, null);
  return next head;
end $$;

create or replace function change_note(organization uuid, conversation uuid, note uuid, author uuid, said text, about jsonb) returns SETOF conversations language plpgsql as $$
declare
  head conversations;
begin
  perform set_config('foyer.organization', organization::text, true);
  perform from conversations c where c.organization_id = organization and c.id = conversation for update;
  if not exists (select from entries e where e.organization_id = organization and e.conversation_id = conversation
    and e.id = note and e.kind = 'note' and e.actor_id = author and e.body->>'event' = 'note')
  then
    return;
  end if;
  update conversations c set seq = c.seq + 1 where c.organization_id = organization and c.id = conversation returning * into head;
  update entries e set changed_seq = head.seq, text = said, body = about
    where e.organization_id = organization and e.conversation_id = conversation and e.id = note;
  perform after_note_change(head, note, author, said, about);
  return query select * from conversations c where c.organization_id = organization and c.id = conversation;
end $$;

-- Whoever has looked has taken a hand-over.
create or replace function mark_by_operator(organization uuid, conversation uuid, operator uuid, read bigint) returns SETOF conversations language plpgsql as $$
begin
  perform set_config('foyer.organization', organization::text, true);
  perform from conversations c where c.organization_id = organization and c.id = conversation
    and c.assignee_id = operator and least(read, c.public_seq) > c.read_by_operator for update;
  if not found then
    return;
  end if;
  return query update conversations c set
    seq = c.seq + 1,
    public_seq = c.public_seq + 1,
    read_by_operator = least(read, c.public_seq),
    unread_operator = (
      select count(*) from entries e where e.organization_id = organization and e.conversation_id = conversation
        and e.public_seq > read and e.kind = 'message' and e.actor_kind = 'contact'),
    handed_by = null, handed_note_id = null, handed_note = null
  where c.organization_id = organization and c.id = conversation
  returning c.*;
end $$;

do $$
declare
  signature regprocedure;
begin
  for signature in select p.oid::regprocedure from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where n.nspname = 'public' and p.proname in ('after_entry', 'after_note_change', 'forget_draft', 'turn_follow_up',
      'end_follow_up', 'note_reply_time', 'await_reading', 'notify_of_event', 'notify_mentioned', 'notify')
  loop
    execute format('revoke all on function %s from public', signature);
    execute format('grant execute on function %s to foyer_app', signature);
  end loop;
end $$;

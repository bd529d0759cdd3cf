-- A conversation is put off until a moment: it leaves the open ones of whoever has it, and comes back then, or when its contact
-- writes. Its rank is 2, which no list of the build before asks for; its position is when it comes back.

alter table conversations add column snoozed_until timestamptz;
create index conversations_snoozed on conversations (snoozed_until) where snoozed_until is not null;

-- What holds for each conversation. Of no row that is there it is asked anew: none is put off yet.
create or replace function conversation_holds(c conversations) returns boolean language plpgsql immutable parallel safe as $$
begin
  return c.state in ('new', 'open', 'pending', 'ended')
    and (c.preview_author is null or c.preview_author in ('contact', 'operator', 'system'))
    and (c.handed_note is null or length(c.handed_note) <= 160)
    and (c.live_since is null) = (c.live_until is null)
    -- Whoever is live has somebody, and has not ended.
    and (c.live_since is null or (c.assignee_id is not null and c.state <> 'ended'))
    -- Somebody has put it off, and nobody is there for it.
    and (c.snoozed_until is null or (c.assignee_id is not null and c.state <> 'ended' and c.live_since is null));
end $$;

-- Conversations whose deadline has come: live ones in which nobody sends anything, pending ones whose contact is silent, and
-- those that were put off until now. What is put off does not end meanwhile.
create or replace function due_conversations(at_most integer)
  returns table (organization_id uuid, conversation_id uuid, due text)
  language sql stable security definer set search_path = public, pg_temp
  as $$ (select c.organization_id, c.id, 'live' from conversations c
          where c.live_until <= clock_now() order by c.live_until limit at_most)
        union all
        (select c.organization_id, c.id, 'end' from conversations c
          where c.ends_at <= clock_now() and c.snoozed_until is null order by c.ends_at limit at_most)
        union all
        (select c.organization_id, c.id, 'snooze' from conversations c
          where c.snoozed_until <= clock_now() order by c.snoozed_until limit at_most) $$;

-- As before, and it keeps, sets or ends how long a conversation is put off. What ends it follows from what is written, so that
-- the build before, which knows nothing of it, ends it too.
create or replace function record_entry(organization uuid, conversation uuid, decided head_decided, draft entry_draft, outcome head_outcome) returns SETOF conversations language plpgsql
  security definer set search_path = public, pg_temp as $$
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
  snooze timestamptz;
  keeps_snooze boolean;
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
      or (decided.due = 'snooze' and (before.snoozed_until is null or before.snoozed_until > now_at))
      or (decided.due = 'snoozed' and before.snoozed_until is null)
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
  -- So is being put off: what is said on our side, and what comes about by itself, leaves it so.
  snooze := case when draft.body->>'event' = 'snoozed' then (draft.body->>'until')::timestamptz end;
  keeps_snooze := assignee is not distinct from decided.assignee_id
    and outcome.group_id is not distinct from decided.group_id and draft.actor_kind <> 'contact' and outcome.state <> 'ended' and not is_live
    and (draft.body is null or draft.body->>'event' not in ('snooze_ended', 'opened', 'set_pending'));

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
    rank = case when is_live then outcome.live_rank
      when snooze is not null or (keeps_snooze and c.snoozed_until is not null) then 2 else outcome.rank end,
    -- Whoever waits longest is first; where nobody waits, the latest; of what is put off, what comes back first.
    position = case
      when snooze is not null then extract(epoch from snooze)
      when keeps_snooze and c.snoozed_until is not null then extract(epoch from c.snoozed_until)
      when outcome.waiting = 'stop' or (outcome.waiting = 'keep' and c.waiting_since is null)
        then -extract(epoch from greatest(now_at, c.last_at))
      else extract(epoch from coalesce(c.waiting_since, greatest(now_at, c.last_at))) end,
    snoozed_until = coalesce(snooze, case when keeps_snooze then c.snoozed_until end),
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

-- Service times, automatic messages and privacy of a widget. They are edited and read as a whole, so each is one document;
-- contract/widgets.ts says how it looks.

alter table widgets
  -- When somebody answers live: a time zone, seven days beginning with Monday, and single dates that go before them. Null:
  -- at any time.
  add hours jsonb,
  -- Automatic messages by what they are for, then by language.
  add texts jsonb not null default '{}',
  -- What contacts must agree to before they write: null: nothing.
  add privacy jsonb;

-- When the contact agreed to what the widget asked for.
alter table contacts add agreed_at timestamptz;

-- Whether service times hold at a moment. The clock of the time zone decides: an interval that a change of the clock leaves
-- out is as much shorter, one that comes twice is open twice.
create function is_open(hours jsonb, at timestamptz) returns boolean language plpgsql stable as $$
declare
  local_at timestamp;
  intervals jsonb;
begin
  if hours is null then
    return true;
  end if;
  local_at := at at time zone (hours->>'zone');
  select d->'intervals' into intervals from jsonb_array_elements(hours->'dates') d
    where (d->>'date')::date = local_at::date limit 1;
  intervals := coalesce(intervals, hours->'week'->(extract(isodow from local_at)::int - 1));
  return exists (select from jsonb_array_elements(intervals) i
    where local_at::time >= (i->>'from')::time and local_at::time < (i->>'to')::time);
end $$;

create function is_service_open(organization uuid, widget uuid) returns boolean language sql stable as $$
  select is_open(w.hours, clock_now()) from widgets w where w.organization_id = organization and w.id = widget $$;

drop function widget_by_key(text);
create function widget_by_key(public_key text)
  returns table (organization_id uuid, widget_id uuid, allowed_sites text[], asks_agreement boolean)
  language sql stable security definer set search_path = public, pg_temp
  as $$ select w.organization_id, w.id, w.allowed_sites, w.privacy is not null from widgets w where w.key = public_key $$;

-- Applies a decision as before, but brings nobody together outside the service times.
create or replace function record_entry(
  organization uuid, conversation uuid, decided head_decided, draft entry_draft, outcome head_outcome
) returns setof conversations language plpgsql as $$
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

  update conversations c set
    seq = c.seq + 1 + routed::int,
    public_seq = c.public_seq + draft.is_public::int + routed::int,
    state = case when is_live then outcome.live_state else outcome.state end,
    assignee_id = assignee,
    group_id = outcome.group_id,
    answered = c.answered or (draft.actor_kind = 'operator' and draft.kind = 'message'),
    last_at = greatest(now_at, c.last_at),
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
    delivered_to_contact = case when outcome.read_by = 'contact' then c.public_seq + 1 + routed::int else c.delivered_to_contact end
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
  return next head;
end $$;

-- Begins a conversation as before.
create or replace function begin_conversation(
  organization uuid, conversation uuid, contact uuid, widget uuid, channel_kind text, draft entry_draft, outcome head_outcome
) returns setof conversations language plpgsql as $$
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
    public_last_at, waiting_since, live_since, live_until, wants_live, rank, position, preview_author, preview_text,
    unread_operator, read_by_contact, delivered_to_contact)
  values (
    organization, conversation, contact, widget, channel_kind,
    case when routed then outcome.live_state else outcome.state end, assignee, outcome.group_id,
    1 + routed::int, 1 + routed::int, now_at, now_at, now_at, case when outcome.waiting = 'start' then now_at end,
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
  return next head;
end $$;

-- The conversation whose contact has waited longest, as before, among those whose service is open.
create or replace function next_waiting(organization uuid, operator uuid) returns uuid
  language sql stable as $$
  select w.id from (
    (select c.id, c.position from conversations c
      where c.organization_id = organization and c.assignee_id = operator and c.wants_live
        and is_service_open(organization, c.widget_id)
      order by c.position limit 1)
    union all
    select q.id, q.position from widgets d
      cross join lateral (
        select '00000000-0000-0000-0000-000000000000'::uuid as key, null::uuid as group_id
        union all
        select m.group_id, m.group_id from group_members m where m.organization_id = organization and m.operator_id = operator) k
      cross join lateral (
        select c.id, c.position from conversations c
        where c.organization_id = organization and c.widget_id = d.id
          and case when c.group_id is null then '00000000-0000-0000-0000-000000000000' else c.group_id end = k.key
          and c.assignee_id is null and c.wants_live
        order by c.position limit 1) q
      where d.organization_id = organization and is_open(d.hours, clock_now()) and serves(organization, d.id, k.group_id, operator)
  ) w order by w.position limit 1 $$;

do $$
declare
  signature regprocedure;
begin
  for signature in select p.oid::regprocedure from pg_proc p
    join pg_namespace n on n.oid = p.pronamespace
    where n.nspname = 'public' and p.proname in ('is_open', 'is_service_open', 'widget_by_key')
  loop
    execute format('revoke all on function %s from public', signature);
    execute format('grant execute on function %s to foyer_app', signature);
  end loop;
end $$;

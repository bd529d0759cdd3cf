-- Live or later: slots, who gets a conversation, and the deadlines that end what nobody ends.

-- How many live conversations each operator may have and has. Kept beside the operator, because it changes with every live
-- conversation, and by triggers, so that no way of changing the switch or of leaving can forget it.
create table operator_slots (
  organization_id uuid not null,
  operator_id uuid not null,
  most smallint not null default 3 check (most between 0 and 20),
  used integer not null default 0 check (used >= 0),
  -- The switch of an operator who may work.
  online boolean not null default false,
  -- Somebody lives at the other end.
  present boolean not null default false,
  last_live_at timestamptz not null default '-infinity',
  free integer not null generated always as (case when online and present and most > used then most - used else 0 end) stored,
  primary key (organization_id, operator_id),
  foreign key (organization_id, operator_id) references operators on delete cascade
) with (fillfactor = 70);
create index operator_slots_free on operator_slots (organization_id, free desc, last_live_at, operator_id) where free > 0;
alter table operator_slots enable row level security;
create policy organization on operator_slots to foyer_app using (organization_id = (select current_organization()))
  with check (organization_id = (select current_organization()));
grant select, insert, update, delete on operator_slots to foyer_app;

insert into operator_slots (organization_id, operator_id, online, present)
  select o.organization_id, o.id, o.online and o.deactivated_at is null, exists (
    select from presence p where p.organization_id = o.organization_id and p.subject_kind = 'operator' and p.subject_id = o.id)
  from operators o;

create function follow_operator() returns trigger language plpgsql as $$
begin
  insert into operator_slots (organization_id, operator_id, online)
    values (new.organization_id, new.id, new.online and new.deactivated_at is null)
  on conflict (organization_id, operator_id) do update set online = excluded.online
    where operator_slots.online <> excluded.online;
  return null;
end $$;
create trigger follow_operator after insert or update of online, deactivated_at on operators
  for each row execute function follow_operator();

-- The operator's row is locked before connections are counted: of two that close at once the second sees the first gone.
create function follow_presence() returns trigger language plpgsql as $$
declare
  gone_or_come presence := case when tg_op = 'DELETE' then old else new end;
begin
  perform from operator_slots s where s.organization_id = gone_or_come.organization_id
    and s.operator_id = gone_or_come.subject_id for update;
  update operator_slots s set present = not s.present
  where s.organization_id = gone_or_come.organization_id and s.operator_id = gone_or_come.subject_id
    and s.present <> exists (
      select from presence p where p.organization_id = gone_or_come.organization_id
        and p.subject_kind = 'operator' and p.subject_id = gone_or_come.subject_id);
  return null;
end $$;
create trigger follow_presence_in after insert on presence
  for each row when (new.subject_kind = 'operator') execute function follow_presence();
create trigger follow_presence_out after delete on presence
  for each row when (old.subject_kind = 'operator') execute function follow_presence();

alter table conversations
  add group_id uuid,
  -- While it is live: since when, and when it stops being so unless somebody sends something.
  add live_since timestamptz,
  add live_until timestamptz,
  -- A conversation that waits for its contact ends by itself at this moment.
  add ends_at timestamptz,
  -- Its contact wrote and was there, but no slot was free: the next free one is for whoever waits longest.
  add wants_live boolean not null default false,
  add constraint conversations_group foreign key (organization_id, group_id) references groups,
  add constraint conversations_live check (live_since is null or (assignee_id is not null and state <> 'ended')),
  add constraint conversations_live_until check ((live_since is null) = (live_until is null));
update conversations set ends_at = last_at + interval '30 days' where state = 'pending';

create index conversations_live on conversations (organization_id, assignee_id) where live_since is not null;
create index conversations_live_until on conversations (live_until) where live_until is not null;
create index conversations_ends on conversations (ends_at) where ends_at is not null;
create index conversations_wanting on conversations (organization_id, assignee_id, position)
  where wants_live and assignee_id is not null;
-- One queue for each widget and group; conversations of no group have the zero group, since null gives no order.
create index conversations_waiting on conversations (
  organization_id, widget_id, (case when group_id is null then '00000000-0000-0000-0000-000000000000' else group_id end), position)
  where wants_live and assignee_id is null;

alter table entries add session text check (session in ('live', 'later'));

drop function record_entry(uuid, uuid, text, uuid, entry_draft, head_outcome);
drop function begin_conversation(uuid, uuid, uuid, uuid, text, entry_draft, head_outcome);
drop type head_outcome;
drop type entry_draft;

create type entry_draft as (
  id uuid,
  kind text,
  actor_kind text,
  actor_id uuid,
  identity_id uuid,
  is_public boolean,
  text text,
  body jsonb,
  request_hash bytea,
  -- Of the entry that tells of a routing, should one be made.
  routed_id uuid
);

-- What a decision rests on. `due`: what must have come about by the database's clock (live, end, contact_gone,
-- operator_gone).
create type head_decided as (
  state text,
  assignee_id uuid,
  group_id uuid,
  is_live boolean,
  due text
);

create type head_outcome as (
  state text,
  -- The same if it is live: nobody is told "new" of a conversation that somebody has.
  live_state text,
  assignee_id uuid,
  group_id uuid,
  -- Among its list, when it is not live and when it is.
  rank smallint,
  live_rank smallint,
  -- Whether an answer is owed from now on: start, keep or stop.
  waiting text,
  -- keep, extend (a live one's deadline moves), try (live if there is a slot), must (nothing happens without one) or stop.
  live text,
  -- Whom to look for: nobody (null), `free`: an operator with a slot, `online`: one with a slot, else one who is there.
  route text,
  -- Whether the contact has just shown to be there.
  contact_here boolean,
  -- Whether the deadline after which a silent conversation ends runs: start, keep or stop.
  ending text,
  -- Null leaves the preview as it is.
  preview_author text,
  unread_operator integer,
  unread_contact integer,
  -- Whether the author has thereby read and received all there was.
  read_by text
);

create function is_connected(organization uuid, kind text, subject uuid) returns boolean
  language sql stable as $$
  select exists (select from presence p
    where p.organization_id = organization and p.subject_kind = kind and p.subject_id = subject) $$;

-- Whether a conversation of a widget, or one given to a group, is for this operator.
create function serves(organization uuid, widget uuid, in_group uuid, operator uuid) returns boolean
  language plpgsql stable as $$
declare
  mode text;
  of_group uuid;
begin
  if in_group is null then
    select w.routing, w.group_id into mode, of_group from widgets w where w.organization_id = organization and w.id = widget;
  else
    mode := 'group';
    of_group := in_group;
  end if;
  return case mode
    when 'group' then of_group is null or exists (
      select from group_members m where m.organization_id = organization and m.group_id = of_group and m.operator_id = operator)
    when 'choice' then exists (
      select from widget_groups g join group_members m on m.organization_id = g.organization_id and m.group_id = g.group_id
      where g.organization_id = organization and g.widget_id = widget and m.operator_id = operator)
    when 'skills' then not exists (
      select from widget_skills k where k.organization_id = organization and k.widget_id = widget and not exists (
        select from operator_skills s where s.organization_id = organization and s.operator_id = operator and s.skill_id = k.skill_id))
    else true end;
end $$;

-- The operator for a live conversation: the preferred one if free, the widget's own, then whoever has most slots free, and
-- of those who has been longest without one. Null when nobody has a slot.
create function choose_operator(organization uuid, widget uuid, in_group uuid, preferred uuid) returns uuid
  language plpgsql stable as $$
declare
  chosen uuid;
begin
  if preferred is null and in_group is null then
    select w.operator_id into preferred from widgets w
      where w.organization_id = organization and w.id = widget and w.routing = 'operator';
  end if;
  if preferred is not null then
    select s.operator_id into chosen from operator_slots s
      where s.organization_id = organization and s.operator_id = preferred and s.free > 0
        and serves(organization, widget, in_group, preferred);
    if found then
      return chosen;
    end if;
  end if;
  select s.operator_id into chosen from operator_slots s
    where s.organization_id = organization and s.free > 0 and serves(organization, widget, in_group, s.operator_id)
    order by s.free desc, s.last_live_at, s.operator_id limit 1;
  return chosen;
end $$;

-- One more or one fewer live conversation. The one statement that decides who gets the last slot.
create function take_slot(organization uuid, operator uuid) returns boolean language plpgsql as $$
begin
  update operator_slots s set used = s.used + 1, last_live_at = clock_now()
    where s.organization_id = organization and s.operator_id = operator and s.free > 0;
  return found;
end $$;

create function give_slot(organization uuid, operator uuid) returns void language plpgsql as $$
begin
  update operator_slots s set used = s.used - 1 where s.organization_id = organization and s.operator_id = operator;
end $$;

-- Chooses and takes in one; whoever was chosen may have lost the slot meanwhile, then the next is chosen.
create function route_live(organization uuid, widget uuid, in_group uuid, preferred uuid) returns uuid
  language plpgsql as $$
declare
  chosen uuid;
begin
  loop
    chosen := choose_operator(organization, widget, in_group, preferred);
    if chosen is null or take_slot(organization, chosen) then
      return chosen;
    end if;
  end loop;
end $$;

-- Applies a decision if the head is still as decided on: records the entry, and a second one if the conversation was routed
-- by this. Returns the new head; no row when the head is not as decided on, when what must be due is not, or when there is
-- no slot where there must be one. A second use of the entry's id aborts with a unique violation on entries_id.
create function record_entry(
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
      if decided.is_live then
        perform from operator_slots s where s.organization_id = organization
          and s.operator_id in (decided.assignee_id, outcome.assignee_id) order by s.operator_id for update;
      end if;
      if outcome.route is not null then
        assignee := route_live(organization, before.widget_id, outcome.group_id, outcome.assignee_id);
        if assignee is null and decided.is_live and serves(organization, before.widget_id, outcome.group_id, decided.assignee_id) then
          assignee := decided.assignee_id;
        end if;
        is_live := assignee is not null;
        routed := is_live and assignee is distinct from decided.assignee_id and draft.kind = 'message';
        assignee := coalesce(assignee, outcome.assignee_id);
      else
        is_live := assignee is not null and take_slot(organization, assignee);
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

-- The entry that says to whom a conversation was routed, as the last of its log.
create function record_routing(head conversations, id uuid) returns void language sql as $$
  insert into entries (
    organization_id, conversation_id, seq, changed_seq, public_seq, public_changed_seq, id, at, kind, actor_kind, text, body,
    request_hash, session)
  select head.organization_id, head.id, head.seq, head.seq, head.public_seq, head.public_seq, id, head.last_at, 'event', 'system', '',
    jsonb_build_object('v', 1, 'event', 'assigned', 'reason', 'routed', 'operatorId', head.assignee_id, 'operatorName', (
      select coalesce(o.alias, o.name) from operators o
      where o.organization_id = head.organization_id and o.id = head.assignee_id)),
    sha256(uuid_send(id)), 'live' $$;

-- Begins a conversation with its first message; an operator with a free slot gets it at once. Twins abort with a unique
-- violation, as above.
create function begin_conversation(
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
  if outcome.route is not null then
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

-- The conversation whose contact has waited longest for a slot of this operator: one that is theirs already, or one that
-- nobody has and they serve. Null when nobody waits.
create function next_waiting(organization uuid, operator uuid) returns uuid
  language sql stable as $$
  select w.id from (
    (select c.id, c.position from conversations c
      where c.organization_id = organization and c.assignee_id = operator and c.wants_live
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
      where d.organization_id = organization and serves(organization, d.id, k.group_id, operator)
  ) w order by w.position limit 1 $$;

-- ---------------------------------------------------------------------------------------------------------------------
-- What the chores of the worker look at, over all organizations; each ends in one decision per conversation.

-- Conversations whose deadline has come: live ones in which nobody sends anything, pending ones whose contact is silent.
create function due_conversations(at_most integer)
  returns table (organization_id uuid, conversation_id uuid, due text)
  language sql stable security definer set search_path = public, pg_temp
  as $$ (select c.organization_id, c.id, 'live' from conversations c
          where c.live_until <= clock_now() order by c.live_until limit at_most)
        union all
        (select c.organization_id, c.id, 'end' from conversations c
          where c.ends_at <= clock_now() order by c.ends_at limit at_most) $$;

-- Live conversations one side of which is not there.
create function forsaken_conversations()
  returns table (organization_id uuid, conversation_id uuid, due text)
  language sql stable security definer set search_path = public, pg_temp
  as $$ select f.organization_id, f.id, f.due from (
          select c.organization_id, c.id, case
            when not exists (select from operator_slots s where s.organization_id = c.organization_id
              and s.operator_id = c.assignee_id and s.online and s.present) then 'operator_gone'
            when not is_connected(c.organization_id, 'contact', c.contact_id) then 'contact_gone' end as due
          from conversations c where c.live_since is not null) f
        where f.due is not null $$;

-- Operators with a free slot in organizations where somebody waits for one.
create function operators_with_room(at_most integer)
  returns table (organization_id uuid, operator_id uuid)
  language sql stable security definer set search_path = public, pg_temp
  as $$ select s.organization_id, s.operator_id from operator_slots s
        where s.free > 0 and (
          exists (select from conversations c where c.organization_id = s.organization_id and c.assignee_id is null and c.wants_live)
          or exists (select from conversations c where c.organization_id = s.organization_id
            and c.assignee_id = s.operator_id and c.wants_live))
        order by random() limit at_most $$;

-- A process that gave its lease back is gone at once; of one whose lease lapsed that is for the caller to say.
alter table processes add released boolean not null default false;

drop function sweep_processes();
-- Takes away processes that are gone – those named, and those that gave their lease back – and says what they leave behind.
create function sweep_processes(gone_ids uuid[])
  returns table (process_id uuid, lease_until timestamptz, organization_id uuid, subject_kind text, subject_id uuid)
  language plpgsql volatile security definer set search_path = public, pg_temp
  as $$
  begin
    return query
      with gone as (
        select p.id, p.lease_until from processes p
        where p.released or (p.id = any (gone_ids) and p.lease_until < clock_now()) for update skip locked
      ), left_behind as (
        select g.id, g.lease_until, r.organization_id, r.subject_kind, r.subject_id
        from gone g left join presence r on r.process_id = g.id
      ), removed as (
        delete from processes p using gone g where p.id = g.id
      )
      select l.id, l.lease_until, l.organization_id, l.subject_kind, l.subject_id from left_behind l;
  end $$;

do $$
declare
  signature regprocedure;
begin
  for signature in select p.oid::regprocedure from pg_proc p
    join pg_namespace n on n.oid = p.pronamespace
    where n.nspname = 'public' and not exists (
      select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
  loop
    execute format('revoke all on function %s from public', signature);
    execute format('grant execute on function %s to foyer_app', signature);
  end loop;
end $$;

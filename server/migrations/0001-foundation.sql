-- The foundation: tenancy, people, the conversation log, presence and jobs.
--
-- Runs as the owner of the database. The server itself works as foyer_app, for which row-level security holds: a query
-- without an organization sees nothing.

create extension if not exists btree_gin;
create extension if not exists pg_trgm;

do $$
begin
  if not exists (select from pg_roles where rolname = 'foyer_app') then
    create role foyer_app nologin;
  end if;
exception when duplicate_object then null; -- another database of this cluster was migrated at the same moment
end $$;
grant foyer_app to current_user;
grant usage on schema public to foyer_app;

-- One clock for every decision that two processes could take differently. Tests put one of their own in its place.
create function clock_now() returns timestamptz language sql volatile as 'select clock_timestamp()';

-- The organization this transaction works for; null when none was set. Read once per query (an initplan in the policies).
create function current_organization() returns uuid language sql stable parallel safe
  as $$ select nullif(current_setting('foyer.organization', true), '')::uuid $$;

-- One row: this database's life. A restore must give it a new epoch, so that clients ahead of it start afresh.
create table installation (
  only_row boolean primary key default true check (only_row),
  epoch uuid not null default gen_random_uuid(),
  -- Key for values that every process must be able to derive: the set-up link, badge tokens.
  secret bytea not null default decode(replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), 'hex'),
  created_at timestamptz not null default clock_timestamp()
);
insert into installation default values;

create table organizations (
  id uuid primary key,
  name text not null,
  sample_state text not null default 'absent' check (sample_state in ('absent', 'creating', 'present', 'removing')),
  sample_progress real not null default 0,
  created_at timestamptz not null default clock_now(),
  version integer not null default 1
);

create table operators (
  organization_id uuid not null references organizations (id) on delete cascade,
  id uuid not null,
  email text not null,
  name text not null,
  alias text,
  password_hash text,
  role text not null check (role in ('owner', 'admin', 'operator')),
  locale text not null default 'en',
  theme text not null default 'system' check (theme in ('system', 'light', 'dark')),
  shortcuts boolean not null default true,
  -- The switch. A first visit starts offline.
  online boolean not null default false,
  sample boolean not null default false,
  created_at timestamptz not null default clock_now(),
  deactivated_at timestamptz,
  version integer not null default 1,
  primary key (organization_id, id)
);
-- An address logs in to one organization: log-in does not ask for which.
create unique index operators_email on operators (lower(email));

create table sessions (
  organization_id uuid not null,
  id uuid not null,
  operator_id uuid not null,
  token_hash bytea not null unique,
  device text not null,
  created_at timestamptz not null default clock_now(),
  last_seen_at timestamptz not null default clock_now(),
  expires_at timestamptz not null,
  primary key (organization_id, id),
  foreign key (organization_id, operator_id) references operators on delete cascade
);
create index sessions_operator on sessions (organization_id, operator_id);

-- Shows a socket who it is, once and soon: a cookie alone opens no socket.
create table socket_tickets (
  token_hash bytea primary key,
  organization_id uuid not null,
  operator_id uuid not null,
  session_id uuid not null,
  expires_at timestamptz not null,
  foreign key (organization_id, session_id) references sessions on delete cascade
);

create table widgets (
  organization_id uuid not null references organizations (id) on delete cascade,
  id uuid not null,
  key text not null unique,
  name text not null,
  locale text not null default 'en',
  color text not null default '#3b5bdb' check (color ~ '^#[0-9a-f]{6}$'),
  allowed_sites text[] not null default '{}',
  created_at timestamptz not null default clock_now(),
  version integer not null default 1,
  primary key (organization_id, id)
);

create table contacts (
  organization_id uuid not null references organizations (id) on delete cascade,
  id uuid not null,
  name text,
  email text,
  locale text,
  sample boolean not null default false,
  created_at timestamptz not null default clock_now(),
  version integer not null default 1,
  search text not null generated always as (lower(coalesce(name, '') || ' ' || coalesce(email, ''))) stored,
  primary key (organization_id, id)
);
create index contacts_sample on contacts (organization_id, id) where sample;
create index contacts_search on contacts using gin (organization_id, search gin_trgm_ops);

-- One per address and channel. The website's address is the hash of the token that the messenger's frame made.
create table identities (
  organization_id uuid not null,
  id uuid not null,
  contact_id uuid not null,
  channel text not null,
  address_hash bytea not null,
  -- Hash of the token that may ask how much is unread, and nothing else.
  badge_hash bytea,
  created_at timestamptz not null default clock_now(),
  primary key (organization_id, id),
  foreign key (organization_id, contact_id) references contacts on delete cascade
);
create unique index identities_address on identities (channel, address_hash);
create unique index identities_badge on identities (badge_hash);
create index identities_contact on identities (organization_id, contact_id);

-- The head of a conversation: all that lists and decisions need. `seq` counts every change, `public_seq` those that the
-- contact may see. Watermarks are in the contact's numbering.
create table conversations (
  organization_id uuid not null references organizations (id) on delete cascade,
  id uuid not null,
  contact_id uuid not null,
  widget_id uuid not null,
  channel text not null,
  subject text,
  state text not null check (state in ('new', 'open', 'pending', 'ended')),
  assignee_id uuid,
  -- Whether an operator has ever written; tells NEW from OPEN when the contact takes it up again.
  answered boolean not null default false,
  seq bigint not null,
  public_seq bigint not null,
  created_at timestamptz not null,
  -- Moves with every entry and never backwards.
  last_at timestamptz not null,
  -- The same for what the contact may see.
  public_last_at timestamptz not null,
  waiting_since timestamptz,
  ended_at timestamptz,
  -- The order of inbox lists; see the contract's head.
  rank smallint not null,
  position double precision not null,
  preview_author text check (preview_author in ('contact', 'operator', 'system')),
  preview_text text,
  unread_operator integer not null default 0,
  unread_contact integer not null default 0,
  delivered_to_contact bigint not null default 0,
  read_by_contact bigint not null default 0,
  read_by_operator bigint not null default 0,
  primary key (organization_id, id),
  foreign key (organization_id, contact_id) references contacts,
  foreign key (organization_id, assignee_id) references operators,
  foreign key (organization_id, widget_id) references widgets
) with (fillfactor = 85);
create index conversations_mine on conversations (organization_id, assignee_id, rank, position, id)
  where assignee_id is not null and ended_at is null;
create index conversations_unassigned on conversations (organization_id, rank, position, id)
  where assignee_id is null and ended_at is null;
create index conversations_all on conversations (organization_id, last_at desc, id desc);
create index conversations_state on conversations (organization_id, state, last_at desc, id desc);
create index conversations_contact on conversations (organization_id, contact_id, public_last_at desc, id desc);

-- The log. An entry keeps the number that made it and the last that touched it, in both numberings.
create table entries (
  organization_id uuid not null,
  conversation_id uuid not null,
  seq bigint not null,
  changed_seq bigint not null,
  public_seq bigint,
  public_changed_seq bigint,
  id uuid not null,
  at timestamptz not null,
  kind text not null,
  actor_kind text not null check (actor_kind in ('operator', 'contact', 'bot', 'rule', 'api', 'system')),
  actor_id uuid,
  identity_id uuid,
  -- The channel's own id and time of a message that came from outside.
  provider_id text,
  provider_at timestamptz,
  language text,
  text text not null,
  body jsonb,
  -- Of what the creator sent under this id, so that the id cannot be used for something else.
  request_hash bytea not null,
  deleted_for_contact_at timestamptz,
  retention_class text not null default 'conversation',
  search tsvector not null generated always as (to_tsvector('simple', left(text, 20000))) stored,
  primary key (organization_id, conversation_id, seq),
  foreign key (organization_id, conversation_id) references conversations on delete cascade
);
create unique index entries_id on entries (organization_id, id);
create unique index entries_public on entries (organization_id, conversation_id, public_seq) where public_seq is not null;
-- What was touched after it was made is rare: these stay small.
create index entries_changed on entries (organization_id, conversation_id, changed_seq) where changed_seq > seq;
create index entries_public_changed on entries (organization_id, conversation_id, public_changed_seq)
  where public_changed_seq > public_seq;
create index entries_search on entries using gin (organization_id, search);

-- Running processes. A lease that lapsed means its process is gone, and with it what it knew.
create table processes (
  id uuid primary key,
  roles text not null,
  started_at timestamptz not null default clock_now(),
  lease_until timestamptz not null
);

-- Who is connected, through which process; written on connect and disconnect only.
create table presence (
  connection_id uuid primary key,
  process_id uuid not null references processes (id) on delete cascade,
  organization_id uuid not null references organizations (id) on delete cascade,
  subject_kind text not null check (subject_kind in ('operator', 'contact')),
  subject_id uuid not null,
  since timestamptz not null default clock_now()
);
create index presence_subject on presence (organization_id, subject_kind, subject_id);
create index presence_process on presence (process_id);

-- Work for later. A lane is worked in order, one job at a time; a lease that lapsed frees the job, and the fence keeps
-- its former holder from finishing it.
create table jobs (
  organization_id uuid not null references organizations (id) on delete cascade,
  id uuid not null,
  kind text not null,
  lane text,
  payload jsonb not null,
  due_at timestamptz not null,
  created_at timestamptz not null default clock_now(),
  attempts integer not null default 0,
  fence bigint not null default 0,
  holder uuid,
  lease_until timestamptz,
  -- Set when it failed for good: a person sees it and can retry.
  dead_at timestamptz,
  error text,
  ordinal bigint generated always as identity,
  primary key (organization_id, id)
);
create index jobs_due on jobs (due_at) where dead_at is null;
create index jobs_lane on jobs (organization_id, lane, ordinal) where lane is not null and dead_at is null;

-- Counters of the rate limiter; keys are hashes. A crash may forget them, so that counting waits for no disk.
create unlogged table rate_limits (
  key varchar(255) primary key,
  points integer not null default 0,
  -- In milliseconds since 1970.
  expire bigint not null
) with (fillfactor = 70);

-- Row-level security: every table with an organization shows only the current one.
do $$
declare
  table_name text;
begin
  foreach table_name in array array[
    'operators', 'sessions', 'socket_tickets', 'widgets', 'contacts', 'identities', 'conversations', 'entries',
    'presence', 'jobs'
  ] loop
    execute format('alter table %I enable row level security', table_name);
    execute format(
      'create policy organization on %I to foyer_app using (organization_id = (select current_organization())) '
      'with check (organization_id = (select current_organization()))', table_name);
    execute format('grant select, insert, update, delete on %I to foyer_app', table_name);
  end loop;
end $$;
alter table organizations enable row level security;
create policy organization on organizations to foyer_app using (id = (select current_organization()))
  with check (id = (select current_organization()));
grant select, insert, update on organizations to foyer_app;
grant select, insert, update, delete on processes, rate_limits to foyer_app;
grant select on installation to foyer_app;

-- ---------------------------------------------------------------------------------------------------------------------
-- The hot path. It applies what was decided, if the head is still as decided on; it holds no rule of its own.

create type entry_draft as (
  id uuid,
  kind text,
  actor_kind text,
  actor_id uuid,
  identity_id uuid,
  is_public boolean,
  text text,
  body jsonb,
  request_hash bytea
);

create type head_outcome as (
  state text,
  assignee_id uuid,
  rank smallint,
  -- Whether an answer is owed from now on: start, keep or stop.
  waiting text,
  -- Null leaves the preview as it is.
  preview_author text,
  unread_operator integer,
  unread_contact integer,
  -- Whether the author has thereby read and received all there was.
  read_by text
);

-- Records one entry and the head's change with it. Returns the new head, or no row when the head is not (any more) as
-- decided on. A second use of the entry's id aborts with a unique violation on entries_id.
create function record_entry(
  organization uuid, conversation uuid, decided_state text, decided_assignee uuid, draft entry_draft, outcome head_outcome
) returns setof conversations language plpgsql as $$
declare
  now_at timestamptz := clock_now();
  head conversations;
begin
  perform set_config('foyer.organization', organization::text, true);
  update conversations c set
    seq = c.seq + 1,
    public_seq = c.public_seq + draft.is_public::int,
    state = outcome.state,
    assignee_id = outcome.assignee_id,
    answered = c.answered or (draft.actor_kind = 'operator' and draft.kind = 'message'),
    last_at = greatest(now_at, c.last_at),
    public_last_at = case when draft.is_public then greatest(now_at, c.last_at) else c.public_last_at end,
    ended_at = case when outcome.state = 'ended' then greatest(now_at, c.last_at) end,
    waiting_since = case outcome.waiting
      when 'start' then coalesce(c.waiting_since, greatest(now_at, c.last_at))
      when 'keep' then c.waiting_since end,
    rank = outcome.rank,
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
    read_by_contact = case when outcome.read_by = 'contact' then c.public_seq + 1 else c.read_by_contact end,
    delivered_to_contact = case when outcome.read_by = 'contact' then c.public_seq + 1 else c.delivered_to_contact end
  where c.organization_id = organization and c.id = conversation
    and c.state = decided_state and c.assignee_id is not distinct from decided_assignee
  returning * into head;
  if not found then
    return;
  end if;
  insert into entries (
    organization_id, conversation_id, seq, changed_seq, public_seq, public_changed_seq, id, at, kind, actor_kind, actor_id,
    identity_id, text, body, request_hash)
  values (
    organization, conversation, head.seq, head.seq,
    case when draft.is_public then head.public_seq end, case when draft.is_public then head.public_seq end,
    draft.id, head.last_at, draft.kind, draft.actor_kind, draft.actor_id,
    draft.identity_id, draft.text, draft.body, draft.request_hash);
  return next head;
end $$;

-- Begins a conversation with its first message. Twins abort with a unique violation, as above.
create function begin_conversation(
  organization uuid, conversation uuid, contact uuid, widget uuid, channel_kind text, draft entry_draft, outcome head_outcome
) returns setof conversations language plpgsql as $$
declare
  now_at timestamptz := clock_now();
  head conversations;
begin
  perform set_config('foyer.organization', organization::text, true);
  insert into conversations (
    organization_id, id, contact_id, widget_id, channel, state, assignee_id, seq, public_seq, created_at, last_at,
    public_last_at, waiting_since, rank, position, preview_author, preview_text, unread_operator, read_by_contact, delivered_to_contact)
  values (
    organization, conversation, contact, widget, channel_kind, outcome.state, outcome.assignee_id, 1, 1, now_at, now_at,
    now_at, case when outcome.waiting = 'start' then now_at end, outcome.rank,
    case when outcome.waiting = 'start' then 1 else -1 end * extract(epoch from now_at),
    outcome.preview_author, left(draft.text, 160), outcome.unread_operator, 1, 1)
  returning * into head;
  insert into entries (
    organization_id, conversation_id, seq, changed_seq, public_seq, public_changed_seq, id, at, kind, actor_kind, actor_id,
    identity_id, text, body, request_hash)
  values (
    organization, conversation, 1, 1, 1, 1, draft.id, now_at, draft.kind, draft.actor_kind, draft.actor_id,
    draft.identity_id, draft.text, draft.body, draft.request_hash);
  return next head;
end $$;

-- How far the contact has received and read. Returns the new head, or no row when nothing moved.
create function mark_by_contact(organization uuid, conversation uuid, delivered bigint, read bigint)
  returns setof conversations language plpgsql as $$
begin
  perform set_config('foyer.organization', organization::text, true);
  return query update conversations c set
    seq = c.seq + 1,
    public_seq = c.public_seq + 1,
    delivered_to_contact = greatest(c.delivered_to_contact, least(greatest(delivered, read), c.public_seq)),
    read_by_contact = greatest(c.read_by_contact, least(read, c.public_seq)),
    unread_contact = case when read <= c.read_by_contact then c.unread_contact else (
      select count(*) from entries e where e.organization_id = organization and e.conversation_id = conversation
        and e.public_seq > read and e.kind = 'message' and e.actor_kind <> 'contact') end
  where c.organization_id = organization and c.id = conversation
    and (least(greatest(delivered, read), c.public_seq) > c.delivered_to_contact or least(read, c.public_seq) > c.read_by_contact)
  returning c.*;
end $$;

-- How far the assigned operator has read. Returns the new head, or no row when nothing moved or it is not theirs.
create function mark_by_operator(organization uuid, conversation uuid, operator uuid, read bigint)
  returns setof conversations language plpgsql as $$
begin
  perform set_config('foyer.organization', organization::text, true);
  return query update conversations c set
    seq = c.seq + 1,
    public_seq = c.public_seq + 1,
    read_by_operator = least(read, c.public_seq),
    unread_operator = (
      select count(*) from entries e where e.organization_id = organization and e.conversation_id = conversation
        and e.public_seq > read and e.kind = 'message' and e.actor_kind = 'contact')
  where c.organization_id = organization and c.id = conversation and c.assignee_id = operator
    and least(read, c.public_seq) > c.read_by_operator
  returning c.*;
end $$;

-- ---------------------------------------------------------------------------------------------------------------------
-- The closed list of functions that see more than one organization, because none is known yet or the matter is the
-- installation's. Each takes a secret or an address and gives back as little as will do.

create function organizations_exist() returns boolean
  language sql stable security definer set search_path = public, pg_temp
  as $$ select exists (select from organizations) $$;

create function operator_by_email(address text)
  returns table (organization_id uuid, operator_id uuid, password_hash text)
  language sql stable security definer set search_path = public, pg_temp
  as $$ select o.organization_id, o.id, o.password_hash from operators o
        where lower(o.email) = lower(address) and o.deactivated_at is null $$;

-- A session that lives: neither past its end nor idle for longer than allowed. `stale`: its last use is worth noting.
create function session_by_hash(hash bytea, idle interval)
  returns table (organization_id uuid, session_id uuid, operator_id uuid, role text, stale boolean)
  language sql stable security definer set search_path = public, pg_temp
  as $$ select s.organization_id, s.id, s.operator_id, o.role, s.last_seen_at < clock_now() - interval '1 minute'
        from sessions s join operators o on o.organization_id = s.organization_id and o.id = s.operator_id
        where s.token_hash = hash and o.deactivated_at is null
          and s.expires_at > clock_now() and s.last_seen_at > clock_now() - idle $$;

-- A ticket is used up by looking.
create function take_socket_ticket(hash bytea)
  returns table (organization_id uuid, session_id uuid, operator_id uuid, role text)
  language sql volatile security definer set search_path = public, pg_temp
  as $$ with taken as (delete from socket_tickets t where t.token_hash = hash returning t.*)
        select t.organization_id, t.session_id, t.operator_id, o.role
        from taken t
        join sessions s on s.organization_id = t.organization_id and s.id = t.session_id
        join operators o on o.organization_id = t.organization_id and o.id = t.operator_id
        where t.expires_at > clock_now() and s.expires_at > clock_now() and o.deactivated_at is null $$;

create function widget_by_key(widget_key text)
  returns table (organization_id uuid, widget_id uuid, allowed_sites text[])
  language sql stable security definer set search_path = public, pg_temp
  as $$ select w.organization_id, w.id, w.allowed_sites from widgets w where w.key = widget_key $$;

-- The widget that the demo's shop carries: the first there was. Its key is public.
create function demo_widget_key() returns text
  language sql stable security definer set search_path = public, pg_temp
  as $$ select w.key from widgets w order by w.created_at, w.id limit 1 $$;

create function identity_by_hash(channel_kind text, hash bytea)
  returns table (organization_id uuid, identity_id uuid, contact_id uuid)
  language sql stable security definer set search_path = public, pg_temp
  as $$ select i.organization_id, i.id, i.contact_id from identities i
        where i.channel = channel_kind and i.address_hash = hash $$;

create function unread_by_badge(hash bytea) returns bigint
  language sql stable security definer set search_path = public, pg_temp
  as $$ select coalesce(sum(c.unread_contact), 0)::bigint from identities i
        join conversations c on c.organization_id = i.organization_id and c.contact_id = i.contact_id
        where i.badge_hash = hash $$;

-- Leases due jobs to a worker. A job with a lane waits for every earlier one of its lane; a dead one does not block.
create function claim_jobs(worker uuid, kinds text[], how_many integer, lease interval)
  returns setof jobs
  language sql volatile security definer set search_path = public, pg_temp
  as $$
    update jobs j set holder = worker, lease_until = clock_now() + lease, fence = j.fence + 1, attempts = j.attempts + 1
    from (
      select d.organization_id, d.id from jobs d
      where d.dead_at is null and d.due_at <= clock_now() and d.kind = any (kinds)
        and (d.lease_until is null or d.lease_until <= clock_now())
        and (d.lane is null or not exists (
          select from jobs e where e.organization_id = d.organization_id and e.lane = d.lane
            and e.ordinal < d.ordinal and e.dead_at is null))
      order by d.due_at limit how_many for update skip locked
    ) due
    where j.organization_id = due.organization_id and j.id = due.id
    returning j.* $$;

-- When the next job is due, so that an idle worker sleeps until then.
create function next_job_due(kinds text[]) returns timestamptz
  language sql stable security definer set search_path = public, pg_temp
  as $$ select min(greatest(due_at, coalesce(lease_until, due_at))) from jobs where dead_at is null and kind = any (kinds) $$;

-- Takes away processes whose lease lapsed and says what they leave behind: who was connected through them.
create function sweep_processes()
  returns table (process_id uuid, lease_until timestamptz, organization_id uuid, subject_kind text, subject_id uuid)
  language plpgsql volatile security definer set search_path = public, pg_temp
  as $$
  begin
    return query
      with gone as (
        select p.id, p.lease_until from processes p where p.lease_until < clock_now() for update skip locked
      ), left_behind as (
        select g.id, g.lease_until, r.organization_id, r.subject_kind, r.subject_id
        from gone g left join presence r on r.process_id = g.id
      ), removed as (
        delete from processes p using gone g where p.id = g.id
      )
      select l.id, l.lease_until, l.organization_id, l.subject_kind, l.subject_id from left_behind l;
  end $$;

-- Conversations touched since a moment, for publishing again what a dead process may have left unsaid.
create function conversations_since(moment timestamptz, at_most integer)
  returns table (
    organization_id uuid, conversation_id uuid, seq bigint, public_seq bigint, contact_id uuid, assignee_id uuid)
  language sql stable security definer set search_path = public, pg_temp
  as $$ select r.organization_id, r.id, r.seq, r.public_seq, r.contact_id, r.assignee_id
        from organizations o cross join lateral (
          select c.* from conversations c
          where c.organization_id = o.id and c.last_at >= moment order by c.last_at desc, c.id desc limit at_most
        ) r $$;

create function sweep_sessions() returns void
  language sql volatile security definer set search_path = public, pg_temp
  as $$ delete from sessions where expires_at < clock_now();
        delete from socket_tickets where expires_at < clock_now() $$;

-- Conversations of the current organization in whose log all the words stand (or begin a word), or whose contact's name or
-- address holds them; newest first. Under row-level security the full-text operator cannot drive an index; here the
-- organization comes first. Words that stand in more entries than are worth sorting are looked for the other way round:
-- in the newest conversations, one after the other, until there are enough.
create function search_conversations(words text, at_most integer)
  returns table (conversation_id uuid)
  language plpgsql stable security definer set search_path = public, pg_temp
  set plan_cache_mode = force_custom_plan set enable_seqscan = off
  as $$
  declare
    organization uuid := current_organization();
    query tsquery := to_tsquery('simple', coalesce((
      select string_agg(quote_literal(replace(word, '\', '')) || ':*', ' & ')
      from regexp_split_to_table(btrim(words), '\s+') word where word ~ '[[:alnum:]]'), ''));
    pattern text := '%' || regexp_replace(lower(btrim(words)), '([\\%_])', '\\\1', 'g') || '%';
    said uuid[];
    named uuid[];
  begin
    said := array(
      select m.conversation_id from entries m where m.organization_id = organization and m.search @@ query limit 5001);
    named := array(
      select c.id from conversations c where c.organization_id = organization and c.contact_id in (
        select k.id from contacts k where k.organization_id = organization and k.search like pattern limit 500)
      limit 5000);
    if cardinality(said) <= 5000 then
      return query select c.id from conversations c
        where c.organization_id = organization and c.id = any (said || named)
        order by c.last_at desc, c.id desc limit at_most;
    else
      return query select newest.id from (
          select c.id, c.last_at from conversations c where c.organization_id = organization
          order by c.last_at desc, c.id desc limit 20000) newest
        where newest.id = any (named) or exists (
          select from entries m where m.organization_id = organization and m.conversation_id = newest.id
            and m.search @@ query)
        order by newest.last_at desc, newest.id desc limit at_most;
    end if;
  end $$;

-- A contact and everything of theirs, for good. Every table with a contact's or a conversation's key is named here.
create function erase_contact(organization uuid, contact uuid) returns void
  language plpgsql volatile as $$
begin
  perform set_config('foyer.organization', organization::text, true);
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
  -- Nothing of ours is open to every role of a shared cluster.
  for signature in select p.oid::regprocedure from pg_proc p
    join pg_namespace n on n.oid = p.pronamespace
    where n.nspname = 'public' and not exists (
      select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
  loop
    execute format('revoke all on function %s from public', signature);
    execute format('grant execute on function %s to foyer_app', signature);
  end loop;
end $$;

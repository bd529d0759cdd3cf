-- Automatic messages: what a widget says by itself stands in the conversation's log, as entries of a kind of author of its own.

-- When the contact was last told that nobody is there.
alter table contacts add away_told_at timestamptz;

alter table entries drop constraint entries_actor_kind_check;
alter table entries add constraint entries_actor_kind_check
  check (actor_kind in ('operator', 'contact', 'bot', 'rule', 'api', 'system', 'automatic')) not valid;
alter table entries validate constraint entries_actor_kind_check;

-- What comes by itself is no answer: it is not counted as unread.
create or replace function mark_by_contact(organization uuid, conversation uuid, delivered bigint, read bigint)
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
        and e.public_seq > read and e.kind = 'message' and e.actor_kind not in ('contact', 'automatic')) end
  where c.organization_id = organization and c.id = conversation
    and (least(greatest(delivered, read), c.public_seq) > c.delivered_to_contact or least(read, c.public_seq) > c.read_by_contact)
  returning c.*;
end $$;

-- Begins a conversation under the welcome that its contact read before writing: that is then the first entry, and what
-- follows moves down by one.
create function begin_welcomed(
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
  insert into entries (
    organization_id, conversation_id, seq, changed_seq, public_seq, public_changed_seq, id, at, kind, actor_kind, text,
    request_hash, session)
  values (organization, conversation, 1, 1, 1, 1, welcome_id, head.last_at, 'message', 'automatic', welcome,
    sha256(uuid_send(welcome_id)), case when head.live_since is null then 'later' else 'live' end);
  return query update conversations c set seq = c.seq + 1, public_seq = c.public_seq + 1,
      read_by_contact = c.read_by_contact + 1, delivered_to_contact = c.delivered_to_contact + 1
    where c.organization_id = organization and c.id = conversation returning c.*;
end $$;

-- Records that nobody is there, as record_entry does, unless the contact was told within a day. No row: they were, or the
-- head is not as decided on.
create function record_away(
  organization uuid, conversation uuid, decided head_decided, draft entry_draft, outcome head_outcome
) returns setof conversations language plpgsql as $$
declare
  contact uuid;
begin
  perform set_config('foyer.organization', organization::text, true);
  select c.contact_id into contact from conversations c
    where c.organization_id = organization and c.id = conversation
      and c.state = decided.state and c.assignee_id is not distinct from decided.assignee_id
      and c.group_id is not distinct from decided.group_id and (c.live_since is not null) = decided.is_live
    for update;
  if not found then
    return;
  end if;
  update contacts k set away_told_at = clock_now()
    where k.organization_id = organization and k.id = contact
      and (k.away_told_at is null or k.away_told_at <= clock_now() - interval '24 hours');
  if not found then
    return;
  end if;
  return query select * from record_entry(organization, conversation, decided, draft, outcome);
end $$;

do $$
declare
  signature regprocedure;
begin
  for signature in select p.oid::regprocedure from pg_proc p
    join pg_namespace n on n.oid = p.pronamespace
    where n.nspname = 'public' and p.proname in ('begin_welcomed', 'record_away')
  loop
    execute format('revoke all on function %s from public', signature);
    execute format('grant execute on function %s to foyer_app', signature);
  end loop;
end $$;

-- Notes: entries of a conversation's log that its contact never receives. They take a number of the operators' count only,
-- so that no gap shows in the contact's.

-- Adds a note. Returns the head, or no row when there is no such conversation; a second use of the id aborts with a unique
-- violation on entries_id.
create function record_note(organization uuid, conversation uuid, note uuid, author uuid, said text, about jsonb, hash bytea)
  returns setof conversations language plpgsql as $$
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
  return next head;
end $$;

-- Changes or empties a note of its author's. Returns the head, or no row when it is not theirs or is deleted already.
create function change_note(organization uuid, conversation uuid, note uuid, author uuid, said text, about jsonb)
  returns setof conversations language plpgsql as $$
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
  return next head;
end $$;

do $$
declare
  signature regprocedure;
begin
  for signature in select p.oid::regprocedure from pg_proc p
    join pg_namespace n on n.oid = p.pronamespace
    where n.nspname = 'public' and p.proname in ('record_note', 'change_note')
  loop
    execute format('revoke all on function %s from public', signature);
    execute format('grant execute on function %s to foyer_app', signature);
  end loop;
end $$;

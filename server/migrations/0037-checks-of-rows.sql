-- One check a table that calls a function, in place of seven that say the same. PostgreSQL reads a check from its text each
-- time a statement begins, and a call is short; what the function says is read once a connection. Both tables are held for a
-- moment only: what stands in them was checked by the checks that go. The next migration looks at it again, holding nobody.

-- What holds for each conversation.
create function conversation_holds(c conversations) returns boolean language plpgsql immutable parallel safe as $$
begin
  return c.state in ('new', 'open', 'pending', 'ended')
    and (c.preview_author is null or c.preview_author in ('contact', 'operator', 'system'))
    and (c.handed_note is null or length(c.handed_note) <= 160)
    and (c.live_since is null) = (c.live_until is null)
    -- Whoever is live has somebody, and has not ended.
    and (c.live_since is null or (c.assignee_id is not null and c.state <> 'ended'));
end $$;

-- What holds for each entry.
create function entry_holds(actor_kind text, session text) returns boolean language plpgsql immutable parallel safe as $$
begin
  return actor_kind in ('operator', 'contact', 'bot', 'rule', 'api', 'system', 'automatic')
    and (session is null or session in ('live', 'later'));
end $$;

do $$
declare
  signature regprocedure;
begin
  for signature in select p.oid::regprocedure from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where n.nspname = 'public' and p.proname in ('conversation_holds', 'entry_holds')
  loop
    execute format('revoke all on function %s from public', signature);
    execute format('grant execute on function %s to foyer_app', signature);
  end loop;
end $$;

alter table conversations
  add constraint conversations_holds check (conversation_holds(conversations)) not valid,
  drop constraint conversations_handed_note_check,
  drop constraint conversations_live,
  drop constraint conversations_live_until,
  drop constraint conversations_preview_author_check,
  drop constraint conversations_state_check;
alter table entries
  add constraint entries_holds check (entry_holds(actor_kind, session)) not valid,
  drop constraint entries_actor_kind_check,
  drop constraint entries_session_check;

-- When the last message of a conversation was, beside its last change: what a row of a list tells.

alter table conversations add column message_at timestamptz;
update conversations c set message_at = coalesce(
  (select e.at from entries e where e.organization_id = c.organization_id and e.conversation_id = c.id
    and e.kind = 'message' and e.actor_kind in ('contact', 'operator') order by e.seq desc limit 1), c.last_at);

-- Every message that a row shows changes it or, said twice, counts as unread on the other side; nothing else does either. A
-- trigger, so that whatever writes a head keeps it, also the build before this one.
create function note_message() returns trigger language plpgsql as $$
begin
  new.message_at := new.last_at;
  return new;
end $$;
create trigger note_first_message before insert on conversations for each row when (new.message_at is null)
  execute function note_message();
create trigger note_message before update on conversations for each row
  when (new.seq > old.seq and (
    new.preview_text is distinct from old.preview_text or new.preview_author is distinct from old.preview_author
    or new.unread_operator > old.unread_operator or new.unread_contact > old.unread_contact))
  execute function note_message();

do $$
begin
  revoke all on function note_message() from public;
  grant execute on function note_message() to foyer_app;
end $$;

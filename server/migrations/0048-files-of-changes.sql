-- Files and what becomes of messages: erased, a message takes its files along; where the last one of a conversation goes, its
-- preview says of the one before it whether it brings files.

create or replace function change_entry(
  organization uuid, conversation uuid, entry uuid,
  what text, said text, about jsonb, marked jsonb, is_deleted boolean, is_public boolean
) returns setof conversations language plpgsql as $$
declare
  head conversations;
  before entries;
  after entries;
  is_gone boolean;
  last record;
begin
  perform set_config('foyer.organization', organization::text, true);
  select * into head from conversations c where c.organization_id = organization and c.id = conversation for update;
  select * into before from entries e
    where e.organization_id = organization and e.conversation_id = conversation and e.id = entry;
  if before.id is null then
    return;
  end if;
  update entries e set
    changed_seq = head.seq + 1,
    public_changed_seq = case when is_public then head.public_seq + 1 else e.public_changed_seq end,
    kind = what, text = said, body = about, marks = marked,
    deleted_for_contact_at = case when is_deleted then coalesce(e.deleted_for_contact_at, clock_now()) end,
    -- Of what was erased not even a print is left by which a guess could be told right.
    request_hash = case when what <> e.kind then sha256(uuid_send(gen_random_uuid())) else e.request_hash end
  where e.organization_id = organization and e.conversation_id = conversation and e.seq = before.seq
  returning * into after;

  is_gone := before.kind = 'message' and before.deleted_for_contact_at is null
    and (after.kind <> 'message' or after.deleted_for_contact_at is not null);
  if is_gone then
    -- The head shows the last message that both sides can read.
    select e.actor_kind, left(e.text, 160) as text, e.body->'files' is not null as has_files into last from entries e
      where e.organization_id = organization and e.conversation_id = conversation and e.kind = 'message'
        and e.deleted_for_contact_at is null and e.actor_kind in ('contact', 'operator')
      order by e.seq desc limit 1;
    update conversations c set
      seq = c.seq + 1,
      public_seq = c.public_seq + is_public::int,
      preview_author = last.actor_kind,
      preview_text = last.text,
      files_at = case when last.has_files then c.message_at end,
      unread_contact = greatest(0, c.unread_contact - (
        before.actor_kind not in ('contact', 'automatic') and before.public_seq > c.read_by_contact)::int),
      unread_operator = greatest(0, c.unread_operator - (
        before.actor_kind = 'contact' and before.public_seq > c.read_by_operator)::int)
    where c.organization_id = organization and c.id = conversation returning * into head;
  else
    update conversations c set seq = c.seq + 1, public_seq = c.public_seq + is_public::int
      where c.organization_id = organization and c.id = conversation returning * into head;
  end if;
  perform after_entry_change(head, before, after);
  return query select * from conversations c where c.organization_id = organization and c.id = conversation;
end $$;

-- As before; the files of what is erased go, and with their rows their bytes.
create or replace function after_entry_change(head conversations, before entries, after entries) returns void language plpgsql as $$
begin
  if after.kind = 'note' then
    perform after_note_change(head, after.id, after.actor_id, after.text, after.body);
  elsif after.kind <> before.kind then
    -- Nothing is left to tell, nor of what was sent with it.
    delete from notifications n where n.organization_id = head.organization_id and n.conversation_id = head.id
      and n.entry_id = after.id;
    delete from files f where f.organization_id = head.organization_id and f.conversation_id = head.id
      and f.entry_id = after.id;
  elsif after.marks ? 'erasure' and before.marks->'erasure' is null and head.assignee_id is not null then
    perform notify(head.organization_id, head.id, after.id, null, 'erasure_asked', array[head.assignee_id]);
  end if;
end $$;

-- Which parts of an upload have arrived is what lies in the storage: nothing is written here for each of them any more.
comment on column files.received is 'Written by builds before this one.';

-- Whose an upload is, by the secret of a contact who may not be known yet; with what the widget takes that it comes through.
create function upload_of_token(file uuid, hash bytea) returns table (upload files, media jsonb)
  language sql stable security definer set search_path = public, pg_temp as $$
  select f, w.media from files f left join widgets w on w.organization_id = f.organization_id and w.id = f.widget_id
  where f.token_hash = hash and f.id = file limit 1
$$;
drop function file_of_token(uuid, bytea);
revoke all on function upload_of_token(uuid, bytea) from public;
grant execute on function upload_of_token(uuid, bytea) to foyer_app;

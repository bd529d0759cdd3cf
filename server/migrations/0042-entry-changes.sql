-- What was said can change: an operator deletes a message for its contact, a contact has one erased, somebody reacts. All of
-- it, and what changes of notes, goes through the log by one function.

-- What was done to an entry after it was said, where anything was: by whom it was deleted for the contact, that its contact
-- asked for its erasure, reactions.
alter table entries add column marks jsonb;

alter table notifications
  drop constraint notifications_kind_check,
  add constraint notifications_kind_check
    check (kind in ('mentioned', 'assigned', 'given_to_group', 'taken', 'erasure_asked'));

-- For so long a message waits in the browser of the operator who sends it, and can be taken back.
alter table operators add column undo_seconds smallint not null default 0 check (undo_seconds between 0 and 30);

-- Takes a change of an entry through the log: under its conversation's lock it gets the next numbers, publicly too where its
-- contact sees that it changed. What was decided of it is given whole. Order and times of the conversation stay.
create function change_entry(
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
    select e.actor_kind, left(e.text, 160) as text into last from entries e
      where e.organization_id = organization and e.conversation_id = conversation and e.kind = 'message'
        and e.deleted_for_contact_at is null and e.actor_kind in ('contact', 'operator')
      order by e.seq desc limit 1;
    update conversations c set
      seq = c.seq + 1,
      public_seq = c.public_seq + is_public::int,
      preview_author = last.actor_kind,
      preview_text = last.text,
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

-- What a changed entry sets off, under the lock of its conversation and in the transaction that changed it.
create function after_entry_change(head conversations, before entries, after entries) returns void language plpgsql as $$
begin
  if after.kind = 'note' then
    perform after_note_change(head, after.id, after.actor_id, after.text, after.body);
  elsif after.kind <> before.kind then
    -- Nothing is left to tell.
    delete from notifications n where n.organization_id = head.organization_id and n.conversation_id = head.id
      and n.entry_id = after.id;
  elsif after.marks ? 'erasure' and before.marks->'erasure' is null and head.assignee_id is not null then
    perform notify(head.organization_id, head.id, after.id, null, 'erasure_asked', array[head.assignee_id]);
  end if;
end $$;

-- For builds before this one.
create or replace function change_note(organization uuid, conversation uuid, note uuid, author uuid, said text, about jsonb)
  returns setof conversations language plpgsql as $$
begin
  perform set_config('foyer.organization', organization::text, true);
  perform from conversations c where c.organization_id = organization and c.id = conversation for update;
  if not exists (select from entries e where e.organization_id = organization and e.conversation_id = conversation
    and e.id = note and e.kind = 'note' and e.actor_id = author and e.body->>'event' = 'note')
  then
    return;
  end if;
  return query select * from change_entry(organization, conversation, note, 'note', said, about, null, false, false);
end $$;

-- As before; what was deleted for the contact is not unread.
create or replace function mark_by_contact(organization uuid, conversation uuid, delivered bigint, read bigint)
  returns setof conversations language plpgsql as $$
begin
  perform set_config('foyer.organization', organization::text, true);
  perform from conversations c where c.organization_id = organization and c.id = conversation
    and (least(greatest(delivered, read), c.public_seq) > c.delivered_to_contact or least(read, c.public_seq) > c.read_by_contact)
    for update;
  if not found then
    return;
  end if;
  return query update conversations c set
    seq = c.seq + 1,
    public_seq = c.public_seq + 1,
    delivered_to_contact = greatest(c.delivered_to_contact, least(greatest(delivered, read), c.public_seq)),
    read_by_contact = greatest(c.read_by_contact, least(read, c.public_seq)),
    unread_contact = case when read <= c.read_by_contact then c.unread_contact else (
      select count(*) from entries e where e.organization_id = organization and e.conversation_id = conversation
        and e.public_seq > read and e.kind = 'message' and e.deleted_for_contact_at is null
        and e.actor_kind not in ('contact', 'automatic')) end
  where c.organization_id = organization and c.id = conversation
  returning c.*;
end $$;

-- Who may delete what colleagues wrote: whoever leads. What built-in roles may do until somebody changes it.
create or replace function seed_roles(organization uuid) returns void language sql as $$
  insert into roles (organization_id, id, kind, rights)
  select organization, gen_random_uuid(), kind, rights from (values
    ('owner', '{}'::text[]),
    ('manager', array['conversations.take_over', 'conversations.assign_others', 'messages.delete_others', 'contacts.block',
      'team.read', 'team.manage', 'roles.manage', 'widgets.manage', 'mail.read', 'samples.manage']),
    ('admin', array['conversations.take_over', 'conversations.assign_others', 'messages.delete_others', 'contacts.block',
      'team.read', 'team.manage', 'widgets.manage', 'mail.read', 'samples.manage']),
    ('analyst', array['team.read']),
    ('operator', array['conversations.take_over', 'conversations.assign_others', 'contacts.block'])
  ) as built_in (kind, rights) $$;
update roles set rights = rights || '{messages.delete_others}', version = version + 1
  where kind in ('manager', 'admin') and not 'messages.delete_others' = any (rights);

do $$
declare
  signature regprocedure;
begin
  for signature in select p.oid::regprocedure from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where n.nspname = 'public' and p.proname in ('change_entry', 'after_entry_change')
  loop
    execute format('revoke all on function %s from public', signature);
    execute format('grant execute on function %s to foyer_app', signature);
  end loop;
end $$;

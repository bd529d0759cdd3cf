-- Drafts: what an operator has written in a conversation and not sent, so that it waits for them on every device.

create table drafts (
  organization_id uuid not null,
  operator_id uuid not null,
  conversation_id uuid not null,
  kind text not null check (kind in ('message', 'note')),
  text text not null check (char_length(text) between 1 and 20000),
  -- Greater with every change, also over a removal: microseconds since 1970.
  version bigint not null,
  primary key (organization_id, operator_id, conversation_id, kind),
  foreign key (organization_id, operator_id) references operators on delete cascade,
  foreign key (organization_id, conversation_id) references conversations on delete cascade
) with (fillfactor = 70);
create index drafts_conversation on drafts (organization_id, conversation_id);
alter table drafts enable row level security;
create policy organization on drafts to foyer_app using (organization_id = (select current_organization()))
  with check (organization_id = (select current_organization()));
grant select, insert, update, delete on drafts to foyer_app;

-- What is sent is no draft any more. It may have been kept while it was shorter; what was begun after it stays.
create function forget_draft() returns trigger language plpgsql as $$
begin
  delete from drafts d where d.organization_id = new.organization_id and d.operator_id = new.actor_id
    and d.conversation_id = new.conversation_id and d.kind = new.kind
    and starts_with(btrim(new.text, E' \t\r\n'), btrim(d.text, E' \t\r\n'));
  return null;
end $$;
create trigger forget_draft after insert on entries for each row
  when (new.kind in ('message', 'note') and new.actor_kind = 'operator')
  execute function forget_draft();

-- Nobody reads on what somebody who has left did not send.
create function forget_drafts_of_leaver() returns trigger language plpgsql as $$
begin
  delete from drafts d where d.organization_id = new.organization_id and d.operator_id = new.id;
  return null;
end $$;
create trigger forget_drafts_of_leaver after update of deactivated_at on operators for each row
  when (new.deactivated_at is not null)
  execute function forget_drafts_of_leaver();

create or replace function erase_contact(organization uuid, contact uuid) returns void
  language plpgsql volatile as $$
begin
  perform set_config('foyer.organization', organization::text, true);
  delete from mail_links where organization_id = organization and contact_id = contact;
  delete from mails where organization_id = organization and contact_id = contact;
  delete from unread_mails u using conversations c
    where u.organization_id = organization and c.organization_id = organization
      and u.conversation_id = c.id and c.contact_id = contact;
  delete from follow_ups f using conversations c
    where f.organization_id = organization and c.organization_id = organization
      and f.conversation_id = c.id and c.contact_id = contact;
  delete from notifications n using conversations c
    where n.organization_id = organization and c.organization_id = organization
      and n.conversation_id = c.id and c.contact_id = contact;
  delete from drafts d using conversations c
    where d.organization_id = organization and c.organization_id = organization
      and d.conversation_id = c.id and c.contact_id = contact;
  delete from entries e using conversations c
    where e.organization_id = organization and c.organization_id = organization
      and e.conversation_id = c.id and c.contact_id = contact;
  delete from conversations where organization_id = organization and contact_id = contact;
  delete from presence where organization_id = organization and subject_kind = 'contact' and subject_id = contact;
  delete from contact_blocks where organization_id = organization and contact_id = contact;
  delete from parted_identities where organization_id = organization and contact_id = contact;
  delete from identities where organization_id = organization and contact_id = contact;
  delete from contacts where organization_id = organization and id = contact;
end $$;

do $$
declare
  signature regprocedure;
begin
  for signature in select p.oid::regprocedure from pg_proc p
    join pg_namespace n on n.oid = p.pronamespace
    where n.nspname = 'public' and p.proname in ('forget_draft', 'forget_drafts_of_leaver')
  loop
    execute format('revoke all on function %s from public', signature);
    execute format('grant execute on function %s to foyer_app', signature);
  end loop;
end $$;

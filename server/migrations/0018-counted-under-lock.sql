-- Counting what is unread while a message comes. An update that waited for the row takes its newest version, but goes on
-- seeing other tables as they were when it began: the message that it waited for was in the log and not counted. The row is
-- held first; what is counted is then what there is.
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
        and e.public_seq > read and e.kind = 'message' and e.actor_kind not in ('contact', 'automatic')) end
  where c.organization_id = organization and c.id = conversation
  returning c.*;
end $$;

create or replace function mark_by_operator(organization uuid, conversation uuid, operator uuid, read bigint)
  returns setof conversations language plpgsql as $$
begin
  perform set_config('foyer.organization', organization::text, true);
  perform from conversations c where c.organization_id = organization and c.id = conversation
    and c.assignee_id = operator and least(read, c.public_seq) > c.read_by_operator for update;
  if not found then
    return;
  end if;
  return query update conversations c set
    seq = c.seq + 1,
    public_seq = c.public_seq + 1,
    read_by_operator = least(read, c.public_seq),
    unread_operator = (
      select count(*) from entries e where e.organization_id = organization and e.conversation_id = conversation
        and e.public_seq > read and e.kind = 'message' and e.actor_kind = 'contact')
  where c.organization_id = organization and c.id = conversation
  returning c.*;
end $$;

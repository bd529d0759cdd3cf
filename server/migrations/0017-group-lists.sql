-- The list of a group: what was given to it and nobody has, in the order of attention.
create index conversations_group on conversations (organization_id, group_id, rank, position, id)
  where assignee_id is null and ended_at is null and group_id is not null;

-- Running conversations of operators who no longer work here; they go back to where everybody finds them.
create function left_conversations(at_most integer)
  returns table (organization_id uuid, conversation_id uuid, operator_id uuid)
  language sql stable security definer set search_path = public, pg_temp
  as $$ select c.organization_id, c.id, o.id from operators o
        join conversations c on c.organization_id = o.organization_id and c.assignee_id = o.id and c.ended_at is null
        where o.deactivated_at is not null and not o.sample limit at_most $$;
create index operators_left on operators (organization_id, id) where deactivated_at is not null;

do $$
begin
  revoke all on function left_conversations(integer) from public;
  grant execute on function left_conversations(integer) to foyer_app;
end $$;

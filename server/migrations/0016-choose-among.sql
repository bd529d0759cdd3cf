-- Who is chosen for what only some may get: looked for among those, not among everybody who has a slot free.

-- Those among whom a conversation's operator is to be looked for, if they are few; null: they are many, or everybody. Of
-- skills the rarest counts; whether somebody has all of them is for `serves` to say.
create function few_to_choose_among(organization uuid, widget uuid, in_group uuid, at_most integer) returns uuid[]
  language plpgsql stable as $$
declare
  mode text;
  of_group uuid;
  among uuid[];
begin
  if in_group is null then
    select w.routing, w.group_id into mode, of_group from widgets w where w.organization_id = organization and w.id = widget;
  else
    mode := 'group';
    of_group := in_group;
  end if;
  if mode = 'group' and of_group is not null then
    among := array(select m.operator_id from group_members m
      where m.organization_id = organization and m.group_id = of_group limit at_most + 1);
  elsif mode = 'choice' then
    among := array(select m.operator_id from widget_groups g
      join group_members m on m.organization_id = g.organization_id and m.group_id = g.group_id
      where g.organization_id = organization and g.widget_id = widget limit at_most + 1);
  elsif mode = 'skills' then
    select holders.ids into among from widget_skills k
      cross join lateral (select array(select s.operator_id from operator_skills s
        where s.organization_id = organization and s.skill_id = k.skill_id limit at_most + 1) as ids) holders
      where k.organization_id = organization and k.widget_id = widget
      order by cardinality(holders.ids) limit 1;
  end if;
  return case when cardinality(among) <= at_most then among end;
end $$;

create or replace function choose_operator(organization uuid, widget uuid, in_group uuid, preferred uuid) returns uuid
  language plpgsql stable as $$
declare
  chosen uuid;
  among uuid[];
begin
  if preferred is null and in_group is null then
    select w.operator_id into preferred from widgets w
      where w.organization_id = organization and w.id = widget and w.routing = 'operator';
  end if;
  if preferred is not null then
    select s.operator_id into chosen from operator_slots s
      where s.organization_id = organization and s.operator_id = preferred and s.free > 0
        and serves(organization, widget, in_group, preferred);
    if found then
      return chosen;
    end if;
  end if;
  -- Of few, each is looked at; among many, whoever may have it is soon met in the order in which they are chosen.
  among := few_to_choose_among(organization, widget, in_group, 500);
  if among is null then
    select s.operator_id into chosen from operator_slots s
      where s.organization_id = organization and s.free > 0 and serves(organization, widget, in_group, s.operator_id)
      order by s.free desc, s.last_live_at, s.operator_id limit 1;
  else
    -- Materialized, or the planner may walk everybody's order for the first of them after all; in order, so that `serves` is
    -- asked of no more than it must.
    with near as materialized (
      select s.operator_id from operator_slots s
      where s.organization_id = organization and s.operator_id = any (among) and s.free > 0
      order by s.free desc, s.last_live_at, s.operator_id)
    select n.operator_id into chosen from near n where serves(organization, widget, in_group, n.operator_id) limit 1;
  end if;
  return chosen;
end $$;

do $$
declare
  signature regprocedure := 'few_to_choose_among(uuid, uuid, uuid, integer)'::regprocedure;
begin
  execute format('revoke all on function %s from public', signature);
  execute format('grant execute on function %s to foyer_app', signature);
end $$;

-- A search goes through the parts of the index, newest first, until it has a page.

create type search_hit as (last_at timestamptz, id uuid, seq bigint);

-- Conversations whose contact's name and address hold all the words, newest first. Where many contacts do, the conversations
-- are looked through instead: then one in a few hundred is theirs.
create function search_named(organization uuid, words text, in_state text, before_at timestamptz, before_id uuid, at_most integer)
  returns search_hit[] language plpgsql stable as $$
  declare
    patterns text[] := search_patterns(search_fold(words));
    -- The index is asked for the longest, which leaves the fewest.
    longest text := (select p from unnest(patterns) p order by length(p) desc limit 1);
    contacts uuid[];
  begin
    if cardinality(patterns) = 0 then
      return '{}';
    end if;
    contacts := array(select k.id from contacts k
      where k.organization_id = organization and k.words like longest and k.words like all (patterns) limit 2001);
    if cardinality(contacts) <= 2000 then
      return array(select row(c.last_at, c.id, null)::search_hit from conversations c
        where c.organization_id = organization and c.contact_id = any (contacts)
          and (c.last_at, c.id) < (before_at, before_id) and (in_state is null or c.state = in_state)
        order by c.last_at desc, c.id desc limit at_most);
    end if;
    return array(select row(c.last_at, c.id, null)::search_hit from (
        select c.last_at, c.id, c.contact_id from conversations c
        where c.organization_id = organization and (c.last_at, c.id) < (before_at, before_id)
          and (in_state is null or c.state = in_state)
        order by c.last_at desc, c.id desc) c
      where exists (select from contacts k where k.organization_id = organization and k.id = c.contact_id and k.words like all (patterns))
      limit at_most);
  end $$;

-- The next page of conversations in which something was said that holds all the words, or whose contact is named so, newest
-- activity first, with the newest entry that holds them. What comes is exact: a page is complete once no conversation that
-- has gone on since can have its words in an older part.
create function search_conversations(words text, in_state text, before_at timestamptz, before_id uuid, at_most integer)
  returns table (conversation_id uuid, seq bigint)
  language plpgsql stable security definer set search_path = public, pg_temp
  set plan_cache_mode = force_generic_plan set enable_seqscan = off set jit = off
  as $$
  declare
    organization uuid := current_organization();
    template text := search_template(words);
    part record;
    query tsquery;
    hits search_hit[];
    floor search_hit;
    looked integer := 0;
    next_look integer := 1;
    newer integer;
    carried uuid[];
  begin
    if template = '' then
      return;
    end if;
    hits := search_named(organization, words, in_state, before_at, before_id, at_most);
    for part in select p.place, p.number, max(coalesce(p.until_at, 'infinity')) over older as older_until
        from search_parts p where p.organization_id = organization and p.from_at <= before_at
        window older as (order by p.place rows between unbounded preceding and 1 preceding)
        order by p.place desc
    loop
      query := replace(template, E'\x01', search_prefix(part.number))::tsquery;
      hits := array(select row(h.last_at, h.id, max(h.seq))::search_hit from (
          select c.last_at, c.id, said.seq from (
            select r.conversation_id, max(r.seq) as seq from search_rows r
              where r.words @@ query and r.organization_id = organization group by r.conversation_id) said
            join conversations c on c.organization_id = organization and c.id = said.conversation_id
            where (c.last_at, c.id) < (before_at, before_id) and (in_state is null or c.state = in_state)
          union all select u.last_at, u.id, u.seq from unnest(hits) u) h
        group by h.last_at, h.id order by h.last_at desc, h.id desc limit at_most);
      looked := looked + 1;
      continue when looked < next_look or cardinality(hits) < at_most or part.older_until is null;
      next_look := looked * 2;
      -- Whether few enough conversations are as new as the page's last to look at each that may have its words further back.
      floor := hits[at_most];
      select count(*), array_agg(n.id) filter (where n.created_at <= part.older_until) into newer, carried from (
        select c.id, c.created_at from conversations c where c.organization_id = organization
          and (c.last_at, c.id) < (before_at, before_id) and (c.last_at, c.id) >= (floor.last_at, floor.id)
          and (in_state is null or c.state = in_state)
        order by c.last_at desc, c.id desc limit 3001) n;
      continue when newer > 3000;
      hits := array(select row(h.last_at, h.id, max(h.seq))::search_hit from (
          select c.last_at, c.id, said.seq from unnest(carried) k
            join conversations c on c.organization_id = organization and c.id = k
            cross join lateral (select r.seq from search_rows r
              where r.organization_id = organization and r.conversation_id = c.id and r.part < part.place
                and r.words @@ (select replace(template, E'\x01', search_prefix(p.number))::tsquery from search_parts p
                  where p.organization_id = organization and p.place = r.part)
              order by r.seq desc limit 1) said
            where k <> all (array(select u.id from unnest(hits) u where u.seq is not null))
          union all select u.last_at, u.id, u.seq from unnest(hits) u) h
        group by h.last_at, h.id order by h.last_at desc, h.id desc limit at_most);
      exit;
    end loop;
    return query select h.id, h.seq from unnest(hits) h order by h.last_at desc, h.id desc;
  end $$;
revoke execute on function search_conversations(text, text, timestamptz, uuid, integer) from public;
grant execute on function search_conversations(text, text, timestamptz, uuid, integer) to foyer_app;

-- As the build before asks for it.
create or replace function search_conversations(words text, at_most integer) returns table (conversation_id uuid)
  language sql stable security definer set search_path = public, pg_temp
  as $$ select s.conversation_id from search_conversations(words, null, 'infinity', 'ffffffff-ffff-ffff-ffff-ffffffffffff', at_most) s $$;

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
  delete from search_left l using conversations c
    where l.organization_id = organization and c.organization_id = organization
      and l.conversation_id = c.id and c.contact_id = contact;
  delete from search_rows r using conversations c
    where r.organization_id = organization and c.organization_id = organization
      and r.conversation_id = c.id and c.contact_id = contact;
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

-- What the index takes the place of.
alter table entries drop column search;
alter table contacts drop column search;

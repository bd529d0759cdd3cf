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

-- The newest of what was found before and of some conversations more, each once and with its newest entry.
create function search_merge(organization uuid, hits search_hit[], ids uuid[], seqs bigint[], in_state text, before_at timestamptz,
  before_id uuid, at_most integer) returns search_hit[] language plpgsql stable as $$
  begin
    return array(select row(h.last_at, h.id, max(h.seq))::search_hit from (
        select c.last_at, c.id, said.seq from unnest(ids, seqs) as said (id, seq)
          join conversations c on c.organization_id = organization and c.id = said.id
          where (c.last_at, c.id) < (before_at, before_id) and (in_state is null or c.state = in_state)
        union all select u.last_at, u.id, u.seq from unnest(hits) u) h
      group by h.last_at, h.id order by h.last_at desc, h.id desc limit at_most);
  end $$;

-- The next page of conversations in which something was said that holds all the words, or whose contact is named so, newest
-- activity first, with the newest entry that holds them. What comes is exact: a page is complete once no conversation that
-- has gone on since can have its words in an older part. Plans are made for any values: how many a word finds is not known
-- before, and an index is right for each step.
create function search_conversations(words text, in_state text, before_at timestamptz, before_id uuid, at_most integer)
  returns table (conversation_id uuid, seq bigint)
  language plpgsql stable security definer set search_path = public, pg_temp
  set plan_cache_mode = force_generic_plan set jit = off
  set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off
  as $$
  declare
    organization uuid := current_organization();
    template text := search_template(words);
    part record;
    query tsquery;
    ids uuid[];
    seqs bigint[];
    hits search_hit[];
    floor search_hit;
    looked integer := 0;
    next_look integer := 1;
    newer integer;
    carried uuid[];
    first_place integer;
    queries tsquery[];
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
      select array_agg(said.conversation_id), array_agg(said.seq) into ids, seqs from (
        select r.conversation_id, max(r.seq) as seq from search_rows r
        where r.words @@ query and r.organization_id = organization group by r.conversation_id) said;
      if ids is not null then
        hits := search_merge(organization, hits, ids, seqs, in_state, before_at, before_id, at_most);
      end if;
      looked := looked + 1;
      continue when looked < next_look or cardinality(hits) < at_most or part.older_until is null;
      next_look := looked * 2;
      -- Whether few enough conversations are as new as the page's last to look at each that may have its words further back.
      floor := hits[at_most];
      select count(*), array_agg(n.id) filter (where n.created_at <= part.older_until) into newer, carried from (
        select c.id, c.created_at from conversations c where c.organization_id = organization
          and (c.last_at, c.id) < (before_at, before_id) and (c.last_at, c.id) >= (floor.last_at, floor.id)
          and (in_state is null or c.state = in_state)
        order by c.last_at desc, c.id desc limit 2001) n;
      continue when newer > 2000;
      select min(p.place), array_agg(replace(template, E'\x01', search_prefix(p.number))::tsquery order by p.place)
        into first_place, queries from search_parts p where p.organization_id = organization and p.place < part.place;
      select array_agg(k), array_agg(said.seq) into ids, seqs from unnest(carried) k
        cross join lateral (select r.seq from search_rows r
          where r.organization_id = organization and r.conversation_id = k and r.part < part.place
            and r.words @@ queries[r.part - first_place + 1]
          order by r.seq desc limit 1) said
        where k <> all (array(select u.id from unnest(hits) u where u.seq is not null));
      if ids is not null then
        hits := search_merge(organization, hits, ids, seqs, in_state, before_at, before_id, at_most);
      end if;
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

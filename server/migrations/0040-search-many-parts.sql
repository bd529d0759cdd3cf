-- A search that ten million entries do not slow down: five hundred parts, of which a rare word needs all.

-- Conversations whose contact's name and address hold all the words, newest first. The newest conversations are looked
-- through first: a name that many have fills a page with them, and of one that few have the index knows all. Where too many
-- have it for that, the conversations are looked through further: then one in a few hundred is theirs.
create or replace function search_named(organization uuid, words text, in_state text, before_at timestamptz, before_id uuid,
  at_most integer) returns search_hit[] language plpgsql stable as $$
  declare
    patterns text[] := search_patterns(search_fold(words));
    reach integer := 500;
    hits search_hit[];
    contacts uuid[];
  begin
    if cardinality(patterns) = 0 then
      return '{}';
    end if;
    loop
      hits := array(select row(c.last_at, c.id, null)::search_hit from (
          select c.last_at, c.id, c.contact_id, c.state from conversations c
          where c.organization_id = organization and (c.last_at, c.id) < (before_at, before_id)
          order by c.last_at desc, c.id desc limit reach) c
        where (in_state is null or c.state = in_state) and exists (select from contacts k where k.organization_id = organization and k.id = c.contact_id and k.words like all (patterns))
        limit at_most);
      if reach is null or cardinality(hits) = at_most then
        return hits;
      end if;
      -- Each pattern by itself, as the index reads them: the rarest of their trigrams then leads.
      execute 'select array(select k.id from contacts k where k.organization_id = $1'
        || (select string_agg(format(' and k.words like %L', p), '') from unnest(patterns) p) || ' limit 2001)'
        into contacts using organization;
      if cardinality(contacts) <= 2000 then
        return array(select row(c.last_at, c.id, null)::search_hit from conversations c
          where c.organization_id = organization and c.contact_id = any (contacts)
            and (c.last_at, c.id) < (before_at, before_id) and (in_state is null or c.state = in_state)
          order by c.last_at desc, c.id desc limit at_most);
      end if;
      reach := null;
    end loop;
  end $$;

-- Which of the words (each as a template) is in the fewest rows of a part, if it is in few: to ask the index for it alone and
-- look whether the others stand there too is then less than to collect all places of a common one.
create function search_leader(organization uuid, units text[], number bigint) returns text language plpgsql stable as $$
  declare
    few constant integer := 200;
    leader text;
    least_found integer := few;
    found integer;
    unit text;
    query tsquery;
  begin
    foreach unit in array units loop
      query := search_among(unit, array[search_prefix(number)]);
      select count(*) into found from (select from search_rows r
        where r.words @@ query and r.organization_id = organization
        limit least_found) r;
      if found < least_found then
        leader := unit;
        least_found := found;
      end if;
    end loop;
    return leader;
  end $$;

-- A template for some parts: what holds it in any of them.
create function search_among(template text, prefixes text[]) returns tsquery language sql immutable strict parallel safe as $$
  select string_agg('(' || replace(template, E'\x01', p) || ')', ' | ')::tsquery from unnest(prefixes) p
$$;

-- The next page of conversations in which something was said that holds all the words, or whose contact is named so, newest
-- activity first, with the newest entry that holds them. What comes is exact: a page is complete once no conversation that
-- has gone on since can have its words in an older part. Of a word that is in few rows several parts are asked at once, more
-- each time. Plans are made for any values: how many a word finds is not known before, and an index is right for each step.
create or replace function search_conversations(words text, in_state text, before_at timestamptz, before_id uuid, at_most integer)
  returns table (conversation_id uuid, seq bigint)
  language plpgsql stable security definer set search_path = public, pg_temp
  set plan_cache_mode = force_generic_plan set jit = off
  set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off
  as $$
  declare
    organization uuid := current_organization();
    template text := search_template(words);
    units text[] := string_to_array(template, ' & ');
    -- Newest first.
    places integer[];
    numbers bigint[];
    prefixes text[];
    older_until timestamptz[];
    looked integer := 0;
    upto integer;
    leader text;
    query tsquery;
    lead tsquery;
    ids uuid[];
    seqs bigint[];
    hits search_hit[];
    floor search_hit;
    -- Rows that held the leader, in what was asked last, and those that held all, in all parts.
    led integer := 0;
    held integer := 0;
    -- What was asked so far, in rows; a part costs about ten more.
    spent integer := 0;
    next_look integer := 1;
    newer integer;
    price bigint;
    carried uuid[];
    first_place integer;
    queries tsquery[];
  begin
    if template = '' then
      return;
    end if;
    hits := search_named(organization, words, in_state, before_at, before_id, at_most);
    select array_agg(p.place), array_agg(p.number), array_agg(search_prefix(p.number)), array_agg(p.older_until)
      into places, numbers, prefixes, older_until from (
        select p.place, p.number, max(coalesce(p.until_at, 'infinity'))
            over (order by p.place rows between unbounded preceding and 1 preceding) as older_until
          from search_parts p where p.organization_id = organization and p.from_at <= before_at
          order by p.place desc) p;
    while looked < coalesce(cardinality(places), 0) loop
      if leader is null then
        upto := looked + 1;
        query := search_among(template, prefixes[upto:upto]);
        select array_agg(said.conversation_id), array_agg(said.seq), coalesce(sum(said.count), 0) into ids, seqs, led from (
          select r.conversation_id, max(r.seq) as seq, count(*) from search_rows r
          where r.words @@ query and r.organization_id = organization group by r.conversation_id) said;
        held := held + led;
      else
        -- So many that a few hundred rows are to be expected.
        upto := least(looked + least(looked, 16, greatest(1, 500 / (led + 1))), cardinality(places));
        query := search_among(template, prefixes[looked + 1:upto]);
        lead := search_among(leader, prefixes[looked + 1:upto]);
        select array_agg(said.conversation_id) filter (where said.seq > 0), array_agg(said.seq) filter (where said.seq > 0),
            coalesce(sum(said.count), 0) / (upto - looked), held + coalesce(sum(said.full), 0) into ids, seqs, led, held from (
          select r.conversation_id, max(r.seq) filter (where r.holds) as seq, count(*), count(*) filter (where r.holds) as full
          from (select r.conversation_id, r.seq, ts_match_vq(r.words, query) as holds from search_rows r
            where r.words @@ lead and r.organization_id = organization offset 0) r
          group by r.conversation_id) said;
      end if;
      spent := spent + (upto - looked) * (led + 10);
      looked := upto;
      if ids is not null then
        hits := search_merge(organization, hits, ids, seqs, in_state, before_at, before_id, at_most);
      end if;
      continue when looked < next_look or older_until[looked] is null;
      next_look := looked * 2;
      if cardinality(hits) = at_most then
        -- Whether few enough conversations are as new as the page's last to look at each that may have its words further
        -- back: from its end until an entry holds them, of which one in so many does. It may cost what was spent: whichever
        -- way is better, about twice its work is done.
        floor := hits[at_most];
        select count(*), array_agg(n.id) filter (where n.may),
            coalesce(sum(least(n.seq, 1 + looked * search_part_size() / (held + 1))) filter (where n.may), 0)
          into newer, carried, price from (
            select c.id, c.seq, c.created_at <= older_until[looked]
                and c.id <> all (array(select u.id from unnest(hits) u where u.seq is not null)) as may
              from conversations c where c.organization_id = organization
                and (c.last_at, c.id) < (before_at, before_id) and (c.last_at, c.id) >= (floor.last_at, floor.id)
                and (in_state is null or c.state = in_state)
              order by c.last_at desc, c.id desc limit 1001) n;
        if newer <= 1000 and price <= greatest(5000, spent) then
          exit when carried is null;
          select min(p.place), array_agg(replace(template, E'\x01', search_prefix(p.number))::tsquery order by p.place)
            into first_place, queries from search_parts p where p.organization_id = organization and p.place < places[looked];
          select array_agg(k), array_agg(said.seq) into ids, seqs from unnest(carried) k
            cross join lateral (select r.seq from search_rows r
              where r.organization_id = organization and r.conversation_id = k and r.part < places[looked]
                and r.words @@ queries[r.part - first_place + 1]
              order by r.seq desc limit 1) said;
          if ids is not null then
            hits := search_merge(organization, hits, ids, seqs, in_state, before_at, before_id, at_most);
          end if;
          exit;
        end if;
      end if;
      leader := search_leader(organization, units, numbers[looked]);
    end loop;
    return query select h.id, h.seq from unnest(hits) h order by h.last_at desc, h.id desc;
  end $$;

-- A word that stands again and again in a search is looked for once.

-- All of these words, or beginnings of words: each once, without those that begin another, and no more than make a search
-- narrower. Signs between letters make one word many, with a place in the text for each; where they are too many, they
-- are words of their own.
create function words_query(words text) returns tsquery language plpgsql immutable set search_path = public, pg_temp
  as $$
  declare
    made tsquery := '';
    splitter text;
  begin
    foreach splitter in array array['\s+', '[^[:alnum:]]+'] loop
      with given as (
        select lower(replace(word, '\', '')) as word, min(place) as place
        from regexp_split_to_table(btrim(words), splitter) with ordinality as split (word, place)
        where word ~ '[[:alnum:]]' group by 1),
      telling as (
        select g.word from given g
        where not exists (select from given other where other.word <> g.word and starts_with(other.word, g.word))
        order by g.place limit 12)
      select to_tsquery('simple', coalesce(string_agg(quote_literal(t.word) || ':*', ' & '), '')) into made from telling t;
      exit when numnode(made) <= 50;
    end loop;
    return made;
  end $$;

create or replace function search_conversations(words text, at_most integer)
  returns table (conversation_id uuid)
  language plpgsql stable security definer set search_path = public, pg_temp
  set plan_cache_mode = force_custom_plan set enable_seqscan = off
  as $$
  declare
    organization uuid := current_organization();
    query tsquery := words_query(words);
    pattern text := '%' || regexp_replace(lower(btrim(words)), '([\\%_])', '\\\1', 'g') || '%';
    said uuid[];
    named uuid[];
  begin
    said := array(
      select m.conversation_id from entries m where m.organization_id = organization and m.search @@ query limit 5001);
    named := array(
      select c.id from conversations c where c.organization_id = organization and c.contact_id in (
        select k.id from contacts k where k.organization_id = organization and k.search like pattern limit 500)
      limit 5000);
    if cardinality(said) <= 5000 then
      return query select c.id from conversations c
        where c.organization_id = organization and c.id = any (said || named)
        order by c.last_at desc, c.id desc limit at_most;
    else
      return query select newest.id from (
          select c.id, c.last_at from conversations c where c.organization_id = organization
          order by c.last_at desc, c.id desc limit 20000) newest
        where newest.id = any (named) or exists (
          select from entries m where m.organization_id = organization and m.conversation_id = newest.id
            and m.search @@ query)
        order by newest.last_at desc, newest.id desc limit at_most;
    end if;
  end $$;

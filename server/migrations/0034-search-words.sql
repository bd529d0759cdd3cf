-- What words are for a search: of a text, and of what is looked for. Both go through the same functions, so that neither
-- case nor accents, nor how signs are composed, nor what stands between the parts of a number keeps them apart.

-- A text without what two ways of writing the same may differ in: compatible forms (NFKC), case, accents and vowel points,
-- ß and ss, dashes and apostrophes, digits of other scripts. What it does to one sign does not depend on its neighbours.
create function search_fold(given text) returns text language plpgsql immutable strict parallel safe as $$
  declare
    made text := lower(given);
  begin
    if octet_length(made) = length(made) then
      return made;
    end if;
    made := lower(regexp_replace(normalize(made, NFKD),
      '[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u00ad\u200b-\u200f\u2060\ufeff\ufe0e\ufe0f\u20d0-\u20ff]+', '', 'g'));
    if octet_length(made) = length(made) then
      return made;
    end if;
    if made ~ '[ßẞæœþłøđðıςىةٱ٠-٩۰-۹०-९‐-―−‘-‟«»ʼ]' then
      made := replace(replace(replace(replace(translate(made,
        'ẞłøđðıςىةٱ٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹०१२३४५६७८९‐‑‒–—−’‘ʼ„“”«»',
        E'ßloddiσيها012345678901234567890123456789------\'\'\'"""""'),
        'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th');
    end if;
    return normalize(made, NFC);
  end $$;

-- Signs of scripts that put no spaces between words, as a regular expression's class has them: Thai, Lao, Myanmar, Khmer,
-- Japanese, Chinese.
create function search_unspaced() returns text language sql immutable parallel safe
  return '\u0e01-\u0e7f\u0e81-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3041-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff';

-- The words of a folded text in their order. Where a script has no spaces, each two signs that stand together are a word,
-- and so is the last sign: any part is then found by what it begins with and goes on with.
create function search_tokens(folded text) returns text[] language plpgsql immutable strict parallel safe as $$
  declare
    unspaced text := '[' || search_unspaced() || ']';
  begin
    if octet_length(folded) = length(folded) or folded !~ unspaced then
      return array_remove(regexp_split_to_array(folded, '[^[:alnum:]]+'), '');
    end if;
    return array(
      select word || coalesce(case when is_unspaced then lead(word) over (partition by nth order by place) end, '')
      from (select run, nth, run ~ ('^' || unspaced) as is_unspaced
        from regexp_split_to_table(regexp_replace(folded, '(' || unspaced || '+)', ' \1 ', 'g'),
          '[^[:alnum:]' || search_unspaced() || ']+') with ordinality as split (run, nth)
        where run <> ''
        -- Looked at before it is taken apart, so that the whole does not go with each of its signs.
        offset 0) runs
      cross join lateral string_to_table(run, case when not is_unspaced then '' end) with ordinality as sign (word, place)
      order by nth, place);
  end $$;

-- What a folded text may be looked for by beside its words: parts joined that signs keep apart (AB-1234, it's).
create function search_joined(folded text) returns setof text language sql immutable strict parallel safe as $$
  select distinct left(array_to_string(parts[place:place + 3], ''), 64)
    from regexp_matches(folded, '[[:alnum:]]+(?:[^[:alnum:][:space:]]+[[:alnum:]]+)+', 'g') as chunk
    cross join lateral regexp_split_to_array(chunk[1], '[^[:alnum:]]+') as parts
    cross join lateral generate_series(1, least(cardinality(parts) - 1, 20)) as place
    where chunk[1] !~ ('[' || search_unspaced() || ']')
$$;

-- Numbers of seven digits or more, whatever stands between the digits: as which words they are kept, and asked for. The
-- first asked for may also begin one. A telephone number is found in its other spelling: an international one is kept also
-- as it is dialled at home, a country having one to three digits (+33 6 … as 0 6 …), and one that is written so is kept with
-- an n in place of its zero, for those who ask in the international spelling: two countries' numbers stay apart.
create function search_numbers(folded text) returns table (written text, kept text[], asked text[])
  language sql immutable strict parallel safe as $$
  select m.written,
    case when m.written ~ '^(\+|00)' then array[m.bare, m.digits, '0' || substr(m.bare, 2), '0' || substr(m.bare, 3), '0' || substr(m.bare, 4)]
      when m.digits like '0%' then array[m.digits, m.bare, 'n' || m.bare]
      else array[m.digits] end,
    case when m.written ~ '^(\+|00)' then array[m.bare, 'n' || substr(m.bare, 2), 'n' || substr(m.bare, 3), 'n' || substr(m.bare, 4)]
      when m.digits like '0%' then array[m.digits, m.bare]
      else array[m.digits, '0' || m.digits] end
    from (
      select number[1] as written, regexp_replace(number[1], '\(0\)|[^0-9]', '', 'g') as digits,
        ltrim(regexp_replace(number[1], '\(0\)|[^0-9]', '', 'g'), '0') as bare
      from regexp_matches(folded, '(?<![[:alnum:]./@_-])(\+?[0-9](?:(?:\(0\)|[ ()./-]){0,3}[0-9]){6,19})(?![[:alnum:]])', 'g') as number) m
$$;

-- The words of a folded text with an index's letters before each. Behind letters the parser takes no number or address for
-- one, and finds words as the expression does.
create function search_vector(prefix text, folded text) returns tsvector language sql immutable strict parallel safe
  return to_tsvector('simple', replace(
    regexp_replace(' ' || folded, ' *[^[:alnum:] ][^[:alnum:]]*|  +', ' ', 'g'), ' ', ' ' || prefix));

-- The words of a text as its row in the index has them, each behind the letters of its part of the index.
create function search_document(prefix text, given text) returns tsvector language plpgsql immutable strict parallel safe as $$
  declare
    folded text := search_fold(left(given, 20000));
    made tsvector;
  begin
    if octet_length(folded) = length(folded) or folded !~ ('[' || search_unspaced() || ']') then
      if length(folded) > 2000 then
        -- What is longer than the parser takes is no word to look for.
        folded := regexp_replace(folded, '([[:alnum:]]{255})[[:alnum:]]+', '\1', 'g');
      end if;
      made := search_vector(prefix, folded);
    else
      made := coalesce((select string_agg(prefix || left(word, 500) || ':' || least(nth, 16383), ' ')
        from unnest(search_tokens(folded)) with ordinality as token (word, nth)), '')::tsvector;
    end if;
    if folded ~ '[[:alnum:]][^[:alnum:][:space:]]+[[:alnum:]]+[^[:alnum:][:space:]]+[[:alnum:]]' then
      made := made || array_to_tsvector(array(select prefix || word from search_joined(folded) as word));
    elsif folded ~ '[[:alnum:]][^[:alnum:][:space:]]+[[:alnum:]]' then
      -- The same where no more than two parts stand together, and quicker.
      made := made || strip(search_vector(prefix,
        regexp_replace(folded, '(?<=[[:alnum:]])[^[:alnum:][:space:]]+(?=[[:alnum:]])', '', 'g')));
    end if;
    -- The number behind letters, as in AB1234.
    if folded ~ '[[:alpha:]][0-9]{2}' then
      made := made || array_to_tsvector(array(
        select distinct prefix || behind[1] from regexp_matches(folded, '[[:alpha:]]([0-9]{2,}[[:alnum:]]{0,40})', 'g') as behind));
    end if;
    if folded ~ '[0-9](?:[^[:alnum:]]{0,3}[0-9]){6}' then
      made := made || array_to_tsvector(array(
        select distinct prefix || form from search_numbers(folded) n cross join lateral unnest(n.kept) as form));
    end if;
    return made;
  end $$;

-- What is looked for, as a tsquery is written, with "prefix" (one sign that no word has) before each word; empty where
-- there is no word. All must stand in one text: each a word or its beginning, each once and without those that begin
-- another, what is quoted as it stands. Of more than twelve the first count.
create function search_template(words text, prefix text default E'\x01') returns text
  language plpgsql immutable strict parallel safe as $$
  declare
    rest text := search_fold(left(btrim(words), 200));
    singles text[] := '{}';
    units text[] := '{}';
    tokens text[];
    forms text[];
    chunk text;
    unit text;
  begin
    for chunk in select quoted[1] from regexp_matches(rest, '"([^"]+)"', 'g') as quoted loop
      tokens := search_tokens(chunk);
      if cardinality(tokens) > 0 then
        units := units || search_phrase(tokens[:24], prefix, false);
        rest := replace(rest, '"' || chunk || '"', ' ');
      end if;
    end loop;
    for chunk, forms in select n.written, n.asked from search_numbers(rest) n loop
      unit := '''' || prefix || forms[1] || ''':* | ''' || prefix || array_to_string(forms[2:], ''' | ''' || prefix) || '''';
      units := units || ('(' || unit || ' | ' || search_phrase(search_tokens(chunk), prefix, true) || ')');
      rest := replace(rest, chunk, ' ');
    end loop;
    for chunk in select c from regexp_split_to_table(rest, '\s+') as c loop
      tokens := search_tokens(chunk);
      if tokens[1] = all (tokens) then
        singles := singles || tokens[1];
      elsif cardinality(tokens) > 1 then
        unit := search_phrase(tokens[:12], prefix, true);
        if chunk !~ ('[' || search_unspaced() || ']') then
          unit := '(' || unit || ' | ''' || prefix || left(array_to_string(tokens[:4], ''), 64) || ''':*)';
        end if;
        units := units || unit;
      end if;
    end loop;
    return coalesce((select string_agg(u.part, ' & ') from (
      select min(nth) as nth, part from (
        select nth, '''' || prefix || word || ''':*' as part from unnest(singles) with ordinality as s (word, nth)
          where not exists (select from unnest(singles) as other (word) where other.word <> s.word and starts_with(other.word, s.word))
        union all
        select nth, part from unnest(units) with ordinality as c (part, nth)) p
      group by part order by 1, 2 limit 12) u), '');
  end $$;

-- Words that follow one another; the last of them may only begin one. The last sign of a script without spaces is given
-- where it stands alone: before it the two that end with it say so already.
create function search_phrase(tokens text[], prefix text, is_begun boolean) returns text
  language sql immutable strict parallel safe as $$
  select '(' || string_agg('''' || prefix || word || '''' ||
      case when nth = last and (is_begun or word ~ ('^[' || search_unspaced() || ']')) then ':*' else '' end, ' <-> ' order by nth) || ')'
    from (select word, nth, max(nth) over () as last from unnest(tokens) with ordinality as t (word, nth)
      where not (nth > 1 and nth = cardinality(tokens) and length(word) = 1 and word ~ ('^[' || search_unspaced() || ']')
        and tokens[nth::int - 1] ~ ('^[' || search_unspaced() || '].'))) kept
$$;

-- What is looked for, without an index's part before its words.
create or replace function words_query(words text) returns tsquery language sql immutable set search_path = public, pg_temp
  return search_template(words, '')::tsquery;

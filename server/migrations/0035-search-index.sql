-- The index of what was said, in parts. A part holds what was written in a stretch of time, and each of its words stands in
-- one common GIN index behind the letters of the part: the words of a part lie together, so that a search reads the newest
-- part, then the one before, until it has a page, and a write touches the newest alone.

create table search_parts (
  organization_id uuid not null references organizations on delete cascade,
  -- Greater in what is newer.
  place integer not null,
  number bigint not null generated always as identity,
  -- The oldest and the newest time of what it holds; while it is written in, the newest is not known.
  from_at timestamptz not null,
  until_at timestamptz,
  -- About how many rows it has.
  size integer not null default 0,
  primary key (organization_id, place)
) with (fillfactor = 70);
alter table search_parts enable row level security;
create policy organization on search_parts to foyer_app using (organization_id = (select current_organization()))
  with check (organization_id = (select current_organization()));
grant select, insert, update, delete on search_parts to foyer_app;

create table search_rows (
  organization_id uuid not null,
  conversation_id uuid not null,
  seq bigint not null,
  part integer not null,
  words tsvector not null,
  primary key (organization_id, conversation_id, seq)
);
-- No list of what is pending: each search would read it once a part.
create index search_rows_words on search_rows using gin (words) with (fastupdate = off);
alter table search_rows enable row level security;
create policy organization on search_rows to foyer_app using (organization_id = (select current_organization()))
  with check (organization_id = (select current_organization()));
grant select, insert, update, delete on search_rows to foyer_app;

-- How far what was there before the index has been taken in, newest first; no row where all is in it.
create table search_progress (
  organization_id uuid primary key references organizations on delete cascade,
  before_at timestamptz not null default 'infinity',
  before_id uuid not null default 'ffffffff-ffff-ffff-ffff-ffffffffffff',
  after_contact uuid not null default '00000000-0000-0000-0000-000000000000',
  contacts_done boolean not null default false
);
alter table search_progress enable row level security;
create policy organization on search_progress to foyer_app using (organization_id = (select current_organization()))
  with check (organization_id = (select current_organization()));
grant select, insert, update, delete on search_progress to foyer_app;
insert into search_progress (organization_id) select id from organizations;

-- Conversations of which what is below a number is still to be taken in, wherever they stand now.
create table search_left (
  organization_id uuid not null,
  conversation_id uuid not null,
  below_seq bigint not null,
  primary key (organization_id, conversation_id)
);
alter table search_left enable row level security;
create policy organization on search_left to foyer_app using (organization_id = (select current_organization()))
  with check (organization_id = (select current_organization()));
grant select, insert, update, delete on search_left to foyer_app;

-- The letters of a part: its number with the letters a to y as digits, and z at the end, so that none begins another.
create function search_prefix(number bigint) returns text language plpgsql immutable strict parallel safe as $$
  declare
    rest bigint := number;
    made text := 'z';
  begin
    loop
      made := chr((97 + rest % 25)::integer) || made;
      rest := rest / 25;
      exit when rest = 0;
    end loop;
    return made;
  end $$;

-- About how many rows a part has: a search for a common word reads one part, one for a rare word all.
create function search_part_size() returns integer language sql immutable parallel safe return 20000;

-- Takes in what a conversation says below a number, newest first, so many entries and about as many signs as ten of the
-- longest have, but for what is there already. Answers the price (an entry, or five hundred signs), the number below which
-- there may be more (null: nothing), how many rows it made, and of which times.
create function search_take_in(into_part search_parts, conversation uuid, below bigint, at_most integer)
  returns table (price integer, rest bigint, made integer, from_at timestamptz, until_at timestamptz) language sql as $$
  with newest as (
    select e.seq, e.at, e.text, sum(length(e.text)) over (order by e.seq desc) - length(e.text) as before from (
      select * from entries e where e.organization_id = into_part.organization_id
        and e.conversation_id = conversation and e.seq < below and e.text <> '' order by e.seq desc limit at_most) e),
  given as materialized (select seq, at, text, before from newest where before < 200000),
  taken as (
    insert into search_rows (organization_id, conversation_id, seq, part, words)
    select into_part.organization_id, conversation, g.seq, into_part.place, search_document(search_prefix(into_part.number), g.text)
      from given g on conflict do nothing returning seq)
  select count(*)::integer + coalesce(max(g.before) / 500, 0)::integer,
    case when count(*) = at_most or count(*) < (select count(*) from newest) then min(g.seq) end,
    (select count(*) from taken)::integer, min(g.at), max(g.at) from given g
$$;

-- Every entry is in the index with the write that makes it.
create function search_entry() returns trigger language plpgsql as $$
  declare
    newest search_parts;
  begin
    if tg_op = 'UPDATE' and old.text <> '' then
      -- A welcome that comes before what was written moves it down; a note changes.
      update search_rows r set seq = new.seq,
          words = case when new.text = old.text then r.words else search_document(search_prefix(p.number), new.text) end
        from search_parts p
        where r.organization_id = old.organization_id and r.conversation_id = old.conversation_id and r.seq = old.seq
          and p.organization_id = r.organization_id and p.place = r.part;
      return null;
    end if;
    select * into newest from search_parts p where p.organization_id = new.organization_id order by p.place desc limit 1;
    if not found then
      insert into search_parts (organization_id, place, from_at) values (new.organization_id, 0, new.at) on conflict do nothing;
      select * into newest from search_parts p where p.organization_id = new.organization_id order by p.place desc limit 1;
    end if;
    insert into search_rows (organization_id, conversation_id, seq, part, words) values (
      new.organization_id, new.conversation_id, new.seq, newest.place, search_document(search_prefix(newest.number), new.text));
    if new.at < newest.from_at then
      update search_parts p set from_at = least(p.from_at, new.at)
        where p.organization_id = new.organization_id and p.place = newest.place;
    end if;
    -- With its new time a conversation may have left the stretch that is still to be taken in.
    if new.seq > 1 and exists (select from search_progress g where g.organization_id = new.organization_id)
      and not exists (select from search_rows r
        where r.organization_id = new.organization_id and r.conversation_id = new.conversation_id and r.seq < new.seq)
    then
      insert into search_left values (new.organization_id, new.conversation_id, new.seq) on conflict do nothing;
    end if;
    -- Ids are random: one in so many counts for all, so that writes do not wait for one another.
    if get_byte(uuid_send(new.id), 15) = 0 then
      update search_parts p set size = p.size + 256, until_at = case when p.size + 256 >= search_part_size() then
          clock_now() + interval '1 minute' end
        where (p.organization_id, p.place) in (select q.organization_id, q.place from search_parts q
          where q.organization_id = new.organization_id and q.place = newest.place for update skip locked)
        returning * into newest;
      if newest.until_at is not null then
        insert into search_parts (organization_id, place, from_at) values (new.organization_id, newest.place + 1, new.at)
          on conflict do nothing;
      end if;
    end if;
    return null;
  end $$;
create trigger search_entry after insert or update of text, seq on entries for each row when (new.text <> '')
  execute function search_entry();

create function search_entry_gone() returns trigger language plpgsql as $$
  begin
    delete from search_rows r
      where r.organization_id = old.organization_id and r.conversation_id = old.conversation_id and r.seq = old.seq;
    return null;
  end $$;
create trigger search_entry_gone after delete on entries for each row execute function search_entry_gone();
create trigger search_entry_emptied after update of text on entries for each row when (new.text = '' and old.text <> '')
  execute function search_entry_gone();

-- Contacts are found by any part of their names and addresses: trigrams, which come from whole words or from three signs of
-- them. Signs of scripts without spaces are words of their own here. Null while it is not taken in.
alter table contacts add column words text;
create index contacts_words on contacts using gin (organization_id, words gin_trgm_ops);

create function search_names(given text) returns text language sql immutable strict parallel safe
  return ' ' || array_to_string(regexp_split_to_array(regexp_replace(search_fold(given), '([' || search_unspaced() || '])', ' \1 ', 'g'),
    '[^[:alnum:]' || search_unspaced() || ']+'), ' ') || ' ';

create function search_contact() returns trigger language plpgsql as $$
  begin
    new.words := search_names(concat_ws(' ', new.name, new.email)) ||
      array_to_string(array(select search_joined(search_fold(concat_ws(' ', new.name, new.email)))), ' ');
    return new;
  end $$;
create trigger search_contact before insert or update of name, email, words on contacts for each row execute function search_contact();

-- How the words of what is looked for stand in a contact's: each anywhere in one, of less than three signs at its beginning.
create function search_patterns(given text) returns text[] language sql immutable strict parallel safe as $$
  select array(select case when length(btrim(words)) < 3 or words ~ ('[' || search_unspaced() || ']')
      then '% ' || btrim(words) || '%' else '%' || btrim(words) || '%' end
    from regexp_split_to_table(left(given, 200), '\s+') as chunk cross join lateral search_names(chunk) as words
    where btrim(words) <> '' limit 12)
$$;

-- Takes in what was there before the index: so many entries or contacts of one organization, in one transaction. Answers
-- whether there is more. It sees all organizations, as the job that calls it works for all.
create function search_catch_up(at_most integer) returns boolean
  language plpgsql security definer set search_path = public, pg_temp as $$
  declare
    at search_progress;
    part search_parts;
    conversation record;
    taken record;
    done integer := 0;
  begin
    select * into at from search_progress order by organization_id limit 1 for update skip locked;
    if not found then
      return false;
    end if;
    if not at.contacts_done then
      with batch as (
        select k.id from contacts k where k.organization_id = at.organization_id and k.id > at.after_contact order by k.id limit at_most),
      taken_in as (
        update contacts k set words = '' from batch where k.organization_id = at.organization_id and k.id = batch.id)
      update search_progress g set after_contact = coalesce((select max(id::text)::uuid from batch), g.after_contact),
        contacts_done = not exists (select from batch) where g.organization_id = at.organization_id;
      return true;
    end if;
    -- Parts before the one where it began grow downwards.
    select * into part from search_parts p where p.organization_id = at.organization_id and p.place < 0 order by p.place limit 1;
    for conversation in
      (select l.conversation_id as id, null::timestamptz as last_at, l.below_seq from search_left l
        where l.organization_id = at.organization_id limit 10)
      union all
      (select c.id, c.last_at, 9223372036854775807 from conversations c where c.organization_id = at.organization_id
        and (c.last_at, c.id) < (at.before_at, at.before_id) order by c.last_at desc, c.id desc limit at_most)
    loop
      if part.place is null or part.size >= search_part_size() then
        insert into search_parts (organization_id, place, from_at, until_at)
          values (at.organization_id, coalesce(part.place, 0) - 1, 'infinity', '-infinity') returning * into part;
      end if;
      select * into taken from search_take_in(part, conversation.id, conversation.below_seq, at_most);
      part.size := part.size + taken.made;
      part.from_at := least(part.from_at, taken.from_at);
      part.until_at := greatest(part.until_at, taken.until_at);
      update search_parts p set size = part.size, from_at = part.from_at, until_at = part.until_at
        where taken.made > 0 and p.organization_id = at.organization_id and p.place = part.place;
      if taken.rest is not null then
        insert into search_left values (at.organization_id, conversation.id, taken.rest)
          on conflict (organization_id, conversation_id) do update set below_seq = excluded.below_seq;
      elsif conversation.last_at is null then
        delete from search_left l where l.organization_id = at.organization_id and l.conversation_id = conversation.id;
      end if;
      if conversation.last_at is not null then
        at.before_at := conversation.last_at;
        at.before_id := conversation.id;
      end if;
      done := done + 1 + taken.price;
      exit when done >= at_most;
    end loop;
    if done = 0 then
      delete from search_progress g where g.organization_id = at.organization_id;
    else
      update search_progress g set before_at = at.before_at, before_id = at.before_id where g.organization_id = at.organization_id;
    end if;
    return true;
  end $$;
revoke execute on function search_catch_up(integer) from public;
grant execute on function search_catch_up(integer) to foyer_app;

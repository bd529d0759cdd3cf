-- Whoever waits longest is first, whether or not anybody has answered them before: what needs an answer is of one rank. The
-- build before this one still writes the rank that OPEN had; it becomes the one that holds.
create function rank_waiting() returns trigger language plpgsql as $$
begin
  new.rank := 1;
  return new;
end $$;
create trigger rank_waiting before insert or update of rank on conversations for each row
  when (new.rank = 2) execute function rank_waiting();

update conversations set rank = 1 where rank = 2;

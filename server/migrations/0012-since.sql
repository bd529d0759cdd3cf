-- Since when an operator is online, away or offline: a column that follows the switch and the presence.

alter table operator_slots add since timestamptz not null default clock_now();

create function follow_status() returns trigger language plpgsql as $$
begin
  new.since := clock_now();
  return new;
end $$;
-- Somebody who is offline is that, wherever they are logged in.
create trigger follow_status before update of online, present on operator_slots for each row
  when (old.online is distinct from new.online or (new.online and old.present is distinct from new.present))
  execute function follow_status();

do $$
declare
  signature regprocedure := 'follow_status()'::regprocedure;
begin
  execute format('revoke all on function %s from public', signature);
  execute format('grant execute on function %s to foyer_app', signature);
end $$;

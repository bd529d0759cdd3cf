-- What is written and not sent keeps its formatting. The build before neither reads nor writes it: a draft that it changes
-- would keep the formatting of another text, which therefore goes.

alter table drafts add column content jsonb;

create function forget_draft_content() returns trigger language plpgsql as $$
begin
  new.content := null;
  return new;
end $$;
create trigger forget_draft_content before update on drafts for each row
  when (new.text <> old.text and new.content is not distinct from old.content and new.content is not null)
  execute function forget_draft_content();

-- How much room a draft takes among those of its operator.
create function draft_bytes(text text, content jsonb) returns bigint language sql immutable parallel safe as $$
  select octet_length(text) + coalesce(octet_length(content::text), 0)
$$;

do $$
declare
  signature regprocedure;
begin
  for signature in select p.oid::regprocedure from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where n.nspname = 'public' and p.proname in ('draft_bytes', 'forget_draft_content')
  loop
    execute format('revoke all on function %s from public', signature);
    execute format('grant execute on function %s to foyer_app', signature);
  end loop;
end $$;

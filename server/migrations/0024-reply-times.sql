-- How long contacts of a widget have waited for answers of late: a fixed number of rows a widget, each written over by chance,
-- so that nothing grows and no two answers wait for the same row.
create table reply_times (
  organization_id uuid not null,
  widget_id uuid not null,
  place smallint not null check (place between 0 and 63),
  at timestamptz not null default clock_now(),
  seconds integer not null check (seconds >= 0),
  primary key (organization_id, widget_id, place),
  foreign key (organization_id, widget_id) references widgets (organization_id, id) on delete cascade
);
alter table reply_times enable row level security;
create policy organization on reply_times to foyer_app
  using (organization_id = (select current_organization())) with check (organization_id = (select current_organization()));
grant select, insert, update, delete on reply_times to foyer_app;

create function note_reply_time() returns trigger language plpgsql as $$
begin
  -- Nobody has waited behind sample data.
  insert into reply_times (organization_id, widget_id, place, seconds)
    select new.organization_id, new.widget_id, floor(random() * 64),
      least(extract(epoch from new.public_last_at - old.waiting_since), 2000000000)::integer
    from contacts k where k.organization_id = new.organization_id and k.id = new.contact_id and not k.sample
    on conflict (organization_id, widget_id, place) do update set at = excluded.at, seconds = excluded.seconds;
  return null;
end $$;

create trigger note_reply_time after update on conversations for each row
  when (old.waiting_since is not null and new.waiting_since is null and new.preview_author = 'operator'
    and new.public_last_at > old.waiting_since and new.public_last_at > old.public_last_at)
  execute function note_reply_time();

-- The usual wait in seconds; null where too few have been answered lately to say so.
create function usual_reply(organization uuid, widget uuid) returns integer language sql stable as $$
  select case when count(*) >= 5 then percentile_cont(0.5) within group (order by r.seconds)::integer end
  from reply_times r where r.organization_id = organization and r.widget_id = widget
    and r.at > clock_now() - interval '30 days' $$;

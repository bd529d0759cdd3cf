-- Invitations by mail, and for how long mails and invitations are kept.

-- The address an invitation was mailed to; null: its link was given by hand.
alter table invitations add email text, add mail_id uuid;

-- Secrets that went out by mail, one for each attempt at sending: a mail that seemed lost may have arrived.
create table invitation_links (
  organization_id uuid not null,
  token_hash bytea not null unique,
  invitation_id uuid not null,
  primary key (organization_id, token_hash),
  foreign key (organization_id, invitation_id) references invitations on delete cascade
);
create index invitation_links_invitation on invitation_links (organization_id, invitation_id);
alter table invitation_links enable row level security;
create policy organization on invitation_links to foyer_app using (organization_id = (select current_organization()))
  with check (organization_id = (select current_organization()));
grant select, insert, update, delete on invitation_links to foyer_app;

-- Whether an invitation can be used: nobody has, it has not run out, and who made it could make it today, so that nobody
-- comes in by more than their colleague may still give.
create function invitation_holds(invitation invitations) returns boolean
  language sql stable as $$
  select invitation.used_at is null and invitation.expires_at > clock_now() and exists (select from operators o
    join roles mine on mine.organization_id = o.organization_id and mine.id = o.role_id
    join roles theirs on theirs.organization_id = o.organization_id and theirs.id = invitation.role_id
    where o.organization_id = invitation.organization_id and o.id = invitation.created_by and o.deactivated_at is null
      and (mine.kind = 'owner' or ('team.manage' = any (mine.rights) and theirs.rights <@ mine.rights))) $$;

create function invitation_of_link(hash bytea)
  returns table (organization_id uuid, invitation_id uuid, organization_name text, email text)
  language sql stable security definer set search_path = public, pg_temp
  as $$ select i.organization_id, i.id, o.name, i.email
        from (
          select l.organization_id, l.id from invitations l where l.token_hash = hash
          union all
          select m.organization_id, m.invitation_id from invitation_links m where m.token_hash = hash) found
        join invitations i on i.organization_id = found.organization_id and i.id = found.id
        join organizations o on o.id = i.organization_id
        where invitation_holds(i) $$;

-- Addresses are kept no longer than they are good for: mails 90 days, invitations 30 days after they were used or ended.
create index mails_age on mails (created_at);
create function sweep_addresses() returns void
  language sql volatile security definer set search_path = public, pg_temp
  as $$ delete from mails where created_at < clock_now() - interval '90 days' and state <> 'queued';
        delete from invitations where greatest(used_at, expires_at) < clock_now() - interval '30 days' $$;

do $$
declare
  signature regprocedure;
begin
  foreach signature in array array[
    'invitation_holds(invitations)', 'invitation_of_link(bytea)', 'sweep_addresses()']::regprocedure[] loop
    execute format('revoke all on function %s from public', signature);
    execute format('grant execute on function %s to foyer_app', signature);
  end loop;
end $$;

-- What the migrations make, read from the catalogue of a fresh database. Made by `npm run check -- --fix schema`;
-- change the migrations, not this file.

create type entry_draft as (id uuid, kind text, actor_kind text, actor_id uuid, identity_id uuid, is_public boolean, text text, body jsonb, request_hash bytea, routed_id uuid);

create type head_decided as (state text, assignee_id uuid, group_id uuid, is_live boolean, due text);

create type head_outcome as (state text, live_state text, assignee_id uuid, group_id uuid, rank smallint, live_rank smallint, waiting text, live text, route text, contact_here boolean, ending text, preview_author text, unread_operator integer, unread_contact integer, read_by text);

create type search_hit as (last_at timestamp with time zone, id uuid, seq bigint);

create table account_links (
  organization_id uuid not null,
  token_hash bytea not null,
  operator_id uuid not null,
  kind text not null,
  address text,
  created_by uuid,
  created_at timestamp with time zone not null default clock_now(),
  expires_at timestamp with time zone not null,
  constraint account_links_token_hash_key UNIQUE (token_hash),
  constraint account_links_pkey PRIMARY KEY (organization_id, token_hash),
  constraint account_links_organization_id_created_by_fkey FOREIGN KEY (organization_id, created_by) REFERENCES operators(organization_id, id) ON DELETE CASCADE,
  constraint account_links_organization_id_operator_id_fkey FOREIGN KEY (organization_id, operator_id) REFERENCES operators(organization_id, id) ON DELETE CASCADE,
  constraint account_links_check CHECK (((address IS NULL) = (kind = 'password'::text))),
  constraint account_links_kind_check CHECK ((kind = ANY (ARRAY['password'::text, 'address'::text, 'undo'::text])))
);
CREATE INDEX account_links_expires ON public.account_links USING btree (expires_at);
CREATE INDEX account_links_maker ON public.account_links USING btree (organization_id, created_by) WHERE (created_by IS NOT NULL);
CREATE INDEX account_links_operator ON public.account_links USING btree (organization_id, operator_id);
alter table account_links enable row level security;
create policy organization on account_links to foyer_app using (organization_id = ( SELECT current_organization() AS current_organization)) with check (organization_id = ( SELECT current_organization() AS current_organization));
grant delete, insert, select, update on account_links to foyer_app;

create table contact_blocks (
  organization_id uuid not null,
  id uuid not null,
  contact_id uuid not null,
  mailbox_key text,
  reason text not null,
  blocked_by uuid,
  blocked_at timestamp with time zone not null default clock_now(),
  until_at timestamp with time zone not null,
  lifted_by uuid,
  lifted_at timestamp with time zone,
  mailbox_proven boolean not null default false,
  constraint contact_blocks_pkey PRIMARY KEY (organization_id, id),
  constraint contact_blocks_organization_id_blocked_by_fkey FOREIGN KEY (organization_id, blocked_by) REFERENCES operators(organization_id, id) ON DELETE SET NULL (blocked_by),
  constraint contact_blocks_organization_id_contact_id_fkey FOREIGN KEY (organization_id, contact_id) REFERENCES contacts(organization_id, id) ON DELETE CASCADE,
  constraint contact_blocks_organization_id_lifted_by_fkey FOREIGN KEY (organization_id, lifted_by) REFERENCES operators(organization_id, id) ON DELETE SET NULL (lifted_by)
);
CREATE INDEX contact_blocks_blocked_by ON public.contact_blocks USING btree (organization_id, blocked_by);
CREATE INDEX contact_blocks_contact ON public.contact_blocks USING btree (organization_id, contact_id, until_at) WHERE (lifted_at IS NULL);
CREATE INDEX contact_blocks_lifted_by ON public.contact_blocks USING btree (organization_id, lifted_by);
CREATE INDEX contact_blocks_mailbox ON public.contact_blocks USING btree (organization_id, mailbox_key, until_at) WHERE ((lifted_at IS NULL) AND (mailbox_key IS NOT NULL));
alter table contact_blocks enable row level security;
create policy organization on contact_blocks to foyer_app using (organization_id = ( SELECT current_organization() AS current_organization)) with check (organization_id = ( SELECT current_organization() AS current_organization));
grant delete, insert, select, update on contact_blocks to foyer_app;

create table contacts (
  organization_id uuid not null,
  id uuid not null,
  name text,
  email text,
  locale text,
  sample boolean not null default false,
  created_at timestamp with time zone not null default clock_now(),
  version integer not null default 1,
  email_verified_at timestamp with time zone,
  agreed_at timestamp with time zone,
  away_told_at timestamp with time zone,
  words text,
  constraint contacts_pkey PRIMARY KEY (organization_id, id),
  constraint contacts_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id) ON DELETE CASCADE
);
CREATE INDEX contacts_sample ON public.contacts USING btree (organization_id, id) WHERE sample;
CREATE INDEX contacts_words ON public.contacts USING gin (organization_id, words gin_trgm_ops);
alter table contacts enable row level security;
create policy organization on contacts to foyer_app using (organization_id = ( SELECT current_organization() AS current_organization)) with check (organization_id = ( SELECT current_organization() AS current_organization));
grant delete, insert, select, update on contacts to foyer_app;

create table conversations (
  organization_id uuid not null,
  id uuid not null,
  contact_id uuid not null,
  widget_id uuid not null,
  channel text not null,
  subject text,
  state text not null,
  assignee_id uuid,
  answered boolean not null default false,
  seq bigint not null,
  public_seq bigint not null,
  created_at timestamp with time zone not null,
  last_at timestamp with time zone not null,
  public_last_at timestamp with time zone not null,
  waiting_since timestamp with time zone,
  ended_at timestamp with time zone,
  rank smallint not null,
  position double precision not null,
  preview_author text,
  preview_text text,
  unread_operator integer not null default 0,
  unread_contact integer not null default 0,
  delivered_to_contact bigint not null default 0,
  read_by_contact bigint not null default 0,
  read_by_operator bigint not null default 0,
  group_id uuid,
  live_since timestamp with time zone,
  live_until timestamp with time zone,
  ends_at timestamp with time zone,
  wants_live boolean not null default false,
  message_at timestamp with time zone not null,
  handed_by uuid,
  handed_note_id uuid,
  handed_note text,
  files_at timestamp with time zone,
  snoozed_until timestamp with time zone,
  constraint conversations_pkey PRIMARY KEY (organization_id, id),
  constraint conversations_group FOREIGN KEY (organization_id, group_id) REFERENCES groups(organization_id, id),
  constraint conversations_organization_id_assignee_id_fkey FOREIGN KEY (organization_id, assignee_id) REFERENCES operators(organization_id, id),
  constraint conversations_organization_id_contact_id_fkey FOREIGN KEY (organization_id, contact_id) REFERENCES contacts(organization_id, id),
  constraint conversations_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id) ON DELETE CASCADE,
  constraint conversations_organization_id_widget_id_fkey FOREIGN KEY (organization_id, widget_id) REFERENCES widgets(organization_id, id),
  constraint conversations_holds CHECK (conversation_holds(conversations.*))
) with (fillfactor=85);
CREATE INDEX conversations_all ON public.conversations USING btree (organization_id, last_at DESC, id DESC);
CREATE INDEX conversations_contact ON public.conversations USING btree (organization_id, contact_id, public_last_at DESC, id DESC);
CREATE INDEX conversations_ends ON public.conversations USING btree (ends_at) WHERE (ends_at IS NOT NULL);
CREATE INDEX conversations_group ON public.conversations USING btree (organization_id, group_id, rank, "position", id) WHERE ((assignee_id IS NULL) AND (ended_at IS NULL) AND (group_id IS NOT NULL));
CREATE INDEX conversations_live ON public.conversations USING btree (organization_id, assignee_id) WHERE (live_since IS NOT NULL);
CREATE INDEX conversations_live_until ON public.conversations USING btree (live_until) WHERE (live_until IS NOT NULL);
CREATE INDEX conversations_longest ON public.conversations USING btree (organization_id, waiting_since) WHERE ((assignee_id IS NULL) AND (ended_at IS NULL) AND (waiting_since IS NOT NULL));
CREATE INDEX conversations_mine ON public.conversations USING btree (organization_id, assignee_id, rank, "position", id) WHERE ((assignee_id IS NOT NULL) AND (ended_at IS NULL));
CREATE INDEX conversations_snoozed ON public.conversations USING btree (snoozed_until) WHERE (snoozed_until IS NOT NULL);
CREATE INDEX conversations_state ON public.conversations USING btree (organization_id, state, last_at DESC, id DESC);
CREATE INDEX conversations_unassigned ON public.conversations USING btree (organization_id, rank, "position", id) WHERE ((assignee_id IS NULL) AND (ended_at IS NULL));
CREATE INDEX conversations_untaken ON public.conversations USING btree (organization_id, group_id, waiting_since) WHERE ((assignee_id IS NULL) AND (ended_at IS NULL));
CREATE INDEX conversations_waiting ON public.conversations USING btree (organization_id, widget_id, (
CASE
    WHEN (group_id IS NULL) THEN '00000000-0000-0000-0000-000000000000'::uuid
    ELSE group_id
END), "position") WHERE (wants_live AND (assignee_id IS NULL));
CREATE INDEX conversations_wanting ON public.conversations USING btree (organization_id, assignee_id, "position") WHERE (wants_live AND (assignee_id IS NOT NULL));
alter table conversations enable row level security;
create policy organization on conversations to foyer_app using (organization_id = ( SELECT current_organization() AS current_organization)) with check (organization_id = ( SELECT current_organization() AS current_organization));
grant delete, insert, select, update on conversations to foyer_app;

create table drafts (
  organization_id uuid not null,
  operator_id uuid not null,
  conversation_id uuid not null,
  kind text not null,
  text text not null,
  version bigint not null,
  content jsonb,
  constraint drafts_pkey PRIMARY KEY (organization_id, operator_id, conversation_id, kind),
  constraint drafts_organization_id_conversation_id_fkey FOREIGN KEY (organization_id, conversation_id) REFERENCES conversations(organization_id, id) ON DELETE CASCADE,
  constraint drafts_organization_id_operator_id_fkey FOREIGN KEY (organization_id, operator_id) REFERENCES operators(organization_id, id) ON DELETE CASCADE,
  constraint drafts_kind_check CHECK ((kind = ANY (ARRAY['message'::text, 'note'::text]))),
  constraint drafts_text_check CHECK (((char_length(text) >= 1) AND (char_length(text) <= 20000)))
) with (fillfactor=70);
CREATE INDEX drafts_conversation ON public.drafts USING btree (organization_id, conversation_id);
alter table drafts enable row level security;
create policy organization on drafts to foyer_app using (organization_id = ( SELECT current_organization() AS current_organization)) with check (organization_id = ( SELECT current_organization() AS current_organization));
grant delete, insert, select, update on drafts to foyer_app;

create table entries (
  organization_id uuid not null,
  conversation_id uuid not null,
  seq bigint not null,
  changed_seq bigint not null,
  public_seq bigint,
  public_changed_seq bigint,
  id uuid not null,
  at timestamp with time zone not null,
  kind text not null,
  actor_kind text not null,
  actor_id uuid,
  identity_id uuid,
  provider_id text,
  provider_at timestamp with time zone,
  language text,
  text text not null,
  body jsonb,
  request_hash bytea not null,
  deleted_for_contact_at timestamp with time zone,
  retention_class text not null default 'conversation'::text,
  session text,
  marks jsonb,
  constraint entries_pkey PRIMARY KEY (organization_id, conversation_id, seq),
  constraint entries_organization_id_conversation_id_fkey FOREIGN KEY (organization_id, conversation_id) REFERENCES conversations(organization_id, id) ON DELETE CASCADE,
  constraint entries_holds CHECK (entry_holds(actor_kind, session))
);
CREATE INDEX entries_changed ON public.entries USING btree (organization_id, conversation_id, changed_seq) WHERE (changed_seq > seq);
CREATE UNIQUE INDEX entries_id ON public.entries USING btree (organization_id, id);
CREATE UNIQUE INDEX entries_public ON public.entries USING btree (organization_id, conversation_id, public_seq) WHERE (public_seq IS NOT NULL);
CREATE INDEX entries_public_changed ON public.entries USING btree (organization_id, conversation_id, public_changed_seq) WHERE (public_changed_seq > public_seq);
alter table entries enable row level security;
create policy organization on entries to foyer_app using (organization_id = ( SELECT current_organization() AS current_organization)) with check (organization_id = ( SELECT current_organization() AS current_organization));
grant delete, insert, select, update on entries to foyer_app;

create table file_removals (
  organization_id uuid not null,
  key uuid not null,
  at timestamp with time zone not null default clock_now(),
  constraint file_removals_pkey PRIMARY KEY (organization_id, key)
);
CREATE INDEX file_removals_at ON public.file_removals USING btree (at);
alter table file_removals enable row level security;
create policy organization on file_removals to foyer_app using (organization_id = ( SELECT current_organization() AS current_organization)) with check (organization_id = ( SELECT current_organization() AS current_organization));
grant delete, insert, select, update on file_removals to foyer_app;

create table file_usage (
  organization_id uuid not null,
  bytes bigint not null default 0,
  constraint file_usage_pkey PRIMARY KEY (organization_id),
  constraint file_usage_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id) ON DELETE CASCADE
);
alter table file_usage enable row level security;
create policy organization on file_usage to foyer_app using (organization_id = ( SELECT current_organization() AS current_organization)) with check (organization_id = ( SELECT current_organization() AS current_organization));
grant delete, insert, select, update on file_usage to foyer_app;

create table files (
  organization_id uuid not null,
  id uuid not null,
  key uuid not null default gen_random_uuid(),
  operator_id uuid,
  token_hash bytea,
  contact_id uuid,
  widget_id uuid,
  name text not null,
  bytes bigint not null,
  part_bytes integer not null,
  received integer[] not null default '{}'::integer[],
  shape jsonb,
  sha256 bytea,
  has_thumbnail boolean not null default false,
  created_at timestamp with time zone not null default clock_now(),
  conversation_id uuid,
  entry_id uuid,
  constraint files_pkey PRIMARY KEY (organization_id, id),
  constraint files_organization_id_contact_id_fkey FOREIGN KEY (organization_id, contact_id) REFERENCES contacts(organization_id, id) ON DELETE CASCADE,
  constraint files_organization_id_conversation_id_fkey FOREIGN KEY (organization_id, conversation_id) REFERENCES conversations(organization_id, id) ON DELETE CASCADE,
  constraint files_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id) ON DELETE CASCADE,
  constraint files_organization_id_operator_id_fkey FOREIGN KEY (organization_id, operator_id) REFERENCES operators(organization_id, id) ON DELETE CASCADE,
  constraint files_bytes_check CHECK ((bytes > 0)),
  constraint files_name_check CHECK (((length(name) >= 1) AND (length(name) <= 255))),
  constraint files_owner CHECK (((operator_id IS NULL) <> (token_hash IS NULL))),
  constraint files_part_bytes_check CHECK ((part_bytes > 0)),
  constraint files_sent CHECK ((((conversation_id IS NULL) = (entry_id IS NULL)) AND ((entry_id IS NULL) OR (shape IS NOT NULL))))
) with (fillfactor=80);
CREATE INDEX files_contact ON public.files USING btree (organization_id, contact_id, created_at) WHERE (contact_id IS NOT NULL);
CREATE INDEX files_conversation ON public.files USING btree (organization_id, conversation_id) WHERE (conversation_id IS NOT NULL);
CREATE INDEX files_operator ON public.files USING btree (organization_id, operator_id) WHERE (operator_id IS NOT NULL);
CREATE INDEX files_token ON public.files USING btree (token_hash, id) WHERE (token_hash IS NOT NULL);
CREATE INDEX files_unsent ON public.files USING btree (created_at) WHERE (entry_id IS NULL);
alter table files enable row level security;
create policy organization on files to foyer_app using (organization_id = ( SELECT current_organization() AS current_organization)) with check (organization_id = ( SELECT current_organization() AS current_organization));
grant delete, insert, select, update on files to foyer_app;

create table follow_ups (
  organization_id uuid not null,
  conversation_id uuid not null,
  kind text not null,
  since_seq bigint not null,
  due_at timestamp with time zone,
  told boolean not null default false,
  constraint follow_ups_pkey PRIMARY KEY (organization_id, conversation_id),
  constraint follow_ups_organization_id_conversation_id_fkey FOREIGN KEY (organization_id, conversation_id) REFERENCES conversations(organization_id, id) ON DELETE CASCADE,
  constraint follow_ups_kind_check CHECK ((kind = ANY (ARRAY['waiting'::text, 'silent'::text])))
) with (fillfactor=70);
CREATE INDEX follow_ups_due ON public.follow_ups USING btree (due_at) WHERE (due_at IS NOT NULL);
alter table follow_ups enable row level security;
create policy organization on follow_ups to foyer_app using (organization_id = ( SELECT current_organization() AS current_organization)) with check (organization_id = ( SELECT current_organization() AS current_organization));
grant delete, insert, select, update on follow_ups to foyer_app;

create table group_members (
  organization_id uuid not null,
  group_id uuid not null,
  operator_id uuid not null,
  constraint group_members_pkey PRIMARY KEY (organization_id, group_id, operator_id),
  constraint group_members_organization_id_group_id_fkey FOREIGN KEY (organization_id, group_id) REFERENCES groups(organization_id, id) ON DELETE CASCADE,
  constraint group_members_organization_id_operator_id_fkey FOREIGN KEY (organization_id, operator_id) REFERENCES operators(organization_id, id) ON DELETE CASCADE
);
CREATE INDEX group_members_operator ON public.group_members USING btree (organization_id, operator_id, group_id);
alter table group_members enable row level security;
create policy organization on group_members to foyer_app using (organization_id = ( SELECT current_organization() AS current_organization)) with check (organization_id = ( SELECT current_organization() AS current_organization));
grant delete, insert, select, update on group_members to foyer_app;

create table groups (
  organization_id uuid not null,
  id uuid not null,
  name text not null,
  created_at timestamp with time zone not null default clock_now(),
  version integer not null default 1,
  deleted_at timestamp with time zone,
  constraint groups_pkey PRIMARY KEY (organization_id, id),
  constraint groups_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX groups_name ON public.groups USING btree (organization_id, lower(name)) WHERE (deleted_at IS NULL);
alter table groups enable row level security;
create policy organization on groups to foyer_app using (organization_id = ( SELECT current_organization() AS current_organization)) with check (organization_id = ( SELECT current_organization() AS current_organization));
grant delete, insert, select, update on groups to foyer_app;

create table identities (
  organization_id uuid not null,
  id uuid not null,
  contact_id uuid not null,
  channel text not null,
  address_hash bytea not null,
  badge_hash bytea,
  created_at timestamp with time zone not null default clock_now(),
  expires_at timestamp with time zone,
  proven_at timestamp with time zone,
  constraint identities_pkey PRIMARY KEY (organization_id, id),
  constraint identities_organization_id_contact_id_fkey FOREIGN KEY (organization_id, contact_id) REFERENCES contacts(organization_id, id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX identities_address ON public.identities USING btree (channel, address_hash);
CREATE UNIQUE INDEX identities_badge ON public.identities USING btree (badge_hash);
CREATE INDEX identities_contact ON public.identities USING btree (organization_id, contact_id);
CREATE INDEX identities_expires ON public.identities USING btree (expires_at) WHERE (expires_at IS NOT NULL);
alter table identities enable row level security;
create policy organization on identities to foyer_app using (organization_id = ( SELECT current_organization() AS current_organization)) with check (organization_id = ( SELECT current_organization() AS current_organization));
grant delete, insert, select, update on identities to foyer_app;

create table installation (
  only_row boolean not null default true,
  epoch uuid not null default gen_random_uuid(),
  secret bytea not null default decode(replace(((gen_random_uuid())::text || (gen_random_uuid())::text), '-'::text, ''::text), 'hex'::text),
  created_at timestamp with time zone not null default clock_timestamp(),
  constraint installation_pkey PRIMARY KEY (only_row),
  constraint installation_only_row_check CHECK (only_row)
);
grant select on installation to foyer_app;

create table invitation_links (
  organization_id uuid not null,
  token_hash bytea not null,
  invitation_id uuid not null,
  constraint invitation_links_token_hash_key UNIQUE (token_hash),
  constraint invitation_links_pkey PRIMARY KEY (organization_id, token_hash),
  constraint invitation_links_organization_id_invitation_id_fkey FOREIGN KEY (organization_id, invitation_id) REFERENCES invitations(organization_id, id) ON DELETE CASCADE
);
CREATE INDEX invitation_links_invitation ON public.invitation_links USING btree (organization_id, invitation_id);
alter table invitation_links enable row level security;
create policy organization on invitation_links to foyer_app using (organization_id = ( SELECT current_organization() AS current_organization)) with check (organization_id = ( SELECT current_organization() AS current_organization));
grant delete, insert, select, update on invitation_links to foyer_app;

create table invitations (
  organization_id uuid not null,
  id uuid not null,
  token_hash bytea not null,
  role text not null,
  created_by uuid not null,
  created_at timestamp with time zone not null default clock_now(),
  expires_at timestamp with time zone not null,
  used_at timestamp with time zone,
  role_id uuid not null,
  email text,
  mail_id uuid,
  constraint invitations_token_hash_key UNIQUE (token_hash),
  constraint invitations_pkey PRIMARY KEY (organization_id, id),
  constraint invitations_organization_id_created_by_fkey FOREIGN KEY (organization_id, created_by) REFERENCES operators(organization_id, id) ON DELETE CASCADE,
  constraint invitations_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id) ON DELETE CASCADE,
  constraint invitations_role FOREIGN KEY (organization_id, role_id) REFERENCES roles(organization_id, id),
  constraint invitations_role_check CHECK ((role = ANY (ARRAY['admin'::text, 'operator'::text])))
);
alter table invitations enable row level security;
create policy organization on invitations to foyer_app using (organization_id = ( SELECT current_organization() AS current_organization)) with check (organization_id = ( SELECT current_organization() AS current_organization));
grant delete, insert, select, update on invitations to foyer_app;

create table jobs (
  organization_id uuid not null,
  id uuid not null,
  kind text not null,
  lane text,
  payload jsonb not null,
  due_at timestamp with time zone not null,
  created_at timestamp with time zone not null default clock_now(),
  attempts integer not null default 0,
  fence bigint not null default 0,
  holder uuid,
  lease_until timestamp with time zone,
  dead_at timestamp with time zone,
  error text,
  ordinal bigint not null generated always as identity,
  constraint jobs_pkey PRIMARY KEY (organization_id, id),
  constraint jobs_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id) ON DELETE CASCADE
);
CREATE INDEX jobs_due ON public.jobs USING btree (due_at) WHERE (dead_at IS NULL);
CREATE INDEX jobs_lane ON public.jobs USING btree (organization_id, lane, ordinal) WHERE ((lane IS NOT NULL) AND (dead_at IS NULL));
alter table jobs enable row level security;
create policy organization on jobs to foyer_app using (organization_id = ( SELECT current_organization() AS current_organization)) with check (organization_id = ( SELECT current_organization() AS current_organization));
grant delete, insert, select, update on jobs to foyer_app;

create table macros (
  organization_id uuid not null,
  id uuid not null,
  operator_id uuid,
  group_id uuid,
  name text not null,
  shortcut text,
  key text,
  folder text,
  versions jsonb not null,
  words text not null,
  used bigint not null default 0,
  last_used_at timestamp with time zone,
  version integer not null default 1,
  constraint macros_pkey PRIMARY KEY (organization_id, id),
  constraint macros_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id) ON DELETE CASCADE,
  constraint macros_organization_id_group_id_fkey FOREIGN KEY (organization_id, group_id) REFERENCES groups(organization_id, id) ON DELETE CASCADE,
  constraint macros_organization_id_operator_id_fkey FOREIGN KEY (organization_id, operator_id) REFERENCES operators(organization_id, id) ON DELETE CASCADE,
  constraint macros_check CHECK (((operator_id IS NULL) OR (group_id IS NULL)))
) with (fillfactor=80);
CREATE INDEX macros_group ON public.macros USING btree (organization_id, group_id) WHERE (group_id IS NOT NULL);
CREATE UNIQUE INDEX macros_key ON public.macros USING btree (organization_id, COALESCE(operator_id, group_id, organization_id), key) WHERE (key IS NOT NULL);
CREATE INDEX macros_name ON public.macros USING btree (organization_id, lower(name), id);
CREATE INDEX macros_operator ON public.macros USING btree (organization_id, operator_id) WHERE (operator_id IS NOT NULL);
CREATE UNIQUE INDEX macros_shortcut ON public.macros USING btree (organization_id, COALESCE(operator_id, group_id, organization_id), lower(shortcut)) WHERE (shortcut IS NOT NULL);
alter table macros enable row level security;
create policy organization on macros to foyer_app using (organization_id = ( SELECT current_organization() AS current_organization)) with check (organization_id = ( SELECT current_organization() AS current_organization));
grant delete, insert, select, update on macros to foyer_app;

create table mail_links (
  organization_id uuid not null,
  id uuid not null,
  token_hash bytea not null,
  conversation_id uuid not null,
  contact_id uuid not null,
  address text not null,
  expires_at timestamp with time zone not null,
  used_at timestamp with time zone,
  identity_id uuid,
  constraint mail_links_token_hash_key UNIQUE (token_hash),
  constraint mail_links_pkey PRIMARY KEY (organization_id, id),
  constraint mail_links_organization_id_contact_id_fkey FOREIGN KEY (organization_id, contact_id) REFERENCES contacts(organization_id, id) ON DELETE CASCADE,
  constraint mail_links_organization_id_conversation_id_fkey FOREIGN KEY (organization_id, conversation_id) REFERENCES conversations(organization_id, id) ON DELETE CASCADE
);
CREATE INDEX mail_links_address ON public.mail_links USING btree (organization_id, contact_id, address);
CREATE INDEX mail_links_contact ON public.mail_links USING btree (organization_id, contact_id);
CREATE INDEX mail_links_conversation ON public.mail_links USING btree (organization_id, conversation_id);
CREATE INDEX mail_links_expires ON public.mail_links USING btree (expires_at);
alter table mail_links enable row level security;
create policy organization on mail_links to foyer_app using (organization_id = ( SELECT current_organization() AS current_organization)) with check (organization_id = ( SELECT current_organization() AS current_organization));
grant delete, insert, select, update on mail_links to foyer_app;

create table mails (
  organization_id uuid not null,
  id uuid not null,
  kind text not null,
  contact_id uuid,
  to_address text not null,
  address_key text not null generated always as (lower(to_address)) stored,
  locale text not null,
  data jsonb not null,
  state text not null default 'queued'::text,
  error text,
  message_id text,
  created_at timestamp with time zone not null default clock_now(),
  tried_at timestamp with time zone,
  sent_at timestamp with time zone,
  mailbox_key text,
  constraint mails_pkey PRIMARY KEY (organization_id, id),
  constraint mails_organization_id_contact_id_fkey FOREIGN KEY (organization_id, contact_id) REFERENCES contacts(organization_id, id) ON DELETE CASCADE,
  constraint mails_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id) ON DELETE CASCADE,
  constraint mails_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'sent'::text, 'kept'::text, 'failed'::text])))
);
CREATE INDEX mails_address ON public.mails USING btree (organization_id, address_key);
CREATE INDEX mails_age ON public.mails USING btree (created_at);
CREATE INDEX mails_contact ON public.mails USING btree (organization_id, contact_id) WHERE (contact_id IS NOT NULL);
CREATE INDEX mails_invitations ON public.mails USING btree (organization_id, mailbox_of(to_address), created_at) WHERE (kind = 'invitation'::text);
CREATE INDEX mails_mailbox ON public.mails USING btree (organization_id, mailbox_key);
CREATE INDEX mails_newest ON public.mails USING btree (organization_id, created_at DESC, id DESC);
CREATE INDEX mails_queued ON public.mails USING btree (organization_id) WHERE (state = 'queued'::text);
alter table mails enable row level security;
create policy organization on mails to foyer_app using (organization_id = ( SELECT current_organization() AS current_organization)) with check (organization_id = ( SELECT current_organization() AS current_organization));
grant delete, insert, select, update on mails to foyer_app;

create table migrations (
  name text not null,
  applied_at timestamp with time zone not null default clock_timestamp(),
  constraint migrations_pkey PRIMARY KEY (name)
);

create table notifications (
  organization_id uuid not null,
  operator_id uuid not null,
  id uuid not null default gen_random_uuid(),
  kind text not null,
  conversation_id uuid not null,
  entry_id uuid not null,
  at timestamp with time zone not null,
  read_at timestamp with time zone,
  constraint notifications_once UNIQUE (organization_id, operator_id, entry_id),
  constraint notifications_pkey PRIMARY KEY (organization_id, operator_id, id),
  constraint notifications_organization_id_conversation_id_fkey FOREIGN KEY (organization_id, conversation_id) REFERENCES conversations(organization_id, id) ON DELETE CASCADE,
  constraint notifications_organization_id_operator_id_fkey FOREIGN KEY (organization_id, operator_id) REFERENCES operators(organization_id, id) ON DELETE CASCADE,
  constraint notifications_kind_check CHECK ((kind = ANY (ARRAY['mentioned'::text, 'assigned'::text, 'given_to_group'::text, 'taken'::text, 'erasure_asked'::text])))
);
CREATE INDEX notifications_conversation ON public.notifications USING btree (organization_id, conversation_id);
CREATE INDEX notifications_latest ON public.notifications USING btree (organization_id, operator_id, at DESC, id DESC);
CREATE INDEX notifications_unread ON public.notifications USING btree (organization_id, operator_id) WHERE (read_at IS NULL);
alter table notifications enable row level security;
create policy organization on notifications to foyer_app using (organization_id = ( SELECT current_organization() AS current_organization)) with check (organization_id = ( SELECT current_organization() AS current_organization));
grant delete, insert, select, update on notifications to foyer_app;

create table operator_pictures (
  organization_id uuid not null,
  operator_id uuid not null,
  key text not null,
  bytes bytea not null,
  constraint operator_pictures_key_key UNIQUE (key),
  constraint operator_pictures_pkey PRIMARY KEY (organization_id, operator_id),
  constraint operator_pictures_organization_id_operator_id_fkey FOREIGN KEY (organization_id, operator_id) REFERENCES operators(organization_id, id) ON DELETE CASCADE,
  constraint operator_pictures_bytes_check CHECK ((octet_length(bytes) <= 262144))
);
alter table operator_pictures enable row level security;
create policy organization on operator_pictures to foyer_app using (organization_id = ( SELECT current_organization() AS current_organization)) with check (organization_id = ( SELECT current_organization() AS current_organization));
grant delete, insert, select, update on operator_pictures to foyer_app;

create table operator_skills (
  organization_id uuid not null,
  operator_id uuid not null,
  skill_id uuid not null,
  constraint operator_skills_pkey PRIMARY KEY (organization_id, operator_id, skill_id),
  constraint operator_skills_organization_id_operator_id_fkey FOREIGN KEY (organization_id, operator_id) REFERENCES operators(organization_id, id) ON DELETE CASCADE,
  constraint operator_skills_organization_id_skill_id_fkey FOREIGN KEY (organization_id, skill_id) REFERENCES skills(organization_id, id) ON DELETE CASCADE
);
CREATE INDEX operator_skills_skill ON public.operator_skills USING btree (organization_id, skill_id, operator_id);
alter table operator_skills enable row level security;
create policy organization on operator_skills to foyer_app using (organization_id = ( SELECT current_organization() AS current_organization)) with check (organization_id = ( SELECT current_organization() AS current_organization));
grant delete, insert, select, update on operator_skills to foyer_app;

create table operator_slots (
  organization_id uuid not null,
  operator_id uuid not null,
  most smallint not null default 3,
  used integer not null default 0,
  online boolean not null default false,
  present boolean not null default false,
  last_live_at timestamp with time zone not null default '-infinity'::timestamp with time zone,
  free integer not null generated always as (
CASE
    WHEN (online AND present AND (most > used)) THEN (most - used)
    ELSE 0
END) stored,
  since timestamp with time zone not null default clock_now(),
  constraint operator_slots_pkey PRIMARY KEY (organization_id, operator_id),
  constraint operator_slots_organization_id_operator_id_fkey FOREIGN KEY (organization_id, operator_id) REFERENCES operators(organization_id, id) ON DELETE CASCADE,
  constraint operator_slots_most_check CHECK (((most >= 0) AND (most <= 20))),
  constraint operator_slots_used_check CHECK ((used >= 0))
) with (fillfactor=70);
CREATE INDEX operator_slots_free ON public.operator_slots USING btree (organization_id, free DESC, last_live_at, operator_id) WHERE (free > 0);
alter table operator_slots enable row level security;
create policy organization on operator_slots to foyer_app using (organization_id = ( SELECT current_organization() AS current_organization)) with check (organization_id = ( SELECT current_organization() AS current_organization));
grant delete, insert, select, update on operator_slots to foyer_app;

create table operators (
  organization_id uuid not null,
  id uuid not null,
  email text not null,
  name text not null,
  alias text,
  password_hash text,
  role text not null,
  locale text not null default 'en'::text,
  theme text not null default 'system'::text,
  shortcuts boolean not null default true,
  online boolean not null default false,
  sample boolean not null default false,
  created_at timestamp with time zone not null default clock_now(),
  deactivated_at timestamp with time zone,
  version integer not null default 1,
  role_id uuid not null,
  picture text,
  languages text[] not null default '{}'::text[],
  signature text,
  password_changed_at timestamp with time zone,
  undo_seconds smallint not null default 0,
  constraint operators_owner EXCLUDE USING btree (organization_id WITH =) WHERE ((role = 'owner'::text)) DEFERRABLE,
  constraint operators_pkey PRIMARY KEY (organization_id, id),
  constraint operators_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id) ON DELETE CASCADE,
  constraint operators_role FOREIGN KEY (organization_id, role_id) REFERENCES roles(organization_id, id),
  constraint operators_languages_check CHECK ((cardinality(languages) <= 20)),
  constraint operators_role_check CHECK ((role = ANY (ARRAY['owner'::text, 'admin'::text, 'operator'::text]))),
  constraint operators_signature_check CHECK (((char_length(signature) >= 1) AND (char_length(signature) <= 500))),
  constraint operators_theme_check CHECK ((theme = ANY (ARRAY['system'::text, 'light'::text, 'dark'::text]))),
  constraint operators_undo_seconds_check CHECK (((undo_seconds >= 0) AND (undo_seconds <= 30)))
);
CREATE UNIQUE INDEX operators_email ON public.operators USING btree (lower(email));
CREATE INDEX operators_left ON public.operators USING btree (organization_id, id) WHERE (deactivated_at IS NOT NULL);
CREATE INDEX operators_owner ON public.operators USING btree (organization_id) WHERE (role = 'owner'::text);
CREATE INDEX operators_role_id ON public.operators USING btree (organization_id, role_id);
alter table operators enable row level security;
create policy organization on operators to foyer_app using (organization_id = ( SELECT current_organization() AS current_organization)) with check (organization_id = ( SELECT current_organization() AS current_organization));
grant delete, insert, select, update on operators to foyer_app;

create table organizations (
  id uuid not null,
  name text not null,
  sample_state text not null default 'absent'::text,
  sample_progress real not null default 0,
  created_at timestamp with time zone not null default clock_now(),
  version integer not null default 1,
  keeps_picture_data boolean not null default false,
  constraint organizations_pkey PRIMARY KEY (id),
  constraint organizations_sample_state_check CHECK ((sample_state = ANY (ARRAY['absent'::text, 'creating'::text, 'present'::text, 'removing'::text])))
);
alter table organizations enable row level security;
create policy organization on organizations to foyer_app using (id = ( SELECT current_organization() AS current_organization)) with check (id = ( SELECT current_organization() AS current_organization));
grant insert, select, update on organizations to foyer_app;

create table parted_identities (
  organization_id uuid not null,
  address_hash bytea not null,
  contact_id uuid not null,
  parted_at timestamp with time zone not null default clock_now(),
  constraint parted_identities_address_hash_key UNIQUE (address_hash),
  constraint parted_identities_pkey PRIMARY KEY (organization_id, address_hash),
  constraint parted_identities_organization_id_contact_id_fkey FOREIGN KEY (organization_id, contact_id) REFERENCES contacts(organization_id, id) ON DELETE CASCADE
);
CREATE INDEX parted_identities_at ON public.parted_identities USING btree (parted_at);
CREATE INDEX parted_identities_contact ON public.parted_identities USING btree (organization_id, contact_id);
alter table parted_identities enable row level security;
create policy organization on parted_identities to foyer_app using (organization_id = ( SELECT current_organization() AS current_organization)) with check (organization_id = ( SELECT current_organization() AS current_organization));
grant delete, insert, select, update on parted_identities to foyer_app;

create table presence (
  connection_id uuid not null,
  process_id uuid not null,
  organization_id uuid not null,
  subject_kind text not null,
  subject_id uuid not null,
  since timestamp with time zone not null default clock_now(),
  constraint presence_pkey PRIMARY KEY (connection_id),
  constraint presence_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id) ON DELETE CASCADE,
  constraint presence_process_id_fkey FOREIGN KEY (process_id) REFERENCES processes(id) ON DELETE CASCADE,
  constraint presence_subject_kind_check CHECK ((subject_kind = ANY (ARRAY['operator'::text, 'contact'::text])))
);
CREATE INDEX presence_process ON public.presence USING btree (process_id);
CREATE INDEX presence_subject ON public.presence USING btree (organization_id, subject_kind, subject_id);
alter table presence enable row level security;
create policy organization on presence to foyer_app using (organization_id = ( SELECT current_organization() AS current_organization)) with check (organization_id = ( SELECT current_organization() AS current_organization));
grant delete, insert, select, update on presence to foyer_app;

create table processes (
  id uuid not null,
  roles text not null,
  started_at timestamp with time zone not null default clock_now(),
  lease_until timestamp with time zone not null,
  released boolean not null default false,
  constraint processes_pkey PRIMARY KEY (id)
);
grant delete, insert, select, update on processes to foyer_app;

create unlogged table rate_limits (
  key character varying(255) not null,
  points integer not null default 0,
  expire bigint not null,
  constraint rate_limits_pkey PRIMARY KEY (key)
) with (fillfactor=70);
CREATE INDEX rate_limits_expire ON public.rate_limits USING btree (expire);
grant delete, insert, select, update on rate_limits to foyer_app;

create table refused_addresses (
  organization_id uuid not null,
  address_key text not null,
  refused_at timestamp with time zone not null default clock_now(),
  constraint refused_addresses_pkey PRIMARY KEY (organization_id, address_key),
  constraint refused_addresses_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id) ON DELETE CASCADE
);
alter table refused_addresses enable row level security;
create policy organization on refused_addresses to foyer_app using (organization_id = ( SELECT current_organization() AS current_organization)) with check (organization_id = ( SELECT current_organization() AS current_organization));
grant delete, insert, select, update on refused_addresses to foyer_app;

create table reply_times (
  organization_id uuid not null,
  widget_id uuid not null,
  place smallint not null,
  at timestamp with time zone not null default clock_now(),
  seconds integer not null,
  constraint reply_times_pkey PRIMARY KEY (organization_id, widget_id, place),
  constraint reply_times_organization_id_widget_id_fkey FOREIGN KEY (organization_id, widget_id) REFERENCES widgets(organization_id, id) ON DELETE CASCADE,
  constraint reply_times_place_check CHECK (((place >= 0) AND (place <= 63))),
  constraint reply_times_seconds_check CHECK ((seconds >= 0))
);
alter table reply_times enable row level security;
create policy organization on reply_times to foyer_app using (organization_id = ( SELECT current_organization() AS current_organization)) with check (organization_id = ( SELECT current_organization() AS current_organization));
grant delete, insert, select, update on reply_times to foyer_app;

create table roles (
  organization_id uuid not null,
  id uuid not null,
  kind text,
  name text,
  rights text[] not null,
  created_at timestamp with time zone not null default clock_now(),
  version integer not null default 1,
  constraint roles_pkey PRIMARY KEY (organization_id, id),
  constraint roles_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id) ON DELETE CASCADE,
  constraint roles_check CHECK (((kind IS NULL) <> (name IS NULL))),
  constraint roles_kind_check CHECK ((kind = ANY (ARRAY['owner'::text, 'manager'::text, 'admin'::text, 'analyst'::text, 'operator'::text])))
);
CREATE UNIQUE INDEX roles_kind ON public.roles USING btree (organization_id, kind) WHERE (kind IS NOT NULL);
CREATE UNIQUE INDEX roles_name ON public.roles USING btree (organization_id, lower(name)) WHERE (name IS NOT NULL);
alter table roles enable row level security;
create policy organization on roles to foyer_app using (organization_id = ( SELECT current_organization() AS current_organization)) with check (organization_id = ( SELECT current_organization() AS current_organization));
grant delete, insert, select, update on roles to foyer_app;

create table search_left (
  organization_id uuid not null,
  conversation_id uuid not null,
  below_seq bigint not null,
  constraint search_left_pkey PRIMARY KEY (organization_id, conversation_id)
);
alter table search_left enable row level security;
create policy organization on search_left to foyer_app using (organization_id = ( SELECT current_organization() AS current_organization)) with check (organization_id = ( SELECT current_organization() AS current_organization));
grant delete, insert, select, update on search_left to foyer_app;

create table search_parts (
  organization_id uuid not null,
  place integer not null,
  number bigint not null generated always as identity,
  from_at timestamp with time zone not null,
  until_at timestamp with time zone,
  size integer not null default 0,
  constraint search_parts_pkey PRIMARY KEY (organization_id, place),
  constraint search_parts_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id) ON DELETE CASCADE
) with (fillfactor=70);
alter table search_parts enable row level security;
create policy organization on search_parts to foyer_app using (organization_id = ( SELECT current_organization() AS current_organization)) with check (organization_id = ( SELECT current_organization() AS current_organization));
grant delete, insert, select, update on search_parts to foyer_app;

create table search_progress (
  organization_id uuid not null,
  before_at timestamp with time zone not null default 'infinity'::timestamp with time zone,
  before_id uuid not null default 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid,
  after_contact uuid not null default '00000000-0000-0000-0000-000000000000'::uuid,
  contacts_done boolean not null default false,
  constraint search_progress_pkey PRIMARY KEY (organization_id),
  constraint search_progress_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id) ON DELETE CASCADE
);
alter table search_progress enable row level security;
create policy organization on search_progress to foyer_app using (organization_id = ( SELECT current_organization() AS current_organization)) with check (organization_id = ( SELECT current_organization() AS current_organization));
grant delete, insert, select, update on search_progress to foyer_app;

create table search_rows (
  organization_id uuid not null,
  conversation_id uuid not null,
  seq bigint not null,
  part integer not null,
  words tsvector not null,
  constraint search_rows_pkey PRIMARY KEY (organization_id, conversation_id, seq)
);
CREATE INDEX search_rows_words ON public.search_rows USING gin (words) WITH (fastupdate=off);
alter table search_rows enable row level security;
create policy organization on search_rows to foyer_app using (organization_id = ( SELECT current_organization() AS current_organization)) with check (organization_id = ( SELECT current_organization() AS current_organization));
grant delete, insert, select, update on search_rows to foyer_app;

create table sessions (
  organization_id uuid not null,
  id uuid not null,
  operator_id uuid not null,
  token_hash bytea not null,
  device text not null,
  created_at timestamp with time zone not null default clock_now(),
  last_seen_at timestamp with time zone not null default clock_now(),
  expires_at timestamp with time zone not null,
  constraint sessions_token_hash_key UNIQUE (token_hash),
  constraint sessions_pkey PRIMARY KEY (organization_id, id),
  constraint sessions_organization_id_operator_id_fkey FOREIGN KEY (organization_id, operator_id) REFERENCES operators(organization_id, id) ON DELETE CASCADE
);
CREATE INDEX sessions_operator ON public.sessions USING btree (organization_id, operator_id);
alter table sessions enable row level security;
create policy organization on sessions to foyer_app using (organization_id = ( SELECT current_organization() AS current_organization)) with check (organization_id = ( SELECT current_organization() AS current_organization));
grant delete, insert, select, update on sessions to foyer_app;

create table sign_settings (
  organization_id uuid not null,
  operator_id uuid not null,
  settings jsonb not null default '{}'::jsonb,
  constraint sign_settings_pkey PRIMARY KEY (organization_id, operator_id),
  constraint sign_settings_organization_id_operator_id_fkey FOREIGN KEY (organization_id, operator_id) REFERENCES operators(organization_id, id) ON DELETE CASCADE,
  constraint sign_settings_settings_check CHECK ((jsonb_typeof(settings) = 'object'::text))
);
alter table sign_settings enable row level security;
create policy organization on sign_settings to foyer_app using (organization_id = ( SELECT current_organization() AS current_organization)) with check (organization_id = ( SELECT current_organization() AS current_organization));
grant delete, insert, select, update on sign_settings to foyer_app;

create table skills (
  organization_id uuid not null,
  id uuid not null,
  name text not null,
  created_at timestamp with time zone not null default clock_now(),
  version integer not null default 1,
  deleted_at timestamp with time zone,
  constraint skills_pkey PRIMARY KEY (organization_id, id),
  constraint skills_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX skills_name ON public.skills USING btree (organization_id, lower(name)) WHERE (deleted_at IS NULL);
alter table skills enable row level security;
create policy organization on skills to foyer_app using (organization_id = ( SELECT current_organization() AS current_organization)) with check (organization_id = ( SELECT current_organization() AS current_organization));
grant delete, insert, select, update on skills to foyer_app;

create table socket_tickets (
  token_hash bytea not null,
  organization_id uuid not null,
  operator_id uuid not null,
  session_id uuid not null,
  expires_at timestamp with time zone not null,
  constraint socket_tickets_pkey PRIMARY KEY (token_hash),
  constraint socket_tickets_organization_id_session_id_fkey FOREIGN KEY (organization_id, session_id) REFERENCES sessions(organization_id, id) ON DELETE CASCADE
);
alter table socket_tickets enable row level security;
create policy organization on socket_tickets to foyer_app using (organization_id = ( SELECT current_organization() AS current_organization)) with check (organization_id = ( SELECT current_organization() AS current_organization));
grant delete, insert, select, update on socket_tickets to foyer_app;

create table unread_mails (
  organization_id uuid not null,
  conversation_id uuid not null,
  due_at timestamp with time zone,
  told_seq bigint not null default 0,
  constraint unread_mails_pkey PRIMARY KEY (organization_id, conversation_id),
  constraint unread_mails_organization_id_conversation_id_fkey FOREIGN KEY (organization_id, conversation_id) REFERENCES conversations(organization_id, id) ON DELETE CASCADE
) with (fillfactor=70);
CREATE INDEX unread_mails_due ON public.unread_mails USING btree (due_at) WHERE (due_at IS NOT NULL);
alter table unread_mails enable row level security;
create policy organization on unread_mails to foyer_app using (organization_id = ( SELECT current_organization() AS current_organization)) with check (organization_id = ( SELECT current_organization() AS current_organization));
grant delete, insert, select, update on unread_mails to foyer_app;

create table widget_groups (
  organization_id uuid not null,
  widget_id uuid not null,
  group_id uuid not null,
  place smallint not null default 0,
  constraint widget_groups_pkey PRIMARY KEY (organization_id, widget_id, group_id),
  constraint widget_groups_organization_id_group_id_fkey FOREIGN KEY (organization_id, group_id) REFERENCES groups(organization_id, id) ON DELETE CASCADE,
  constraint widget_groups_organization_id_widget_id_fkey FOREIGN KEY (organization_id, widget_id) REFERENCES widgets(organization_id, id) ON DELETE CASCADE
);
alter table widget_groups enable row level security;
create policy organization on widget_groups to foyer_app using (organization_id = ( SELECT current_organization() AS current_organization)) with check (organization_id = ( SELECT current_organization() AS current_organization));
grant delete, insert, select, update on widget_groups to foyer_app;

create table widget_skills (
  organization_id uuid not null,
  widget_id uuid not null,
  skill_id uuid not null,
  constraint widget_skills_pkey PRIMARY KEY (organization_id, widget_id, skill_id),
  constraint widget_skills_organization_id_skill_id_fkey FOREIGN KEY (organization_id, skill_id) REFERENCES skills(organization_id, id) ON DELETE CASCADE,
  constraint widget_skills_organization_id_widget_id_fkey FOREIGN KEY (organization_id, widget_id) REFERENCES widgets(organization_id, id) ON DELETE CASCADE
);
alter table widget_skills enable row level security;
create policy organization on widget_skills to foyer_app using (organization_id = ( SELECT current_organization() AS current_organization)) with check (organization_id = ( SELECT current_organization() AS current_organization));
grant delete, insert, select, update on widget_skills to foyer_app;

create table widgets (
  organization_id uuid not null,
  id uuid not null,
  key text not null,
  name text not null,
  locale text not null default 'en'::text,
  color text not null default '#3b5bdb'::text,
  allowed_sites text[] not null default '{}'::text[],
  created_at timestamp with time zone not null default clock_now(),
  version integer not null default 1,
  routing text not null default 'everyone'::text,
  group_id uuid,
  operator_id uuid,
  live_minutes smallint not null default 10,
  mail_minutes smallint default 10,
  hours jsonb,
  texts jsonb not null default '{}'::jsonb,
  privacy jsonb,
  waiting_minutes smallint,
  silent_minutes smallint,
  follow_up_texts jsonb not null default '{}'::jsonb,
  media jsonb not null default '{"kinds": ["picture", "video", "audio", "document", "archive", "other"], "contacts": true}'::jsonb,
  constraint widgets_key_key UNIQUE (key),
  constraint widgets_pkey PRIMARY KEY (organization_id, id),
  constraint widgets_group FOREIGN KEY (organization_id, group_id) REFERENCES groups(organization_id, id),
  constraint widgets_operator FOREIGN KEY (organization_id, operator_id) REFERENCES operators(organization_id, id),
  constraint widgets_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id) ON DELETE CASCADE,
  constraint widgets_color_check CHECK ((color ~ '^#[0-9a-f]{6}$'::text)),
  constraint widgets_live_minutes_check CHECK (((live_minutes >= 1) AND (live_minutes <= 30))),
  constraint widgets_mail_minutes_check CHECK (((mail_minutes >= 1) AND (mail_minutes <= 1440))),
  constraint widgets_routing_check CHECK ((routing = ANY (ARRAY['everyone'::text, 'group'::text, 'choice'::text, 'skills'::text, 'operator'::text]))),
  constraint widgets_silent_minutes_check CHECK (((silent_minutes >= 1) AND (silent_minutes <= 10080))),
  constraint widgets_waiting_minutes_check CHECK (((waiting_minutes >= 1) AND (waiting_minutes <= 120)))
);
alter table widgets enable row level security;
create policy organization on widgets to foyer_app using (organization_id = ( SELECT current_organization() AS current_organization)) with check (organization_id = ( SELECT current_organization() AS current_organization));
grant delete, insert, select, update on widgets to foyer_app;

CREATE OR REPLACE FUNCTION public.account_link_holds(link account_links)
 RETURNS boolean
 LANGUAGE sql
 STABLE
AS $function$
  select link.expires_at > clock_now() and exists (select from operators o
    join roles theirs on theirs.organization_id = o.organization_id and theirs.id = o.role_id
    where o.organization_id = link.organization_id and o.id = link.operator_id and o.deactivated_at is null
      and (link.created_by is null or (theirs.kind is distinct from 'owner' and exists (select from operators m
        join roles mine on mine.organization_id = m.organization_id and mine.id = m.role_id
        where m.organization_id = link.organization_id and m.id = link.created_by and m.deactivated_at is null
          and (mine.kind = 'owner' or ('team.manage' = any (mine.rights) and theirs.rights <@ mine.rights)))))) $function$;
grant execute on function account_link_holds(account_links) to foyer_app;

CREATE OR REPLACE FUNCTION public.account_of_address(address text)
 RETURNS TABLE(organization_id uuid, operator_id uuid, name text, email text, locale text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$ select o.organization_id, o.id, o.name, o.email, o.locale from operators o
        where lower(o.email) = lower(address) and o.deactivated_at is null and not o.sample $function$;
grant execute on function account_of_address(text) to foyer_app;

CREATE OR REPLACE FUNCTION public.account_of_link(hash bytea)
 RETURNS TABLE(organization_id uuid, operator_id uuid, kind text, address text, organization_name text, name text, email text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$ select l.organization_id, l.operator_id, l.kind, l.address, g.name, o.name, o.email
        from account_links l
        join operators o on o.organization_id = l.organization_id and o.id = l.operator_id
        join organizations g on g.id = l.organization_id
        where l.token_hash = hash and account_link_holds(l) $function$;
grant execute on function account_of_link(bytea) to foyer_app;

CREATE OR REPLACE FUNCTION public.after_entry(head conversations, entry entry_draft, number bigint, waited timestamp with time zone)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
declare
  by_operator boolean := entry.actor_kind = 'operator';
  about record;
begin
  if by_operator and entry.kind <> 'event' then
    perform forget_draft(head.organization_id, entry.actor_id, head.id, entry.kind, entry.text);
  end if;
  if entry.kind = 'message' and (by_operator or entry.actor_kind = 'contact') then
    -- All that the steps need to know, looked up once.
    select k.sample, k.email, w.mail_minutes, case when by_operator then w.silent_minutes else w.waiting_minutes end as minutes,
        f.kind as waits, f.told into about
      from contacts k
      join widgets w on w.organization_id = head.organization_id and w.id = head.widget_id
      left join follow_ups f on f.organization_id = head.organization_id and f.conversation_id = head.id
      where k.organization_id = head.organization_id and k.id = head.contact_id;
    if about.minutes is not null or about.waits is not null then
      perform turn_follow_up(head, number, case when by_operator then 'silent' else 'waiting' end, about.waits, about.told,
        case when not about.sample then about.minutes end);
    end if;
    -- Nobody has waited behind sample data, nor has a mailbox.
    if by_operator and not about.sample then
      if head.public_last_at > waited then
        perform note_reply_time(head, waited);
      end if;
      if about.email is not null and about.mail_minutes is not null and head.channel = 'website' then
        perform await_reading(head.organization_id, head.id, about.mail_minutes);
      end if;
    end if;
  elsif entry.kind = 'event' then
    if entry.body->>'event' in ('ended', 'set_pending', 'opened') then
      perform end_follow_up(head.organization_id, head.id, entry.body->>'event');
    end if;
    if by_operator then
      perform notify_of_event(head, entry);
    end if;
  elsif entry.kind = 'note' and entry.body ? 'mentions' then
    perform notify_mentioned(head.organization_id, head.id, entry.id, entry.actor_id, entry.body);
  end if;
end $function$;
grant execute on function after_entry(conversations,entry_draft,bigint,timestamp with time zone) to foyer_app;

CREATE OR REPLACE FUNCTION public.after_entry_change(head conversations, before entries, after entries)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
begin
  if after.kind = 'note' then
    perform after_note_change(head, after.id, after.actor_id, after.text, after.body);
  elsif after.kind <> before.kind then
    -- Nothing is left to tell, nor of what was sent with it.
    delete from notifications n where n.organization_id = head.organization_id and n.conversation_id = head.id
      and n.entry_id = after.id;
    delete from files f where f.organization_id = head.organization_id and f.conversation_id = head.id
      and f.entry_id = after.id;
  elsif after.marks ? 'erasure' and before.marks->'erasure' is null and head.assignee_id is not null then
    perform notify(head.organization_id, head.id, after.id, null, 'erasure_asked', array[head.assignee_id]);
  end if;
end $function$;
grant execute on function after_entry_change(conversations,entries,entries) to foyer_app;

CREATE OR REPLACE FUNCTION public.after_note_change(head conversations, note uuid, author uuid, said text, about jsonb)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
begin
  -- What was said about a hand-over follows the note.
  update conversations c set handed_note = case when about->>'event' = 'note_deleted' then null else left(said, 160) end
    where c.organization_id = head.organization_id and c.id = head.id and c.handed_note_id = note;
  if about->>'event' = 'note_deleted' then
    -- Nothing is left to tell.
    delete from notifications n where n.organization_id = head.organization_id and n.conversation_id = head.id
      and n.entry_id = note;
  elsif about ? 'mentions' then
    perform notify_mentioned(head.organization_id, head.id, note, author, about);
  end if;
end $function$;
grant execute on function after_note_change(conversations,uuid,uuid,text,jsonb) to foyer_app;

CREATE OR REPLACE FUNCTION public.await_reading(organization uuid, conversation uuid, minutes smallint)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
begin
  insert into unread_mails (organization_id, conversation_id, due_at)
    values (organization, conversation, clock_now() + make_interval(mins => minutes))
    on conflict (organization_id, conversation_id) do update set due_at = excluded.due_at
      where unread_mails.due_at is null;
end $function$;
grant execute on function await_reading(uuid,uuid,smallint) to foyer_app;

CREATE OR REPLACE FUNCTION public.begin_conversation(organization uuid, conversation uuid, contact uuid, widget uuid, channel_kind text, draft entry_draft, outcome head_outcome)
 RETURNS SETOF conversations
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  now_at timestamptz := clock_now();
  head conversations;
  assignee uuid := outcome.assignee_id;
  routed boolean := false;
  lives_for interval;
begin
  perform set_config('foyer.organization', organization::text, true);
  if outcome.route is not null and is_service_open(organization, widget) then
    assignee := route_live(organization, widget, outcome.group_id, (
      select c.assignee_id from conversations c where c.organization_id = organization and c.contact_id = contact
        and c.assignee_id is not null order by c.public_last_at desc, c.id desc limit 1));
    routed := assignee is not null;
    if routed then
      select make_interval(mins => w.live_minutes) into lives_for from widgets w
        where w.organization_id = organization and w.id = widget;
    end if;
  end if;
  insert into conversations (
    organization_id, id, contact_id, widget_id, channel, state, assignee_id, group_id, seq, public_seq, created_at, last_at,
    public_last_at, message_at, waiting_since, live_since, live_until, wants_live, rank, position, preview_author, preview_text,
    unread_operator, read_by_contact, delivered_to_contact)
  values (
    organization, conversation, contact, widget, channel_kind,
    case when routed then outcome.live_state else outcome.state end, assignee, outcome.group_id,
    1 + routed::int, 1 + routed::int, now_at, now_at, now_at, now_at, case when outcome.waiting = 'start' then now_at end,
    case when routed then now_at end, now_at + lives_for, outcome.live = 'try' and not routed,
    case when routed then outcome.live_rank else outcome.rank end,
    case when outcome.waiting = 'start' then 1 else -1 end * extract(epoch from now_at),
    outcome.preview_author, left(draft.text, 160), outcome.unread_operator, 1 + routed::int, 1 + routed::int)
  returning * into head;
  insert into entries (
    organization_id, conversation_id, seq, changed_seq, public_seq, public_changed_seq, id, at, kind, actor_kind, actor_id,
    identity_id, text, body, request_hash, session)
  values (
    organization, conversation, 1, 1, 1, 1, draft.id, now_at, draft.kind, draft.actor_kind, draft.actor_id,
    draft.identity_id, draft.text, draft.body, draft.request_hash, case when routed then 'live' else 'later' end);
  if routed then
    perform record_routing(head, draft.routed_id);
  end if;
  perform after_entry(head, draft, 1, null);
  return next head;
end $function$;
grant execute on function begin_conversation(uuid,uuid,uuid,uuid,text,entry_draft,head_outcome) to foyer_app;

CREATE OR REPLACE FUNCTION public.begin_mail(organization uuid, mail uuid, with_message_id text)
 RETURNS SETOF mails
 LANGUAGE plpgsql
AS $function$
declare
  mailbox text;
begin
  select m.mailbox_key into mailbox from mails m where m.organization_id = organization and m.id = mail;
  perform pg_advisory_xact_lock(hashtextextended(organization::text || mailbox, 0));
  return query update mails m
    set tried_at = clock_now(), message_id = coalesce(m.message_id, with_message_id)
    where m.organization_id = organization and m.id = mail and m.state = 'queued'
      and (m.contact_id is null
        or exists (select from contacts k where k.organization_id = organization and k.id = m.contact_id
          and k.email_verified_at is not null and lower(k.email) = m.address_key)
        or mails_left(organization, m.to_address, m.id) > 0)
    returning m.*;
end $function$;
grant execute on function begin_mail(uuid,uuid,text) to foyer_app;

CREATE OR REPLACE FUNCTION public.begin_roles()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  perform seed_roles(new.id);
  return null;
end $function$;
grant execute on function begin_roles() to foyer_app;

CREATE OR REPLACE FUNCTION public.begin_welcomed(organization uuid, conversation uuid, contact uuid, widget uuid, channel_kind text, draft entry_draft, outcome head_outcome, welcome_id uuid, welcome text)
 RETURNS SETOF conversations
 LANGUAGE plpgsql
AS $function$
declare
  head conversations;
begin
  select * into head from begin_conversation(organization, conversation, contact, widget, channel_kind, draft, outcome);
  for number in reverse head.seq..1 loop
    update entries e set seq = e.seq + 1, changed_seq = e.changed_seq + 1, public_seq = e.public_seq + 1,
      public_changed_seq = e.public_changed_seq + 1
    where e.organization_id = organization and e.conversation_id = conversation and e.seq = number;
  end loop;
  update follow_ups f set since_seq = f.since_seq + 1
    where f.organization_id = organization and f.conversation_id = conversation;
  insert into entries (
    organization_id, conversation_id, seq, changed_seq, public_seq, public_changed_seq, id, at, kind, actor_kind, text,
    request_hash, session)
  values (organization, conversation, 1, 1, 1, 1, welcome_id, head.last_at, 'message', 'automatic', welcome,
    sha256(uuid_send(welcome_id)), case when head.live_since is null then 'later' else 'live' end);
  return query update conversations c set seq = c.seq + 1, public_seq = c.public_seq + 1,
      read_by_contact = c.read_by_contact + 1, delivered_to_contact = c.delivered_to_contact + 1
    where c.organization_id = organization and c.id = conversation returning c.*;
end $function$;
grant execute on function begin_welcomed(uuid,uuid,uuid,uuid,text,entry_draft,head_outcome,uuid,text) to foyer_app;

CREATE OR REPLACE FUNCTION public.blocked_until(organization uuid, contact uuid)
 RETURNS timestamp with time zone
 LANGUAGE sql
 STABLE
AS $function$ select max(b.until_at) from blocks_of(organization, contact) b $function$;
grant execute on function blocked_until(uuid,uuid) to foyer_app;

CREATE OR REPLACE FUNCTION public.blocks_of(organization uuid, contact uuid)
 RETURNS SETOF contact_blocks
 LANGUAGE sql
 STABLE
AS $function$
  select b.* from contact_blocks b
    where b.organization_id = organization and b.contact_id = contact and b.lifted_at is null and b.until_at > clock_now()
  union all
  select b.* from contacts k join contact_blocks b
      on b.organization_id = k.organization_id and b.mailbox_key = mail_key(k.email)
    where k.organization_id = organization and k.id = contact and b.contact_id <> contact
      and b.lifted_at is null and b.until_at > clock_now() and (b.mailbox_proven or k.email_verified_at is null) $function$;
grant execute on function blocks_of(uuid,uuid) to foyer_app;

CREATE OR REPLACE FUNCTION public.change_entry(organization uuid, conversation uuid, entry uuid, what text, said text, about jsonb, marked jsonb, is_deleted boolean, is_public boolean)
 RETURNS SETOF conversations
 LANGUAGE plpgsql
AS $function$
declare
  head conversations;
  before entries;
  after entries;
  is_gone boolean;
  last record;
begin
  perform set_config('foyer.organization', organization::text, true);
  select * into head from conversations c where c.organization_id = organization and c.id = conversation for update;
  select * into before from entries e
    where e.organization_id = organization and e.conversation_id = conversation and e.id = entry;
  if before.id is null then
    return;
  end if;
  update entries e set
    changed_seq = head.seq + 1,
    public_changed_seq = case when is_public then head.public_seq + 1 else e.public_changed_seq end,
    kind = what, text = said, body = about, marks = marked,
    deleted_for_contact_at = case when is_deleted then coalesce(e.deleted_for_contact_at, clock_now()) end,
    -- Of what was erased not even a print is left by which a guess could be told right.
    request_hash = case when what <> e.kind then sha256(uuid_send(gen_random_uuid())) else e.request_hash end
  where e.organization_id = organization and e.conversation_id = conversation and e.seq = before.seq
  returning * into after;

  is_gone := before.kind = 'message' and before.deleted_for_contact_at is null
    and (after.kind <> 'message' or after.deleted_for_contact_at is not null);
  if is_gone then
    -- The head shows the last message that both sides can read.
    select e.actor_kind, left(e.text, 160) as text, e.body->'files' is not null as has_files into last from entries e
      where e.organization_id = organization and e.conversation_id = conversation and e.kind = 'message'
        and e.deleted_for_contact_at is null and e.actor_kind in ('contact', 'operator')
      order by e.seq desc limit 1;
    update conversations c set
      seq = c.seq + 1,
      public_seq = c.public_seq + is_public::int,
      preview_author = last.actor_kind,
      preview_text = last.text,
      files_at = case when last.has_files then c.message_at end,
      unread_contact = greatest(0, c.unread_contact - (
        before.actor_kind not in ('contact', 'automatic') and before.public_seq > c.read_by_contact)::int),
      unread_operator = greatest(0, c.unread_operator - (
        before.actor_kind = 'contact' and before.public_seq > c.read_by_operator)::int)
    where c.organization_id = organization and c.id = conversation returning * into head;
  else
    update conversations c set seq = c.seq + 1, public_seq = c.public_seq + is_public::int
      where c.organization_id = organization and c.id = conversation returning * into head;
  end if;
  perform after_entry_change(head, before, after);
  return query select * from conversations c where c.organization_id = organization and c.id = conversation;
end $function$;
grant execute on function change_entry(uuid,uuid,uuid,text,text,jsonb,jsonb,boolean,boolean) to foyer_app;

CREATE OR REPLACE FUNCTION public.change_note(organization uuid, conversation uuid, note uuid, author uuid, said text, about jsonb)
 RETURNS SETOF conversations
 LANGUAGE plpgsql
AS $function$
begin
  perform set_config('foyer.organization', organization::text, true);
  perform from conversations c where c.organization_id = organization and c.id = conversation for update;
  if not exists (select from entries e where e.organization_id = organization and e.conversation_id = conversation
    and e.id = note and e.kind = 'note' and e.actor_id = author and e.body->>'event' = 'note')
  then
    return;
  end if;
  return query select * from change_entry(organization, conversation, note, 'note', said, about, null, false, false);
end $function$;
grant execute on function change_note(uuid,uuid,uuid,uuid,text,jsonb) to foyer_app;

CREATE OR REPLACE FUNCTION public.choose_operator(organization uuid, widget uuid, in_group uuid, preferred uuid)
 RETURNS uuid
 LANGUAGE plpgsql
 STABLE
AS $function$
declare
  chosen uuid;
  among uuid[];
begin
  if preferred is null and in_group is null then
    select w.operator_id into preferred from widgets w
      where w.organization_id = organization and w.id = widget and w.routing = 'operator';
  end if;
  if preferred is not null then
    select s.operator_id into chosen from operator_slots s
      where s.organization_id = organization and s.operator_id = preferred and s.free > 0
        and serves(organization, widget, in_group, preferred);
    if found then
      return chosen;
    end if;
  end if;
  -- Of few, each is looked at; among many, whoever may have it is soon met in the order in which they are chosen.
  among := few_to_choose_among(organization, widget, in_group, 500);
  if among is null then
    select s.operator_id into chosen from operator_slots s
      where s.organization_id = organization and s.free > 0 and serves(organization, widget, in_group, s.operator_id)
      order by s.free desc, s.last_live_at, s.operator_id limit 1;
  else
    -- Materialized, or the planner may walk everybody's order for the first of them after all; in order, so that `serves` is
    -- asked of no more than it must.
    with near as materialized (
      select s.operator_id from operator_slots s
      where s.organization_id = organization and s.operator_id = any (among) and s.free > 0
      order by s.free desc, s.last_live_at, s.operator_id)
    select n.operator_id into chosen from near n where serves(organization, widget, in_group, n.operator_id) limit 1;
  end if;
  return chosen;
end $function$;
grant execute on function choose_operator(uuid,uuid,uuid,uuid) to foyer_app;

CREATE OR REPLACE FUNCTION public.claim_jobs(worker uuid, kinds text[], how_many integer, lease interval)
 RETURNS SETOF jobs
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
    update jobs j set holder = worker, lease_until = clock_now() + lease, fence = j.fence + 1, attempts = j.attempts + 1
    from (
      select d.organization_id, d.id from jobs d
      where d.dead_at is null and d.due_at <= clock_now() and d.kind = any (kinds)
        and (d.lease_until is null or d.lease_until <= clock_now())
        and (d.lane is null or not exists (
          select from jobs e where e.organization_id = d.organization_id and e.lane = d.lane
            and e.ordinal < d.ordinal and e.dead_at is null))
      order by d.due_at limit how_many for update skip locked
    ) due
    where j.organization_id = due.organization_id and j.id = due.id
    returning j.* $function$;
grant execute on function claim_jobs(uuid,text[],integer,interval) to foyer_app;

CREATE OR REPLACE FUNCTION public.clock_now()
 RETURNS timestamp with time zone
 LANGUAGE sql
AS $function$select clock_timestamp()$function$;
grant execute on function clock_now() to foyer_app;

CREATE OR REPLACE FUNCTION public.contact_by_hash(channel_kind text, hash bytea)
 RETURNS TABLE(organization_id uuid, identity_id uuid, contact_id uuid, proven boolean, blocked_until timestamp with time zone)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$ select i.organization_id, i.id, i.contact_id, i.proven_at is not null, blocked_until(i.organization_id, i.contact_id)
        from identities i
        where i.channel = channel_kind and i.address_hash = hash
          and (i.expires_at is null or i.expires_at > clock_now()) $function$;
grant execute on function contact_by_hash(text,bytea) to foyer_app;

CREATE OR REPLACE FUNCTION public.conversation_holds(c conversations)
 RETURNS boolean
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE
AS $function$
begin
  return c.state in ('new', 'open', 'pending', 'ended')
    and (c.preview_author is null or c.preview_author in ('contact', 'operator', 'system'))
    and (c.handed_note is null or length(c.handed_note) <= 160)
    and (c.live_since is null) = (c.live_until is null)
    -- Whoever is live has somebody, and has not ended.
    and (c.live_since is null or (c.assignee_id is not null and c.state <> 'ended'))
    -- Somebody has put it off, and nobody is there for it.
    and (c.snoozed_until is null or (c.assignee_id is not null and c.state <> 'ended' and c.live_since is null));
end $function$;
grant execute on function conversation_holds(conversations) to foyer_app;

CREATE OR REPLACE FUNCTION public.conversations_since(moment timestamp with time zone, at_most integer)
 RETURNS TABLE(organization_id uuid, conversation_id uuid, seq bigint, public_seq bigint, contact_id uuid, assignee_id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$ select r.organization_id, r.id, r.seq, r.public_seq, r.contact_id, r.assignee_id
        from organizations o cross join lateral (
          select c.* from conversations c
          where c.organization_id = o.id and c.last_at >= moment order by c.last_at desc, c.id desc limit at_most
        ) r $function$;
grant execute on function conversations_since(timestamp with time zone,integer) to foyer_app;

CREATE OR REPLACE FUNCTION public.current_organization()
 RETURNS uuid
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$ select nullif(current_setting('foyer.organization', true), '')::uuid $function$;
grant execute on function current_organization() to foyer_app;

CREATE OR REPLACE FUNCTION public.demo_widget_color()
 RETURNS text
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$ select nullif(w.color, '#3b5bdb') from widgets w order by w.created_at, w.id limit 1 $function$;
grant execute on function demo_widget_color() to foyer_app;

CREATE OR REPLACE FUNCTION public.demo_widget_key()
 RETURNS text
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$ select w.key from widgets w order by w.created_at, w.id limit 1 $function$;
grant execute on function demo_widget_key() to foyer_app;

CREATE OR REPLACE FUNCTION public.draft_bytes(text text, content jsonb)
 RETURNS bigint
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
  select octet_length(text) + coalesce(octet_length(content::text), 0)
$function$;
grant execute on function draft_bytes(text,jsonb) to foyer_app;

CREATE OR REPLACE FUNCTION public.due_conversations(at_most integer)
 RETURNS TABLE(organization_id uuid, conversation_id uuid, due text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$ (select c.organization_id, c.id, 'live' from conversations c
          where c.live_until <= clock_now() order by c.live_until limit at_most)
        union all
        (select c.organization_id, c.id, 'end' from conversations c
          where c.ends_at <= clock_now() and c.snoozed_until is null order by c.ends_at limit at_most)
        union all
        (select c.organization_id, c.id, 'snooze' from conversations c
          where c.snoozed_until <= clock_now() order by c.snoozed_until limit at_most) $function$;
grant execute on function due_conversations(integer) to foyer_app;

CREATE OR REPLACE FUNCTION public.due_file_removals(at_most integer)
 RETURNS SETOF file_removals
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  update file_removals r set at = clock_now() + interval '1 minute' where (r.organization_id, r.key) in (
    select d.organization_id, d.key from file_removals d where d.at <= clock_now()
    order by d.at limit at_most for update skip locked)
  returning r.*
$function$;
grant execute on function due_file_removals(integer) to foyer_app;

CREATE OR REPLACE FUNCTION public.due_follow_ups(at_most integer)
 RETURNS TABLE(organization_id uuid, conversation_id uuid, kind text, since_seq bigint)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$ select f.organization_id, f.conversation_id, f.kind, f.since_seq from follow_ups f
        where f.due_at <= clock_now() order by f.due_at limit at_most $function$;
grant execute on function due_follow_ups(integer) to foyer_app;

CREATE OR REPLACE FUNCTION public.due_unread_mails(at_most integer)
 RETURNS TABLE(organization_id uuid, conversation_id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$ select u.organization_id, u.conversation_id from unread_mails u
        where u.due_at <= clock_now() order by u.due_at limit at_most $function$;
grant execute on function due_unread_mails(integer) to foyer_app;

CREATE OR REPLACE FUNCTION public.end_follow_up(organization uuid, conversation uuid, happened text)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
begin
  delete from follow_ups f
    where f.organization_id = organization and f.conversation_id = conversation
      and case happened when 'ended' then true
        when 'set_pending' then f.kind = 'waiting' and not f.told else f.kind = 'silent' and not f.told end;
end $function$;
grant execute on function end_follow_up(uuid,uuid,text) to foyer_app;

CREATE OR REPLACE FUNCTION public.entry_holds(actor_kind text, session text)
 RETURNS boolean
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE
AS $function$
begin
  return actor_kind in ('operator', 'contact', 'bot', 'rule', 'api', 'system', 'automatic')
    and (session is null or session in ('live', 'later'));
end $function$;
grant execute on function entry_holds(text,text) to foyer_app;

CREATE OR REPLACE FUNCTION public.erase_contact(organization uuid, contact uuid)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
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
  delete from files f where f.organization_id = organization and (f.contact_id = contact or f.token_hash in (
    select i.address_hash from identities i where i.organization_id = organization and i.contact_id = contact));
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
end $function$;
grant execute on function erase_contact(uuid,uuid) to foyer_app;

CREATE OR REPLACE FUNCTION public.few_to_choose_among(organization uuid, widget uuid, in_group uuid, at_most integer)
 RETURNS uuid[]
 LANGUAGE plpgsql
 STABLE
AS $function$
declare
  mode text;
  of_group uuid;
  among uuid[];
begin
  if in_group is null then
    select w.routing, w.group_id into mode, of_group from widgets w where w.organization_id = organization and w.id = widget;
  else
    mode := 'group';
    of_group := in_group;
  end if;
  if mode = 'group' and of_group is not null then
    among := array(select m.operator_id from group_members m
      where m.organization_id = organization and m.group_id = of_group limit at_most + 1);
  elsif mode = 'choice' then
    among := array(select m.operator_id from widget_groups g
      join group_members m on m.organization_id = g.organization_id and m.group_id = g.group_id
      where g.organization_id = organization and g.widget_id = widget limit at_most + 1);
  elsif mode = 'skills' then
    select holders.ids into among from widget_skills k
      cross join lateral (select array(select s.operator_id from operator_skills s
        where s.organization_id = organization and s.skill_id = k.skill_id limit at_most + 1) as ids) holders
      where k.organization_id = organization and k.widget_id = widget
      order by cardinality(holders.ids) limit 1;
  end if;
  return case when cardinality(among) <= at_most then among end;
end $function$;
grant execute on function few_to_choose_among(uuid,uuid,uuid,integer) to foyer_app;

CREATE OR REPLACE FUNCTION public.file_changed()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  -- Bytes that came anew, or without what a camera wrote into them, lie under another key.
  if new.key <> old.key then
    insert into file_removals (organization_id, key) values (old.organization_id, old.key) on conflict do nothing;
  end if;
  update file_usage u set bytes = greatest(0, u.bytes + new.bytes - old.bytes)
    where u.organization_id = old.organization_id and new.bytes <> old.bytes;
  return null;
end $function$;
grant execute on function file_changed() to foyer_app;

CREATE OR REPLACE FUNCTION public.file_gone()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  insert into file_removals (organization_id, key) values (old.organization_id, old.key) on conflict do nothing;
  update file_usage u set bytes = greatest(0, u.bytes - old.bytes) where u.organization_id = old.organization_id;
  return null;
end $function$;
grant execute on function file_gone() to foyer_app;

CREATE OR REPLACE FUNCTION public.files_sent(head conversations, entry uuid, wanted uuid[], operator uuid, hash bytea)
 RETURNS SETOF conversations
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  bound integer;
begin
  update files f set conversation_id = head.id, entry_id = entry, contact_id = head.contact_id
    where f.organization_id = head.organization_id and f.id = any (wanted) and f.entry_id is null and f.shape is not null
      and f.operator_id is not distinct from operator and f.token_hash is not distinct from hash;
  get diagnostics bound = row_count;
  if bound <> cardinality(wanted) then
    raise exception using errcode = 'unique_violation', constraint = 'files_sent_once',
      message = 'A file of the message is gone, or was sent already.';
  end if;
  return query update conversations c set files_at = c.message_at
    where c.organization_id = head.organization_id and c.id = head.id returning c.*;
end $function$;
grant execute on function files_sent(conversations,uuid,uuid[],uuid,bytea) to foyer_app;

CREATE OR REPLACE FUNCTION public.follow_address()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  insert into unread_mails (organization_id, conversation_id, due_at)
    select c.organization_id, c.id, clock_now() + make_interval(mins => w.mail_minutes)
    from conversations c join widgets w on w.organization_id = c.organization_id and w.id = c.widget_id
    where c.organization_id = new.organization_id and c.contact_id = new.id
      and c.channel = 'website' and c.unread_contact > 0 and w.mail_minutes is not null
  on conflict (organization_id, conversation_id) do update set due_at = excluded.due_at
    where unread_mails.due_at is null;
  return null;
end $function$;
grant execute on function follow_address() to foyer_app;

CREATE OR REPLACE FUNCTION public.follow_operator()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  insert into operator_slots (organization_id, operator_id, online)
    values (new.organization_id, new.id, new.online and new.deactivated_at is null)
  on conflict (organization_id, operator_id) do update set online = excluded.online
    where operator_slots.online <> excluded.online;
  return null;
end $function$;
grant execute on function follow_operator() to foyer_app;

CREATE OR REPLACE FUNCTION public.follow_presence()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare
  gone_or_come presence := case when tg_op = 'DELETE' then old else new end;
begin
  perform from operator_slots s where s.organization_id = gone_or_come.organization_id
    and s.operator_id = gone_or_come.subject_id for update;
  update operator_slots s set present = not s.present
  where s.organization_id = gone_or_come.organization_id and s.operator_id = gone_or_come.subject_id
    and s.present <> exists (
      select from presence p where p.organization_id = gone_or_come.organization_id
        and p.subject_kind = 'operator' and p.subject_id = gone_or_come.subject_id);
  return null;
end $function$;
grant execute on function follow_presence() to foyer_app;

CREATE OR REPLACE FUNCTION public.follow_role()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if new.role_id is null or (tg_op = 'UPDATE' and new.role_id = old.role_id and new.role <> old.role) then
    select r.id into new.role_id from roles r where r.organization_id = new.organization_id and r.kind = new.role;
  end if;
  select case when r.kind = 'owner' then 'owner' when r.kind in ('manager', 'admin') then 'admin' else 'operator' end
    into new.role from roles r where r.organization_id = new.organization_id and r.id = new.role_id;
  return new;
end $function$;
grant execute on function follow_role() to foyer_app;

CREATE OR REPLACE FUNCTION public.follow_status()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  new.since := clock_now();
  return new;
end $function$;
grant execute on function follow_status() to foyer_app;

CREATE OR REPLACE FUNCTION public.forget_draft(organization uuid, operator uuid, conversation uuid, what text, sent text)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
begin
  delete from drafts d where d.organization_id = organization and d.operator_id = operator
    and d.conversation_id = conversation and d.kind = what
    and starts_with(btrim(sent, E' \t\r\n'), btrim(d.text, E' \t\r\n'));
end $function$;
grant execute on function forget_draft(uuid,uuid,uuid,text,text) to foyer_app;

CREATE OR REPLACE FUNCTION public.forget_draft_content()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  new.content := null;
  return new;
end $function$;
grant execute on function forget_draft_content() to foyer_app;

CREATE OR REPLACE FUNCTION public.forget_drafts_of_leaver()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  delete from drafts d where d.organization_id = new.organization_id and d.operator_id = new.id;
  return null;
end $function$;
grant execute on function forget_drafts_of_leaver() to foyer_app;

CREATE OR REPLACE FUNCTION public.forsaken_conversations()
 RETURNS TABLE(organization_id uuid, conversation_id uuid, due text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$ select f.organization_id, f.id, f.due from (
          select c.organization_id, c.id, case
            when not exists (select from operator_slots s where s.organization_id = c.organization_id
              and s.operator_id = c.assignee_id and s.online and s.present) then 'operator_gone'
            when not is_connected(c.organization_id, 'contact', c.contact_id) then 'contact_gone' end as due
          from conversations c where c.live_since is not null) f
        where f.due is not null $function$;
grant execute on function forsaken_conversations() to foyer_app;

CREATE OR REPLACE FUNCTION public.front_organization()
 RETURNS text
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$ select case when count(*) = 1 then min(name) end from (select name from organizations limit 2) found $function$;
grant execute on function front_organization() to foyer_app;

CREATE OR REPLACE FUNCTION public.give_slot(organization uuid, operator uuid)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
begin
  update operator_slots s set used = s.used - 1 where s.organization_id = organization and s.operator_id = operator;
end $function$;
grant execute on function give_slot(uuid,uuid) to foyer_app;

CREATE OR REPLACE FUNCTION public.identity_by_hash(channel_kind text, hash bytea)
 RETURNS TABLE(organization_id uuid, identity_id uuid, contact_id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$ select i.organization_id, i.id, i.contact_id from identities i
        where i.channel = channel_kind and i.address_hash = hash
          and (i.expires_at is null or i.expires_at > clock_now()) $function$;
grant execute on function identity_by_hash(text,bytea) to foyer_app;

CREATE OR REPLACE FUNCTION public.installation_owners()
 RETURNS TABLE(organization_id uuid, operator_id uuid, organization_name text, name text, email text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$ select o.organization_id, o.id, g.name, o.name, o.email from operators o
        join organizations g on g.id = o.organization_id
        join roles r on r.organization_id = o.organization_id and r.id = o.role_id and r.kind = 'owner'
        where o.deactivated_at is null order by g.created_at, g.id $function$;
grant execute on function installation_owners() to foyer_app;

CREATE OR REPLACE FUNCTION public.invitation_by_hash(hash bytea)
 RETURNS TABLE(organization_id uuid, invitation_id uuid, role text, organization_name text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$ select i.organization_id, i.id, i.role, o.name from invitations i join organizations o on o.id = i.organization_id
        where i.token_hash = hash and i.used_at is null and i.expires_at > clock_now() $function$;
grant execute on function invitation_by_hash(bytea) to foyer_app;

CREATE OR REPLACE FUNCTION public.invitation_holds(invitation invitations)
 RETURNS boolean
 LANGUAGE sql
 STABLE
AS $function$
  select invitation.used_at is null and invitation.expires_at > clock_now() and exists (select from operators o
    join roles mine on mine.organization_id = o.organization_id and mine.id = o.role_id
    join roles theirs on theirs.organization_id = o.organization_id and theirs.id = invitation.role_id
    where o.organization_id = invitation.organization_id and o.id = invitation.created_by and o.deactivated_at is null
      and (mine.kind = 'owner' or ('team.manage' = any (mine.rights) and theirs.rights <@ mine.rights))) $function$;
grant execute on function invitation_holds(invitations) to foyer_app;

CREATE OR REPLACE FUNCTION public.invitation_of_link(hash bytea)
 RETURNS TABLE(organization_id uuid, invitation_id uuid, organization_name text, email text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$ select i.organization_id, i.id, o.name, i.email
        from (
          select l.organization_id, l.id from invitations l where l.token_hash = hash
          union all
          select m.organization_id, m.invitation_id from invitation_links m where m.token_hash = hash) found
        join invitations i on i.organization_id = found.organization_id and i.id = found.id
        join organizations o on o.id = i.organization_id
        where invitation_holds(i) $function$;
grant execute on function invitation_of_link(bytea) to foyer_app;

CREATE OR REPLACE FUNCTION public.is_connected(organization uuid, kind text, subject uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE
AS $function$
  select exists (select from presence p
    where p.organization_id = organization and p.subject_kind = kind and p.subject_id = subject) $function$;
grant execute on function is_connected(uuid,text,uuid) to foyer_app;

CREATE OR REPLACE FUNCTION public.is_open(hours jsonb, at timestamp with time zone)
 RETURNS boolean
 LANGUAGE plpgsql
 STABLE
AS $function$
declare
  local_at timestamp;
  intervals jsonb;
begin
  if hours is null then
    return true;
  end if;
  local_at := at at time zone (hours->>'zone');
  select d->'intervals' into intervals from jsonb_array_elements(hours->'dates') d
    where (d->>'date')::date = local_at::date limit 1;
  intervals := coalesce(intervals, hours->'week'->(extract(isodow from local_at)::int - 1));
  return exists (select from jsonb_array_elements(intervals) i
    where local_at::time >= (i->>'from')::time and local_at::time < (i->>'to')::time);
end $function$;
grant execute on function is_open(jsonb,timestamp with time zone) to foyer_app;

CREATE OR REPLACE FUNCTION public.is_service_open(organization uuid, widget uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE
AS $function$
  select is_open(w.hours, clock_now()) from widgets w where w.organization_id = organization and w.id = widget $function$;
grant execute on function is_service_open(uuid,uuid) to foyer_app;

CREATE OR REPLACE FUNCTION public.keep_mailbox()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  new.mailbox_key := mail_key(new.to_address);
  return new;
end $function$;
grant execute on function keep_mailbox() to foyer_app;

CREATE OR REPLACE FUNCTION public.left_conversations(at_most integer)
 RETURNS TABLE(organization_id uuid, conversation_id uuid, operator_id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$ select c.organization_id, c.id, o.id from operators o
        join conversations c on c.organization_id = o.organization_id and c.assignee_id = o.id and c.ended_at is null
        where o.deactivated_at is not null and not o.sample limit at_most $function$;
grant execute on function left_conversations(integer) to foyer_app;

CREATE OR REPLACE FUNCTION public.mail_key(address text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE
AS $function$ select regexp_replace(lower(address), '^([^+@]+)\+[^@]*@', '\1@') $function$;
grant execute on function mail_key(text) to foyer_app;

CREATE OR REPLACE FUNCTION public.mail_link_by_hash(hash bytea)
 RETURNS TABLE(organization_name text, address text, locale text, color text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$ select o.name, l.address, coalesce(k.locale, w.locale), w.color
        from mail_links l
        join organizations o on o.id = l.organization_id
        join contacts k on k.organization_id = l.organization_id and k.id = l.contact_id
        join conversations c on c.organization_id = l.organization_id and c.id = l.conversation_id
        join widgets w on w.organization_id = c.organization_id and w.id = c.widget_id
        where l.token_hash = hash and l.used_at is null and l.expires_at > clock_now()
          and lower(k.email) = lower(l.address) $function$;
grant execute on function mail_link_by_hash(bytea) to foyer_app;

CREATE OR REPLACE FUNCTION public.mail_link_facts(hash bytea, own bytea)
 RETURNS TABLE(organization_name text, address text, locale text, color text, began_at timestamp with time zone, allowed_sites text[], conversation_id uuid, widget_key text, used boolean)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$ select o.name, l.address, coalesce(k.locale, w.locale), w.color, c.created_at, w.allowed_sites, c.id, w.key,
          l.used_at is not null
        from mail_links l
        join organizations o on o.id = l.organization_id
        join contacts k on k.organization_id = l.organization_id and k.id = l.contact_id
        join conversations c on c.organization_id = l.organization_id and c.id = l.conversation_id
        join widgets w on w.organization_id = c.organization_id and w.id = c.widget_id
        where l.token_hash = hash and lower(k.email) = lower(l.address)
          and case when l.used_at is null then l.expires_at > clock_now() else exists (
            select from identities i where i.organization_id = l.organization_id and i.id = l.identity_id
              and i.address_hash = own and i.expires_at > clock_now()) end $function$;
grant execute on function mail_link_facts(bytea,bytea) to foyer_app;

CREATE OR REPLACE FUNCTION public.mailbox_of(address text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$ select regexp_replace(lower(address), '\+[^@]*(?=@[^@]*$)', '') $function$;
grant execute on function mailbox_of(text) to foyer_app;

CREATE OR REPLACE FUNCTION public.mails_left(organization uuid, address text, except_mail uuid)
 RETURNS integer
 LANGUAGE sql
 STABLE
AS $function$
  select case when exists (select from refused_addresses r where r.organization_id = organization
      and r.address_key = mail_key(address) and r.refused_at > clock_now() - interval '30 days') then 0
    else greatest(0, 3 - count(*))::integer end
  from mails m
  where m.organization_id = organization and m.mailbox_key = mail_key(address) and m.contact_id is not null
    and m.id is distinct from except_mail and m.state in ('queued', 'sent')
    and coalesce(m.tried_at, m.created_at) > clock_now() - interval '1 hour' $function$;
grant execute on function mails_left(uuid,text,uuid) to foyer_app;

CREATE OR REPLACE FUNCTION public.mark_by_contact(organization uuid, conversation uuid, delivered bigint, read bigint)
 RETURNS SETOF conversations
 LANGUAGE plpgsql
AS $function$
begin
  perform set_config('foyer.organization', organization::text, true);
  perform from conversations c where c.organization_id = organization and c.id = conversation
    and (least(greatest(delivered, read), c.public_seq) > c.delivered_to_contact or least(read, c.public_seq) > c.read_by_contact)
    for update;
  if not found then
    return;
  end if;
  return query update conversations c set
    seq = c.seq + 1,
    public_seq = c.public_seq + 1,
    delivered_to_contact = greatest(c.delivered_to_contact, least(greatest(delivered, read), c.public_seq)),
    read_by_contact = greatest(c.read_by_contact, least(read, c.public_seq)),
    unread_contact = case when read <= c.read_by_contact then c.unread_contact else (
      select count(*) from entries e where e.organization_id = organization and e.conversation_id = conversation
        and e.public_seq > read and e.kind = 'message' and e.deleted_for_contact_at is null
        and e.actor_kind not in ('contact', 'automatic')) end
  where c.organization_id = organization and c.id = conversation
  returning c.*;
end $function$;
grant execute on function mark_by_contact(uuid,uuid,bigint,bigint) to foyer_app;

CREATE OR REPLACE FUNCTION public.mark_by_operator(organization uuid, conversation uuid, operator uuid, read bigint)
 RETURNS SETOF conversations
 LANGUAGE plpgsql
AS $function$
begin
  perform set_config('foyer.organization', organization::text, true);
  perform from conversations c where c.organization_id = organization and c.id = conversation
    and c.assignee_id = operator and least(read, c.public_seq) > c.read_by_operator for update;
  if not found then
    return;
  end if;
  return query update conversations c set
    seq = c.seq + 1,
    public_seq = c.public_seq + 1,
    read_by_operator = least(read, c.public_seq),
    unread_operator = (
      select count(*) from entries e where e.organization_id = organization and e.conversation_id = conversation
        and e.public_seq > read and e.kind = 'message' and e.actor_kind = 'contact'),
    handed_by = null, handed_note_id = null, handed_note = null
  where c.organization_id = organization and c.id = conversation
  returning c.*;
end $function$;
grant execute on function mark_by_operator(uuid,uuid,uuid,bigint) to foyer_app;

CREATE OR REPLACE FUNCTION public.next_job_due(kinds text[])
 RETURNS timestamp with time zone
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$ select min(greatest(due_at, coalesce(lease_until, due_at))) from jobs where dead_at is null and kind = any (kinds) $function$;
grant execute on function next_job_due(text[]) to foyer_app;

CREATE OR REPLACE FUNCTION public.next_waiting(organization uuid, operator uuid)
 RETURNS uuid
 LANGUAGE sql
 STABLE
AS $function$
  select w.id from (
    (select c.id, c.position from conversations c
      where c.organization_id = organization and c.assignee_id = operator and c.wants_live
        and is_service_open(organization, c.widget_id)
      order by c.position limit 1)
    union all
    select q.id, q.position from widgets d
      cross join lateral (
        select '00000000-0000-0000-0000-000000000000'::uuid as key, null::uuid as group_id
        union all
        select m.group_id, m.group_id from group_members m where m.organization_id = organization and m.operator_id = operator) k
      cross join lateral (
        select c.id, c.position from conversations c
        where c.organization_id = organization and c.widget_id = d.id
          and case when c.group_id is null then '00000000-0000-0000-0000-000000000000' else c.group_id end = k.key
          and c.assignee_id is null and c.wants_live
        order by c.position limit 1) q
      where d.organization_id = organization and is_open(d.hours, clock_now()) and serves(organization, d.id, k.group_id, operator)
  ) w order by w.position limit 1 $function$;
grant execute on function next_waiting(uuid,uuid) to foyer_app;

CREATE OR REPLACE FUNCTION public.note_reply_time(head conversations, waited timestamp with time zone)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
begin
  insert into reply_times (organization_id, widget_id, place, seconds)
    values (head.organization_id, head.widget_id, floor(random() * 64),
      least(extract(epoch from head.public_last_at - waited), 2000000000)::integer)
    on conflict (organization_id, widget_id, place) do update set at = excluded.at, seconds = excluded.seconds;
end $function$;
grant execute on function note_reply_time(conversations,timestamp with time zone) to foyer_app;

CREATE OR REPLACE FUNCTION public.notify(organization uuid, conversation uuid, entry uuid, author uuid, what text, concerned uuid[])
 RETURNS void
 LANGUAGE plpgsql
AS $function$
begin
  delete from notifications n where n.organization_id = organization and n.operator_id = any (concerned)
    and n.at < clock_now() - interval '90 days';
  insert into notifications (organization_id, operator_id, kind, conversation_id, entry_id, at)
    select o.organization_id, o.id, what, conversation, entry, clock_now()
      from operators o
      where o.organization_id = organization and o.id = any (concerned) and o.id is distinct from author
        and o.deactivated_at is null
      on conflict on constraint notifications_once do nothing;
end $function$;
grant execute on function notify(uuid,uuid,uuid,uuid,text,uuid[]) to foyer_app;

CREATE OR REPLACE FUNCTION public.notify_mentioned(organization uuid, conversation uuid, note uuid, author uuid, about jsonb)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
begin
  perform notify(organization, conversation, note, author, 'mentioned', array(
    select (m->>'operatorId')::uuid from jsonb_array_elements(about->'mentions') m));
end $function$;
grant execute on function notify_mentioned(uuid,uuid,uuid,uuid,jsonb) to foyer_app;

CREATE OR REPLACE FUNCTION public.notify_of_event(head conversations, entry entry_draft)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
declare
  event text := entry.body->>'event';
begin
  if event = 'assigned' or (event = 'group_assigned' and head.assignee_id is not null) then
    perform notify(head.organization_id, head.id, entry.id, entry.actor_id, 'assigned',
      array[case event when 'assigned' then (entry.body->>'operatorId')::uuid else head.assignee_id end]);
  elsif event = 'group_assigned' then
    perform notify(head.organization_id, head.id, entry.id, entry.actor_id, 'given_to_group', array(
      select m.operator_id from group_members m
      left join sign_settings s on s.organization_id = m.organization_id and s.operator_id = m.operator_id
      where m.organization_id = head.organization_id and m.group_id = (entry.body->>'groupId')::uuid
        and coalesce((s.settings->>'groupListed')::boolean, true)));
  end if;
  if entry.body ? 'fromId' then
    perform notify(head.organization_id, head.id, entry.id, entry.actor_id, 'taken', array[(entry.body->>'fromId')::uuid]);
  end if;
end $function$;
grant execute on function notify_of_event(conversations,entry_draft) to foyer_app;

CREATE OR REPLACE FUNCTION public.operator_by_email(address text)
 RETURNS TABLE(organization_id uuid, operator_id uuid, password_hash text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$ select o.organization_id, o.id, o.password_hash from operators o
        where lower(o.email) = lower(address) and o.deactivated_at is null $function$;
grant execute on function operator_by_email(text) to foyer_app;

CREATE OR REPLACE FUNCTION public.operator_of_session(hash bytea, idle interval)
 RETURNS TABLE(organization_id uuid, session_id uuid, operator_id uuid, kind text, rights text[], stale boolean)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$ select s.organization_id, s.id, s.operator_id, r.kind, r.rights, s.last_seen_at < clock_now() - interval '1 minute'
        from sessions s join operators o on o.organization_id = s.organization_id and o.id = s.operator_id
        join roles r on r.organization_id = o.organization_id and r.id = o.role_id
        where s.token_hash = hash and o.deactivated_at is null
          and s.expires_at > clock_now() and s.last_seen_at > clock_now() - idle $function$;
grant execute on function operator_of_session(bytea,interval) to foyer_app;

CREATE OR REPLACE FUNCTION public.operator_of_ticket(hash bytea)
 RETURNS TABLE(organization_id uuid, session_id uuid, operator_id uuid, kind text, rights text[])
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$ with taken as (delete from socket_tickets t where t.token_hash = hash returning t.*)
        select t.organization_id, t.session_id, t.operator_id, r.kind, r.rights
        from taken t
        join sessions s on s.organization_id = t.organization_id and s.id = t.session_id
        join operators o on o.organization_id = t.organization_id and o.id = t.operator_id
        join roles r on r.organization_id = o.organization_id and r.id = o.role_id
        where t.expires_at > clock_now() and s.expires_at > clock_now() and o.deactivated_at is null $function$;
grant execute on function operator_of_ticket(bytea) to foyer_app;

CREATE OR REPLACE FUNCTION public.operators_with_room(at_most integer)
 RETURNS TABLE(organization_id uuid, operator_id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$ select s.organization_id, s.operator_id from operator_slots s
        where s.free > 0 and (
          exists (select from conversations c where c.organization_id = s.organization_id and c.assignee_id is null and c.wants_live)
          or exists (select from conversations c where c.organization_id = s.organization_id
            and c.assignee_id = s.operator_id and c.wants_live))
        order by random() limit at_most $function$;
grant execute on function operators_with_room(integer) to foyer_app;

CREATE OR REPLACE FUNCTION public.organizations_exist()
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$ select exists (select from organizations) $function$;
grant execute on function organizations_exist() to foyer_app;

CREATE OR REPLACE FUNCTION public.parted_by_hash(hash bytea)
 RETURNS TABLE(organization_id uuid, contact_id uuid, address text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$ select p.organization_id, p.contact_id, k.email from parted_identities p
        join contacts k on k.organization_id = p.organization_id and k.id = p.contact_id
        where p.address_hash = hash and k.email is not null $function$;
grant execute on function parted_by_hash(bytea) to foyer_app;

CREATE OR REPLACE FUNCTION public.picture_by_key(wanted text)
 RETURNS bytea
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$ select p.bytes from operator_pictures p where p.key = wanted $function$;
grant execute on function picture_by_key(text) to foyer_app;

CREATE OR REPLACE FUNCTION public.press_mail_link(hash bytea, identity uuid, secret_hash bytea, known bytea[], good_for interval)
 RETURNS TABLE(organization_id uuid, contact_id uuid, conversation_id uuid, widget_key text, address text, parted uuid[])
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  declare
    link mail_links;
    gone uuid[];
  begin
    update mail_links l set used_at = clock_now(), identity_id = identity from contacts k
      where l.token_hash = hash and l.used_at is null and l.expires_at > clock_now()
        and k.organization_id = l.organization_id and k.id = l.contact_id and lower(k.email) = lower(l.address)
      returning l.* into link;
    if not found then
      return;
    end if;
    update contacts k set email_verified_at = coalesce(k.email_verified_at, clock_now()), version = k.version + 1
      where k.organization_id = link.organization_id and k.id = link.contact_id;
    update identities i set proven_at = clock_now()
      where i.organization_id = link.organization_id and i.contact_id = link.contact_id and i.proven_at is null
        and i.address_hash = any (known);
    with cut as (
      delete from identities i where i.organization_id = link.organization_id and i.contact_id = link.contact_id
        and i.channel = 'website' and i.proven_at is null
      returning i.id, i.address_hash
    ), noted as (
      insert into parted_identities (organization_id, address_hash, contact_id)
      select link.organization_id, cut.address_hash, link.contact_id from cut
      on conflict (address_hash) do update set contact_id = excluded.contact_id, parted_at = clock_now()
    )
    select coalesce(array_agg(cut.id), '{}') into gone from cut;
    insert into identities (organization_id, id, contact_id, channel, address_hash, expires_at, proven_at)
      values (link.organization_id, identity, link.contact_id, 'website', secret_hash, clock_now() + good_for, clock_now());
    return query select c.organization_id, c.contact_id, c.id, w.key, link.address, gone from conversations c
      join widgets w on w.organization_id = c.organization_id and w.id = c.widget_id
      where c.organization_id = link.organization_id and c.id = link.conversation_id;
  end $function$;
grant execute on function press_mail_link(bytea,uuid,bytea,bytea[],interval) to foyer_app;

CREATE OR REPLACE FUNCTION public.record_away(organization uuid, conversation uuid, decided head_decided, draft entry_draft, outcome head_outcome)
 RETURNS SETOF conversations
 LANGUAGE plpgsql
AS $function$
declare
  contact uuid;
begin
  perform set_config('foyer.organization', organization::text, true);
  select c.contact_id into contact from conversations c
    where c.organization_id = organization and c.id = conversation
      and c.state = decided.state and c.assignee_id is not distinct from decided.assignee_id
      and c.group_id is not distinct from decided.group_id and (c.live_since is not null) = decided.is_live
    for update;
  if not found then
    return;
  end if;
  update contacts k set away_told_at = clock_now()
    where k.organization_id = organization and k.id = contact
      and (k.away_told_at is null or k.away_told_at <= clock_now() - interval '24 hours');
  if not found then
    return;
  end if;
  return query select * from record_entry(organization, conversation, decided, draft, outcome);
end $function$;
grant execute on function record_away(uuid,uuid,head_decided,entry_draft,head_outcome) to foyer_app;

CREATE OR REPLACE FUNCTION public.record_entry(organization uuid, conversation uuid, decided head_decided, draft entry_draft, outcome head_outcome)
 RETURNS SETOF conversations
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  now_at timestamptz := clock_now();
  head conversations;
  before conversations;
  assignee uuid := outcome.assignee_id;
  is_live boolean := decided.is_live and outcome.live in ('keep', 'extend');
  wants boolean := null;
  routed boolean := false;
  lives_for interval;
  may_begin boolean;
  waited timestamptz;
  keeps_hand boolean;
  snooze timestamptz;
  keeps_snooze boolean;
begin
  perform set_config('foyer.organization', organization::text, true);
  if outcome.live in ('try', 'must') or outcome.route is not null or decided.due is not null then
    select * into before from conversations c
      where c.organization_id = organization and c.id = conversation
        and c.state = decided.state and c.assignee_id is not distinct from decided.assignee_id
        and c.group_id is not distinct from decided.group_id and (c.live_since is not null) = decided.is_live
      for update;
    if not found or (decided.due = 'live' and before.live_until > now_at)
      or (decided.due = 'end' and (before.ends_at is null or before.ends_at > now_at))
      or (decided.due = 'snooze' and (before.snoozed_until is null or before.snoozed_until > now_at))
      or (decided.due = 'snoozed' and before.snoozed_until is null)
      or (decided.due = 'contact_gone' and is_connected(organization, 'contact', before.contact_id))
      or (decided.due = 'operator_gone' and exists (
        select from operator_slots s where s.organization_id = organization and s.operator_id = before.assignee_id
          and s.online and s.present))
    then
      return;
    end if;
  end if;

  if outcome.live in ('try', 'must') then
    if decided.is_live and outcome.assignee_id = decided.assignee_id then
      is_live := true;
    elsif outcome.contact_here or (before.wants_live or decided.is_live) and is_connected(organization, 'contact', before.contact_id) then
      -- Nobody is brought together by themselves outside the service times; who is, by an operator's own doing, may be.
      may_begin := not outcome.contact_here or is_service_open(organization, before.widget_id);
      if decided.is_live then
        perform from operator_slots s where s.organization_id = organization
          and s.operator_id in (decided.assignee_id, outcome.assignee_id) order by s.operator_id for update;
      end if;
      if outcome.route is not null then
        assignee := case when may_begin then route_live(organization, before.widget_id, outcome.group_id, outcome.assignee_id) end;
        if assignee is null and decided.is_live and serves(organization, before.widget_id, outcome.group_id, decided.assignee_id) then
          assignee := decided.assignee_id;
        end if;
        is_live := assignee is not null;
        routed := is_live and assignee is distinct from decided.assignee_id and draft.kind = 'message';
        assignee := coalesce(assignee, outcome.assignee_id);
      else
        is_live := assignee is not null and may_begin and take_slot(organization, assignee);
      end if;
      wants := not is_live;
    end if;
    if outcome.live = 'must' and not is_live then
      update conversations c set wants_live = false where c.organization_id = organization and c.id = conversation
        and not is_connected(organization, 'contact', before.contact_id);
      return;
    end if;
  end if;
  -- Somebody of the group who is there, without a slot: it goes on later, but with a name.
  if outcome.route = 'online' and not is_live then
    select s.operator_id into assignee from operator_slots s
      join group_members m on m.organization_id = s.organization_id and m.operator_id = s.operator_id
      where m.organization_id = organization and m.group_id = outcome.group_id and s.online and s.present
      order by s.used - s.most, s.last_live_at, s.operator_id limit 1;
  end if;
  if is_live and outcome.live <> 'keep' then
    select make_interval(mins => w.live_minutes) into lives_for from widgets w
      join conversations c on c.organization_id = w.organization_id and c.widget_id = w.id
      where c.organization_id = organization and c.id = conversation;
  end if;

  if outcome.waiting = 'stop' and draft.kind = 'message' and decided.state in ('new', 'open') then
    select c.waiting_since into waited from conversations c where c.organization_id = organization and c.id = conversation;
  end if;
  -- A hand-over is over when somebody else has it, it has ended, or whoever has it has looked or written.
  keeps_hand := assignee is not distinct from decided.assignee_id and outcome.state <> 'ended'
    and outcome.read_by is distinct from 'operator';
  -- So is being put off: what is said on our side, and what comes about by itself, leaves it so.
  snooze := case when draft.body->>'event' = 'snoozed' then (draft.body->>'until')::timestamptz end;
  keeps_snooze := assignee is not distinct from decided.assignee_id
    and outcome.group_id is not distinct from decided.group_id and draft.actor_kind <> 'contact' and outcome.state <> 'ended' and not is_live
    and (draft.body is null or draft.body->>'event' not in ('snooze_ended', 'opened', 'set_pending'));

  update conversations c set
    seq = c.seq + 1 + routed::int,
    public_seq = c.public_seq + draft.is_public::int + routed::int,
    state = case when is_live then outcome.live_state else outcome.state end,
    assignee_id = assignee,
    group_id = outcome.group_id,
    answered = c.answered or (draft.actor_kind = 'operator' and draft.kind = 'message'),
    last_at = greatest(now_at, c.last_at),
    message_at = case when outcome.preview_author is null then c.message_at else greatest(now_at, c.last_at) end,
    public_last_at = case when draft.is_public then greatest(now_at, c.last_at) else c.public_last_at end,
    ended_at = case when outcome.state = 'ended' then greatest(now_at, c.last_at) end,
    live_since = case when is_live then coalesce(c.live_since, now_at) end,
    live_until = case when is_live then case when lives_for is null then c.live_until else now_at + lives_for end end,
    wants_live = coalesce(wants, c.wants_live and not is_live and outcome.live = 'keep'),
    ends_at = case outcome.ending when 'start' then now_at + interval '30 days' when 'keep' then c.ends_at end,
    waiting_since = case outcome.waiting
      when 'start' then coalesce(c.waiting_since, greatest(now_at, c.last_at))
      when 'keep' then c.waiting_since end,
    rank = case when is_live then outcome.live_rank
      when snooze is not null or (keeps_snooze and c.snoozed_until is not null) then 2 else outcome.rank end,
    -- Whoever waits longest is first; where nobody waits, the latest; of what is put off, what comes back first.
    position = case
      when snooze is not null then extract(epoch from snooze)
      when keeps_snooze and c.snoozed_until is not null then extract(epoch from c.snoozed_until)
      when outcome.waiting = 'stop' or (outcome.waiting = 'keep' and c.waiting_since is null)
        then -extract(epoch from greatest(now_at, c.last_at))
      else extract(epoch from coalesce(c.waiting_since, greatest(now_at, c.last_at))) end,
    snoozed_until = coalesce(snooze, case when keeps_snooze then c.snoozed_until end),
    preview_author = coalesce(outcome.preview_author, c.preview_author),
    preview_text = case when outcome.preview_author is null then c.preview_text else left(draft.text, 160) end,
    unread_operator = case when outcome.read_by = 'operator' then 0 else c.unread_operator + outcome.unread_operator end,
    unread_contact = case when outcome.read_by = 'contact' then 0 else c.unread_contact + outcome.unread_contact end,
    read_by_operator = case when outcome.read_by = 'operator' then c.public_seq + 1 else c.read_by_operator end,
    read_by_contact = case when outcome.read_by = 'contact' then c.public_seq + 1 + routed::int else c.read_by_contact end,
    delivered_to_contact = case when outcome.read_by = 'contact' then c.public_seq + 1 + routed::int else c.delivered_to_contact end,
    handed_by = case when keeps_hand then c.handed_by end,
    handed_note_id = case when keeps_hand then c.handed_note_id end,
    handed_note = case when keeps_hand then c.handed_note end
  where c.organization_id = organization and c.id = conversation
    and c.state = decided.state and c.assignee_id is not distinct from decided.assignee_id
    and c.group_id is not distinct from decided.group_id and (c.live_since is not null) = decided.is_live
  returning * into head;
  if not found then
    return;
  end if;
  if decided.is_live and (not is_live or assignee is distinct from decided.assignee_id) then
    perform give_slot(organization, decided.assignee_id);
  end if;
  insert into entries (
    organization_id, conversation_id, seq, changed_seq, public_seq, public_changed_seq, id, at, kind, actor_kind, actor_id,
    identity_id, text, body, request_hash, session)
  values (
    organization, conversation, head.seq - routed::int, head.seq - routed::int,
    case when draft.is_public then head.public_seq - routed::int end, case when draft.is_public then head.public_seq - routed::int end,
    draft.id, head.last_at, draft.kind, draft.actor_kind, draft.actor_id,
    draft.identity_id, draft.text, draft.body, draft.request_hash, case when is_live then 'live' else 'later' end);
  if routed then
    perform record_routing(head, draft.routed_id);
  end if;
  perform after_entry(head, draft, head.seq - routed::int, waited);
  return next head;
end $function$;
grant execute on function record_entry(uuid,uuid,head_decided,entry_draft,head_outcome) to foyer_app;

CREATE OR REPLACE FUNCTION public.record_follow_up(organization uuid, conversation uuid, decided head_decided, draft entry_draft, outcome head_outcome)
 RETURNS SETOF conversations
 LANGUAGE plpgsql
AS $function$
begin
  perform set_config('foyer.organization', organization::text, true);
  perform from conversations c
    where c.organization_id = organization and c.id = conversation
      and c.state = decided.state and c.assignee_id is not distinct from decided.assignee_id
      and c.group_id is not distinct from decided.group_id and (c.live_since is not null) = decided.is_live
    for update;
  if not found then
    return;
  end if;
  update follow_ups f set due_at = null, told = true
    where f.organization_id = organization and f.conversation_id = conversation
      and f.kind = decided.due and f.due_at <= clock_now();
  if not found then
    return;
  end if;
  return query select * from record_entry(organization, conversation, decided, draft, outcome);
end $function$;
grant execute on function record_follow_up(uuid,uuid,head_decided,entry_draft,head_outcome) to foyer_app;

CREATE OR REPLACE FUNCTION public.record_handed(organization uuid, conversation uuid, decided head_decided, draft entry_draft, outcome head_outcome)
 RETURNS SETOF conversations
 LANGUAGE plpgsql
AS $function$
declare
  head conversations;
  note record;
begin
  select * into head from record_entry(organization, conversation, decided, draft, outcome);
  if not found then
    return;
  end if;
  -- Of a long conversation only the end is looked through.
  select e.id, left(e.text, 160) as text into note from entries e
    where e.organization_id = organization and e.conversation_id = conversation and e.seq > head.seq - 200
      and e.kind = 'note' and e.actor_id = draft.actor_id and e.at > clock_now() - interval '1 day'
      and e.body->>'event' is distinct from 'note_deleted'
    order by e.seq desc limit 1;
  return query update conversations c set
    handed_by = draft.actor_id, handed_note_id = note.id, handed_note = note.text,
    unread_operator = greatest(c.unread_operator, 1)
  where c.organization_id = organization and c.id = conversation
  returning c.*;
end $function$;

CREATE OR REPLACE FUNCTION public.record_joined(organization uuid, conversation uuid, decided head_decided, draft entry_draft, outcome head_outcome)
 RETURNS SETOF conversations
 LANGUAGE plpgsql
AS $function$
begin
  perform set_config('foyer.organization', organization::text, true);
  perform from conversations c
    where c.organization_id = organization and c.id = conversation and c.handed_by is not null
      and c.state = decided.state and c.assignee_id is not distinct from decided.assignee_id
      and c.group_id is not distinct from decided.group_id and (c.live_since is not null) = decided.is_live
    for update;
  if not found then
    return;
  end if;
  return query select * from record_entry(organization, conversation, decided, draft, outcome);
end $function$;

CREATE OR REPLACE FUNCTION public.record_note(organization uuid, conversation uuid, note uuid, author uuid, said text, about jsonb, hash bytea)
 RETURNS SETOF conversations
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  head conversations;
begin
  perform set_config('foyer.organization', organization::text, true);
  update conversations c set seq = c.seq + 1, last_at = greatest(clock_now(), c.last_at)
    where c.organization_id = organization and c.id = conversation returning * into head;
  if not found then
    return;
  end if;
  insert into entries (organization_id, conversation_id, seq, changed_seq, id, at, kind, actor_kind, actor_id, text, body, request_hash)
    values (organization, conversation, head.seq, head.seq, note, head.last_at, 'note', 'operator', author, said, about, hash);
  perform after_entry(head, row(note, 'note', 'operator', author, null, false, said, about, hash, null)::entry_draft, head.seq, null);
  return next head;
end $function$;
grant execute on function record_note(uuid,uuid,uuid,uuid,text,jsonb,bytea) to foyer_app;

CREATE OR REPLACE FUNCTION public.record_routing(head conversations, id uuid)
 RETURNS void
 LANGUAGE sql
AS $function$
  insert into entries (
    organization_id, conversation_id, seq, changed_seq, public_seq, public_changed_seq, id, at, kind, actor_kind, text, body,
    request_hash, session)
  select head.organization_id, head.id, head.seq, head.seq, head.public_seq, head.public_seq, id, head.last_at, 'event', 'system', '',
    jsonb_build_object('v', 1, 'event', 'assigned', 'reason', 'routed', 'operatorId', head.assignee_id, 'operatorName', (
      select coalesce(o.alias, o.name) from operators o
      where o.organization_id = head.organization_id and o.id = head.assignee_id)),
    sha256(uuid_send(id)), 'live' $function$;
grant execute on function record_routing(conversations,uuid) to foyer_app;

CREATE OR REPLACE FUNCTION public.refuse_mail_link(hash bytea, own bytea)
 RETURNS TABLE(organization_id uuid, contact_id uuid, conversation_id uuid, parted uuid[])
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  declare
    link mail_links;
    gone uuid[];
  begin
    if not exists (select from mail_link_facts(hash, own)) then
      return;
    end if;
    select l.* into link from mail_links l where l.token_hash = hash for update;
    update contacts k set email = null, email_verified_at = null, version = k.version + 1
      where k.organization_id = link.organization_id and k.id = link.contact_id and lower(k.email) = lower(link.address);
    if not found then
      return;
    end if;
    insert into refused_addresses (organization_id, address_key) values (link.organization_id, mail_key(link.address))
      on conflict on constraint refused_addresses_pkey do update set refused_at = clock_now();
    update unread_mails u set due_at = null from conversations c
      where u.organization_id = link.organization_id and c.organization_id = link.organization_id
        and c.id = u.conversation_id and c.contact_id = link.contact_id;
    with cut as (
      delete from identities i where i.organization_id = link.organization_id and i.contact_id = link.contact_id
        and i.id in (select l.identity_id from mail_links l
          where l.organization_id = link.organization_id and l.contact_id = link.contact_id)
      returning i.id
    ) select coalesce(array_agg(cut.id), '{}') into gone from cut;
    update identities i set proven_at = null
      where i.organization_id = link.organization_id and i.contact_id = link.contact_id;
    delete from mail_links l where l.organization_id = link.organization_id and l.contact_id = link.contact_id;
    return query select link.organization_id, link.contact_id, link.conversation_id, gone;
  end $function$;
grant execute on function refuse_mail_link(bytea,bytea) to foyer_app;

CREATE OR REPLACE FUNCTION public.route_live(organization uuid, widget uuid, in_group uuid, preferred uuid)
 RETURNS uuid
 LANGUAGE plpgsql
AS $function$
declare
  chosen uuid;
begin
  loop
    chosen := choose_operator(organization, widget, in_group, preferred);
    if chosen is null or take_slot(organization, chosen) then
      return chosen;
    end if;
  end loop;
end $function$;
grant execute on function route_live(uuid,uuid,uuid,uuid) to foyer_app;

CREATE OR REPLACE FUNCTION public.search_among(template text, prefixes text[])
 RETURNS tsquery
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
AS $function$
  select string_agg('(' || replace(template, E'\x01', p) || ')', ' | ')::tsquery from unnest(prefixes) p
$function$;

CREATE OR REPLACE FUNCTION public.search_catch_up(at_most integer)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
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
  end $function$;
grant execute on function search_catch_up(integer) to foyer_app;

CREATE OR REPLACE FUNCTION public.search_contact()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
  begin
    new.words := search_names(concat_ws(' ', new.name, new.email)) ||
      array_to_string(array(select search_joined(search_fold(concat_ws(' ', new.name, new.email)))), ' ');
    return new;
  end $function$;

CREATE OR REPLACE FUNCTION public.search_conversations(words text, at_most integer)
 RETURNS TABLE(conversation_id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$ select s.conversation_id from search_conversations(words, null, 'infinity', 'ffffffff-ffff-ffff-ffff-ffffffffffff', at_most) s $function$;
grant execute on function search_conversations(text,integer) to foyer_app;

CREATE OR REPLACE FUNCTION public.search_conversations(words text, in_state text, before_at timestamp with time zone, before_id uuid, at_most integer)
 RETURNS TABLE(conversation_id uuid, seq bigint)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
 SET plan_cache_mode TO 'force_generic_plan'
 SET jit TO 'off'
 SET enable_seqscan TO 'off'
 SET enable_hashjoin TO 'off'
 SET enable_mergejoin TO 'off'
AS $function$
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
  end $function$;
grant execute on function search_conversations(text,text,timestamp with time zone,uuid,integer) to foyer_app;

CREATE OR REPLACE FUNCTION public.search_document(prefix text, given text)
 RETURNS tsvector
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE STRICT
AS $function$
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
  end $function$;

CREATE OR REPLACE FUNCTION public.search_entry()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
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
  end $function$;

CREATE OR REPLACE FUNCTION public.search_entry_gone()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
  begin
    delete from search_rows r
      where r.organization_id = old.organization_id and r.conversation_id = old.conversation_id and r.seq = old.seq;
    return null;
  end $function$;

CREATE OR REPLACE FUNCTION public.search_fold(given text)
 RETURNS text
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE STRICT
AS $function$
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
  end $function$;

CREATE OR REPLACE FUNCTION public.search_joined(folded text)
 RETURNS SETOF text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
AS $function$
  select distinct left(array_to_string(parts[place:place + 3], ''), 64)
    from regexp_matches(folded, '[[:alnum:]]+(?:[^[:alnum:][:space:]]+[[:alnum:]]+)+', 'g') as chunk
    cross join lateral regexp_split_to_array(chunk[1], '[^[:alnum:]]+') as parts
    cross join lateral generate_series(1, least(cardinality(parts) - 1, 20)) as place
    where chunk[1] !~ ('[' || search_unspaced() || ']')
$function$;

CREATE OR REPLACE FUNCTION public.search_leader(organization uuid, units text[], number bigint)
 RETURNS text
 LANGUAGE plpgsql
 STABLE
AS $function$
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
  end $function$;

CREATE OR REPLACE FUNCTION public.search_merge(organization uuid, hits search_hit[], ids uuid[], seqs bigint[], in_state text, before_at timestamp with time zone, before_id uuid, at_most integer)
 RETURNS search_hit[]
 LANGUAGE plpgsql
 STABLE
AS $function$
  begin
    return array(select row(h.last_at, h.id, max(h.seq))::search_hit from (
        select c.last_at, c.id, said.seq from unnest(ids, seqs) as said (id, seq)
          join conversations c on c.organization_id = organization and c.id = said.id
          where (c.last_at, c.id) < (before_at, before_id) and (in_state is null or c.state = in_state)
        union all select u.last_at, u.id, u.seq from unnest(hits) u) h
      group by h.last_at, h.id order by h.last_at desc, h.id desc limit at_most);
  end $function$;

CREATE OR REPLACE FUNCTION public.search_named(organization uuid, words text, in_state text, before_at timestamp with time zone, before_id uuid, at_most integer)
 RETURNS search_hit[]
 LANGUAGE plpgsql
 STABLE
AS $function$
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
  end $function$;

CREATE OR REPLACE FUNCTION public.search_names(given text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
RETURN ((' '::text || array_to_string(regexp_split_to_array(regexp_replace(search_fold(given), (('(['::text || search_unspaced()) || '])'::text), ' \1 '::text, 'g'::text), (('[^[:alnum:]'::text || search_unspaced()) || ']+'::text)), ' '::text)) || ' '::text);

CREATE OR REPLACE FUNCTION public.search_numbers(folded text)
 RETURNS TABLE(written text, kept text[], asked text[])
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
AS $function$
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
$function$;

CREATE OR REPLACE FUNCTION public.search_part_size()
 RETURNS integer
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN 20000;

CREATE OR REPLACE FUNCTION public.search_patterns(given text)
 RETURNS text[]
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
AS $function$
  select array(select case when length(btrim(words)) < 3 or words ~ ('[' || search_unspaced() || ']')
      then '% ' || btrim(words) || '%' else '%' || btrim(words) || '%' end
    from regexp_split_to_table(left(given, 200), '\s+') as chunk cross join lateral search_names(chunk) as words
    where btrim(words) <> '' limit 12)
$function$;

CREATE OR REPLACE FUNCTION public.search_phrase(tokens text[], prefix text, is_begun boolean)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
AS $function$
  select '(' || string_agg('''' || prefix || word || '''' ||
      case when nth = last and (is_begun or word ~ ('^[' || search_unspaced() || ']')) then ':*' else '' end, ' <-> ' order by nth) || ')'
    from (select word, nth, max(nth) over () as last from unnest(tokens) with ordinality as t (word, nth)
      where not (nth > 1 and nth = cardinality(tokens) and length(word) = 1 and word ~ ('^[' || search_unspaced() || ']')
        and tokens[nth::int - 1] ~ ('^[' || search_unspaced() || '].'))) kept
$function$;

CREATE OR REPLACE FUNCTION public.search_prefix(number bigint)
 RETURNS text
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE STRICT
AS $function$
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
  end $function$;

CREATE OR REPLACE FUNCTION public.search_take_in(into_part search_parts, conversation uuid, below bigint, at_most integer)
 RETURNS TABLE(price integer, rest bigint, made integer, from_at timestamp with time zone, until_at timestamp with time zone)
 LANGUAGE sql
AS $function$
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
$function$;

CREATE OR REPLACE FUNCTION public.search_template(words text, prefix text DEFAULT ''::text)
 RETURNS text
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE STRICT
AS $function$
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
  end $function$;

CREATE OR REPLACE FUNCTION public.search_tokens(folded text)
 RETURNS text[]
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE STRICT
AS $function$
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
  end $function$;

CREATE OR REPLACE FUNCTION public.search_unspaced()
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN '\u0e01-\u0e7f\u0e81-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3041-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff'::text;

CREATE OR REPLACE FUNCTION public.search_vector(prefix text, folded text)
 RETURNS tsvector
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
RETURN to_tsvector('simple'::regconfig, replace(regexp_replace((' '::text || folded), ' *[^[:alnum:] ][^[:alnum:]]*|  +'::text, ' '::text, 'g'::text), ' '::text, (' '::text || prefix)));

CREATE OR REPLACE FUNCTION public.seed_roles(organization uuid)
 RETURNS void
 LANGUAGE sql
AS $function$
  insert into roles (organization_id, id, kind, rights)
  select organization, gen_random_uuid(), kind, rights from (values
    ('owner', '{}'::text[]),
    ('manager', array['conversations.take_over', 'conversations.assign_others', 'messages.delete_others', 'contacts.block',
      'macros.manage', 'team.read', 'team.manage', 'roles.manage', 'widgets.manage', 'mail.read', 'samples.manage']),
    ('admin', array['conversations.take_over', 'conversations.assign_others', 'messages.delete_others', 'contacts.block',
      'macros.manage', 'team.read', 'team.manage', 'widgets.manage', 'mail.read', 'samples.manage']),
    ('analyst', array['team.read']),
    ('operator', array['conversations.take_over', 'conversations.assign_others', 'contacts.block'])
  ) as built_in (kind, rights) $function$;
grant execute on function seed_roles(uuid) to foyer_app;

CREATE OR REPLACE FUNCTION public.serves(organization uuid, widget uuid, in_group uuid, operator uuid)
 RETURNS boolean
 LANGUAGE plpgsql
 STABLE
AS $function$
declare
  mode text;
  of_group uuid;
begin
  if in_group is null then
    select w.routing, w.group_id into mode, of_group from widgets w where w.organization_id = organization and w.id = widget;
  else
    mode := 'group';
    of_group := in_group;
  end if;
  return case mode
    when 'group' then of_group is null or exists (
      select from group_members m where m.organization_id = organization and m.group_id = of_group and m.operator_id = operator)
    when 'choice' then exists (
      select from widget_groups g join group_members m on m.organization_id = g.organization_id and m.group_id = g.group_id
      where g.organization_id = organization and g.widget_id = widget and m.operator_id = operator)
    when 'skills' then not exists (
      select from widget_skills k where k.organization_id = organization and k.widget_id = widget and not exists (
        select from operator_skills s where s.organization_id = organization and s.operator_id = operator and s.skill_id = k.skill_id))
    else true end;
end $function$;
grant execute on function serves(uuid,uuid,uuid,uuid) to foyer_app;

CREATE OR REPLACE FUNCTION public.session_by_hash(hash bytea, idle interval)
 RETURNS TABLE(organization_id uuid, session_id uuid, operator_id uuid, role text, stale boolean)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$ select s.organization_id, s.id, s.operator_id, o.role, s.last_seen_at < clock_now() - interval '1 minute'
        from sessions s join operators o on o.organization_id = s.organization_id and o.id = s.operator_id
        where s.token_hash = hash and o.deactivated_at is null
          and s.expires_at > clock_now() and s.last_seen_at > clock_now() - idle $function$;
grant execute on function session_by_hash(bytea,interval) to foyer_app;

CREATE OR REPLACE FUNCTION public.spent_mail_link(hash bytea)
 RETURNS TABLE(organization_id uuid, contact_id uuid, conversation_id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$ select l.organization_id, l.contact_id, l.conversation_id from mail_links l
        join contacts k on k.organization_id = l.organization_id and k.id = l.contact_id
        where l.token_hash = hash and lower(k.email) = lower(l.address) $function$;
grant execute on function spent_mail_link(bytea) to foyer_app;

CREATE OR REPLACE FUNCTION public.sweep_account_links()
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$ delete from account_links where expires_at < clock_now() $function$;
grant execute on function sweep_account_links() to foyer_app;

CREATE OR REPLACE FUNCTION public.sweep_addresses()
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$ delete from mails where created_at < clock_now() - interval '90 days' and state <> 'queued';
        delete from invitations where greatest(used_at, expires_at) < clock_now() - interval '30 days' $function$;
grant execute on function sweep_addresses() to foyer_app;

CREATE OR REPLACE FUNCTION public.sweep_files(at_most integer)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  delete from files where (organization_id, id) in (
    select f.organization_id, f.id from files f
    where f.entry_id is null and f.created_at < clock_now() - interval '24 hours' order by f.created_at limit at_most)
$function$;
grant execute on function sweep_files(integer) to foyer_app;

CREATE OR REPLACE FUNCTION public.sweep_mail_links()
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$ delete from mail_links where expires_at < clock_now() - interval '30 days';
        delete from identities where expires_at < clock_now();
        delete from parted_identities where parted_at < clock_now() - interval '90 days';
        delete from refused_addresses where refused_at < clock_now() - interval '30 days' $function$;
grant execute on function sweep_mail_links() to foyer_app;

CREATE OR REPLACE FUNCTION public.sweep_processes(gone_ids uuid[])
 RETURNS TABLE(process_id uuid, lease_until timestamp with time zone, organization_id uuid, subject_kind text, subject_id uuid)
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  begin
    return query
      with gone as (
        select p.id, p.lease_until from processes p
        where p.released or (p.id = any (gone_ids) and p.lease_until < clock_now()) for update skip locked
      ), left_behind as (
        select g.id, g.lease_until, r.organization_id, r.subject_kind, r.subject_id
        from gone g left join presence r on r.process_id = g.id
      ), removed as (
        delete from processes p using gone g where p.id = g.id
      )
      select l.id, l.lease_until, l.organization_id, l.subject_kind, l.subject_id from left_behind l;
  end $function$;
grant execute on function sweep_processes(uuid[]) to foyer_app;

CREATE OR REPLACE FUNCTION public.sweep_sessions()
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$ delete from sessions where expires_at < clock_now();
        delete from socket_tickets where expires_at < clock_now() $function$;
grant execute on function sweep_sessions() to foyer_app;

CREATE OR REPLACE FUNCTION public.take_slot(organization uuid, operator uuid)
 RETURNS boolean
 LANGUAGE plpgsql
AS $function$
begin
  update operator_slots s set used = s.used + 1, last_live_at = clock_now()
    where s.organization_id = organization and s.operator_id = operator and s.free > 0;
  return found;
end $function$;
grant execute on function take_slot(uuid,uuid) to foyer_app;

CREATE OR REPLACE FUNCTION public.take_socket_ticket(hash bytea)
 RETURNS TABLE(organization_id uuid, session_id uuid, operator_id uuid, role text)
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$ with taken as (delete from socket_tickets t where t.token_hash = hash returning t.*)
        select t.organization_id, t.session_id, t.operator_id, o.role
        from taken t
        join sessions s on s.organization_id = t.organization_id and s.id = t.session_id
        join operators o on o.organization_id = t.organization_id and o.id = t.operator_id
        where t.expires_at > clock_now() and s.expires_at > clock_now() and o.deactivated_at is null $function$;
grant execute on function take_socket_ticket(bytea) to foyer_app;

CREATE OR REPLACE FUNCTION public.take_unread_mail(organization uuid, conversation uuid)
 RETURNS TABLE(contact_id uuid, address text, locale text, after_seq bigint, up_to_seq bigint)
 LANGUAGE plpgsql
AS $function$
declare
  now_at timestamptz := clock_now();
  waits unread_mails;
  about record;
  from_seq bigint;
  oldest timestamptz;
  newest bigint;
  again timestamptz;
begin
  select * into waits from unread_mails u
    where u.organization_id = organization and u.conversation_id = conversation and u.due_at <= now_at for update;
  if not found then
    return;
  end if;
  select c.contact_id, c.read_by_contact, k.email, k.email_verified_at, coalesce(k.locale, w.locale) as locale, w.mail_minutes
    into about from conversations c
    join contacts k on k.organization_id = c.organization_id and k.id = c.contact_id
    join widgets w on w.organization_id = c.organization_id and w.id = c.widget_id
    where c.organization_id = organization and c.id = conversation;
  from_seq := greatest(about.read_by_contact, waits.told_seq);
  select min(e.at), max(e.public_seq) into oldest, newest from entries e
    where e.organization_id = organization and e.conversation_id = conversation and e.public_seq > from_seq
      and e.kind = 'message' and e.actor_kind = 'operator' and e.deleted_for_contact_at is null;
  if newest is not null and about.email is not null and about.mail_minutes is not null then
    if blocked_until(organization, about.contact_id) is not null then
      -- Looked at again when the block ends, if that is soon.
      again := blocked_until(organization, about.contact_id);
      again := case when again < now_at + interval '1 year' then again end;
    elsif oldest + make_interval(mins => about.mail_minutes) > now_at then
      again := oldest + make_interval(mins => about.mail_minutes);
    elsif is_connected(organization, 'contact', about.contact_id) then
      again := now_at + interval '1 minute';
    elsif about.email_verified_at is null and mails_left(organization, about.email, null) = 0 then
      -- News of yesterday is not worth a place in somebody's mailbox who may never have asked for it.
      again := case when oldest > now_at - interval '1 day' then now_at + interval '10 minutes' end;
    else
      update unread_mails u set due_at = null, told_seq = newest
        where u.organization_id = organization and u.conversation_id = conversation;
      return query select about.contact_id, about.email, about.locale, from_seq, newest;
      return;
    end if;
  end if;
  update unread_mails u set due_at = again
    where u.organization_id = organization and u.conversation_id = conversation;
end $function$;
grant execute on function take_unread_mail(uuid,uuid) to foyer_app;

CREATE OR REPLACE FUNCTION public.turn_follow_up(head conversations, number bigint, waits text, known text, was_told boolean, minutes smallint)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
begin
  -- Who waits has waited since the first message; who has been asked is not asked again.
  if known = waits and (waits = 'waiting' or was_told) then
    return;
  end if;
  if minutes is not null then
    insert into follow_ups (organization_id, conversation_id, kind, since_seq, due_at)
      values (head.organization_id, head.id, waits, number, head.last_at + make_interval(mins => minutes))
      on conflict (organization_id, conversation_id) do update
        set kind = excluded.kind, since_seq = excluded.since_seq, due_at = excluded.due_at, told = false;
  elsif known is not null then
    delete from follow_ups f where f.organization_id = head.organization_id and f.conversation_id = head.id;
  end if;
end $function$;
grant execute on function turn_follow_up(conversations,bigint,text,text,boolean,smallint) to foyer_app;

CREATE OR REPLACE FUNCTION public.unread_by_badge(hash bytea)
 RETURNS bigint
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$ select coalesce(sum(c.unread_contact), 0)::bigint from identities i
        join conversations c on c.organization_id = i.organization_id and c.contact_id = i.contact_id
        where i.badge_hash = hash $function$;
grant execute on function unread_by_badge(bytea) to foyer_app;

CREATE OR REPLACE FUNCTION public.upload_of_token(file uuid, hash bytea)
 RETURNS TABLE(upload files, media jsonb)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select f, w.media from files f left join widgets w on w.organization_id = f.organization_id and w.id = f.widget_id
  where f.token_hash = hash and f.id = file limit 1
$function$;
grant execute on function upload_of_token(uuid,bytea) to foyer_app;

CREATE OR REPLACE FUNCTION public.use_mail_link(hash bytea, identity uuid, secret_hash bytea, good_for interval)
 RETURNS TABLE(organization_id uuid, contact_id uuid, conversation_id uuid, widget_key text)
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$ select p.organization_id, p.contact_id, p.conversation_id, p.widget_key
        from press_mail_link(hash, identity, secret_hash, '{}', good_for) p $function$;
grant execute on function use_mail_link(bytea,uuid,bytea,interval) to foyer_app;

CREATE OR REPLACE FUNCTION public.usual_reply(organization uuid, widget uuid)
 RETURNS integer
 LANGUAGE sql
 STABLE
AS $function$
  select case when count(*) >= 5 then percentile_cont(0.5) within group (order by r.seconds)::integer end
  from reply_times r where r.organization_id = organization and r.widget_id = widget
    and r.at > clock_now() - interval '30 days' $function$;

CREATE OR REPLACE FUNCTION public.widget_by_key(public_key text)
 RETURNS TABLE(organization_id uuid, widget_id uuid, allowed_sites text[], asks_agreement boolean)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$ select w.organization_id, w.id, w.allowed_sites, w.privacy is not null from widgets w where w.key = public_key $function$;
grant execute on function widget_by_key(text) to foyer_app;

CREATE OR REPLACE FUNCTION public.words_query(words text)
 RETURNS tsquery
 LANGUAGE sql
 IMMUTABLE
 SET search_path TO 'public', 'pg_temp'
RETURN (search_template(words, ''::text))::tsquery;

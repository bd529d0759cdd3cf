-- The functions that write entries work as the owner of the tables. Each statement inside, and inside whatever they call,
-- names the organization they are given, which is what the policies compared rows with: the functions themselves had set it
-- to that. Asked anew for each of some ten statements, it was a sixth of a message's price. The server may call them, nobody
-- else; all other statements are under the policies as before.
alter function record_entry(uuid, uuid, head_decided, entry_draft, head_outcome)
  security definer set search_path = public, pg_temp;
alter function begin_conversation(uuid, uuid, uuid, uuid, text, entry_draft, head_outcome)
  security definer set search_path = public, pg_temp;
alter function record_note(uuid, uuid, uuid, uuid, text, jsonb, bytea)
  security definer set search_path = public, pg_temp;

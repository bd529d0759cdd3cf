-- The triggers whose work after_entry and the functions that write heads do now. Whoever called one of those before it was
-- replaced is waited for, as long as a statement of the product may take: their call still needs the triggers. Not so who
-- waits for an advisory lock, as another process does that wants to migrate. After that writes wait for a moment.
do $$
declare
  earlier text[] := array(
    select l.virtualtransaction from pg_locks l join pg_stat_activity a on a.pid = l.pid
    where l.locktype = 'virtualxid' and l.pid <> pg_backend_pid() and a.datname = current_database());
  until_at timestamptz := clock_timestamp() + interval '20 seconds';
begin
  while clock_timestamp() < until_at and exists (
    select from pg_locks l where l.locktype = 'virtualxid' and l.virtualtransaction = any (earlier)
      and not exists (select from pg_locks w where w.pid = l.pid and w.locktype = 'advisory' and not w.granted))
  loop
    perform pg_sleep(0.01);
  end loop;
end $$;
lock table conversations, entries in access exclusive mode;

drop trigger follow_answer on entries;
drop trigger follow_message on entries;
drop trigger follow_state on entries;
drop trigger forget_draft on entries;
drop trigger forget_deleted on entries;
drop trigger follow_handed_note on entries;
drop trigger notify_assigned on entries;
drop trigger notify_group on entries;
drop trigger notify_mentioned on entries;
drop trigger notify_taken on entries;
drop trigger end_hand_over on conversations;
drop trigger note_first_message on conversations;
drop trigger note_message on conversations;
drop trigger note_reply_time on conversations;
drop trigger rank_waiting on conversations;
drop function follow_answer(), follow_message(), follow_state(), forget_draft(), forget_notifications(), follow_handed_note(),
  notify_concerned(), notify_taken(), end_hand_over(), note_message(), note_reply_time(), rank_waiting();
alter table conversations alter message_at set not null;

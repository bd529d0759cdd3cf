-- The colour of the widget that the demo's shop carries; null while nobody has chosen one, so that the shop's own fits in.
create function demo_widget_color() returns text
  language sql stable security definer set search_path = public, pg_temp
  as $$ select nullif(w.color, '#3b5bdb') from widgets w order by w.created_at, w.id limit 1 $$;
revoke all on function demo_widget_color() from public;
grant execute on function demo_widget_color() to foyer_app;

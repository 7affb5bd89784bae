"""The log, its functions and its seals, in a schema owned by a role without sign-in."""

from django.db import migrations

LOG = """
create schema audit authorization kimwerk_audit;
grant usage on schema walls to kimwerk_audit;
set local role kimwerk_audit;
grant usage on schema audit to kimwerk_app, kimwerk_owner;

create table audit.event (
  id bigint generated always as identity primary key,
  at timestamptz not null default clock_timestamp(),
  actor_id bigint,
  kind text not null constraint event_kind check (kind in ('change', 'act', 'read', 'refused')),
  action text not null,
  subject_type text not null default '',
  subject_id text not null default '',
  columns text[] not null default '{}',
  amount integer not null default 1,
  request_id text not null default '',
  digest bytea not null
);
create index event_subject on audit.event (subject_type, subject_id, id);
create index event_actor on audit.event (actor_id, id);

create table audit.seal (
  id bigint generated always as identity primary key,
  first_event bigint not null,
  last_event bigint not null,
  events integer not null,
  hash bytea not null,
  sealed_at timestamptz not null default clock_timestamp()
);

-- What a digest covers, in a form that no setting of a session can change.
create function audit.digest_of(e audit.event) returns bytea language sql stable as $$
  select sha256(convert_to(jsonb_build_array(
    e.id, (extract(epoch from e.at) * 1000000)::bigint, e.actor_id, e.kind, e.action,
    e.subject_type, e.subject_id, to_jsonb(e.columns), e.amount, e.request_id)::text, 'UTF8'))
$$;

create function audit.stamp() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  new.digest := audit.digest_of(new);
  return new;
end $$;
create trigger stamp before insert on audit.event for each row execute function audit.stamp();

create function audit.refuse() returns trigger language plpgsql as $$
begin
  raise exception 'the log can only grow' using errcode = 'insufficient_privilege';
end $$;
create trigger only_grow before update or delete or truncate on audit.event
  for each statement execute function audit.refuse();
create trigger only_grow before update or delete or truncate on audit.seal
  for each statement execute function audit.refuse();

-- The one way in for errands and reads.
create function audit.note(p_kind text, p_action text, p_type text, p_id text, p_columns text[], p_amount integer)
returns void language sql security definer set search_path = pg_catalog as $$
  insert into audit.event (actor_id, kind, action, subject_type, subject_id, columns, amount, request_id)
  values (walls.actor(), p_kind, p_action, p_type, p_id, p_columns, p_amount,
          coalesce(current_setting('kimwerk.request', true), ''))
$$;

-- The one way in for changes of rows. A change without a name is refused, except by maintenance.
create function audit.note_change() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
declare
  request text := coalesce(current_setting('kimwerk.request', true), '');
begin
  if walls.actor() is null and tg_argv[0] = 'named'
     and coalesce(current_setting('kimwerk.maintenance', true), '') <> 'on' then
    raise exception 'no change of % without an actor', tg_table_name using errcode = 'insufficient_privilege';
  end if;
  if tg_op = 'INSERT' then
    insert into audit.event (actor_id, kind, action, subject_type, subject_id, request_id)
    select walls.actor(), 'change', 'insert', tg_table_name, to_jsonb(n) ->> 'id', request from new_rows n;
  elsif tg_op = 'UPDATE' then
    insert into audit.event (actor_id, kind, action, subject_type, subject_id, columns, request_id)
    select walls.actor(), 'change', 'update', tg_table_name, changed.id, changed.columns, request
    from (
      select to_jsonb(n) ->> 'id' as id, (
        select coalesce(array_agg(a.key order by a.key), '{}')
        from jsonb_each(to_jsonb(n)) a join jsonb_each(to_jsonb(o)) b using (key)
        where a.value is distinct from b.value) as columns
      from new_rows n join old_rows o on to_jsonb(n) ->> 'id' = to_jsonb(o) ->> 'id'
    ) changed where changed.columns <> '{}';
  else
    insert into audit.event (actor_id, kind, action, subject_type, subject_id, request_id)
    select walls.actor(), 'change', 'delete', tg_table_name, to_jsonb(o) ->> 'id', request from old_rows o;
  end if;
  return null;
end $$;

-- Seals all entries that can no longer change their order: the lock waits for open transactions
-- that wrote, briefly; whoever is long at it makes the sealing wait for its next turn.
create function audit.seal_now() returns integer
language plpgsql security definer set search_path = pg_catalog set lock_timeout = '300ms' as $$
declare
  previous audit.seal;
  batch record;
begin
  lock table audit.seal in exclusive mode;
  lock table audit.event in share mode;
  select * into previous from audit.seal order by id desc limit 1;
  select min(id) as first, max(id) as last, count(*) as n, string_agg(digest, ''::bytea order by id) as digests
  into batch from audit.event where id > coalesce(previous.last_event, 0);
  if batch.n = 0 then
    return 0;
  end if;
  insert into audit.seal (first_event, last_event, events, hash)
  values (coalesce(previous.last_event, 0) + 1, batch.last, batch.n,
          sha256(coalesce(previous.hash, ''::bytea) || convert_to(batch.last || ':' || batch.n || ':', 'UTF8')
                 || sha256(batch.digests)));
  return batch.n;
end $$;

alter table audit.event enable row level security;
create policy event_read on audit.event for select to kimwerk_app using ((select walls.may('audit.read')));
create policy event_write on audit.event for insert to kimwerk_audit with check (true);
grant select on audit.event, audit.seal to kimwerk_app;
revoke all on all functions in schema audit from public;
grant execute on function audit.note(text, text, text, text, text[], integer) to kimwerk_app, kimwerk_owner;
grant execute on function audit.note_change() to kimwerk_app, kimwerk_owner;
grant execute on function audit.seal_now() to kimwerk_app, kimwerk_owner;
reset role;
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = [("access", "0001_wall_functions")]
    operations = [migrations.RunSQL(LOG, reverse_sql="drop schema audit cascade")]

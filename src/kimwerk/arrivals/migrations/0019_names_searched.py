"""Names of a list searched by the beginnings of their words, beside the walls.

Operators of full text are not leakproof, so no index serves them behind a wall. The words of names therefore stand in a
table that no role of the program may read; `arrivals_named` answers with rows of the places where the actor registers
or checks.
"""

from django.db import migrations

WORDS = """array_to_tsvector(array_remove(string_to_array(
    sort_key || ' ' || lower(original_family) || ' ' || lower(original_given), ' '), ''))"""
INDEX = f"""
create extension if not exists btree_gin;
create schema arrivals_search;
create table arrivals_search.name (
  registration_id bigint primary key references arrivals_registration on delete cascade,
  occasion_id bigint not null,
  organisation_id bigint not null,
  municipality_id bigint not null,
  words tsvector not null
);
create index name_words on arrivals_search.name using gin (occasion_id, words);

create function arrivals_search.keep() returns trigger
language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  insert into arrivals_search.name
  select id, occasion_id, organisation_id, municipality_id, {WORDS} from new_rows
  on conflict (registration_id) do update set
    occasion_id = excluded.occasion_id, organisation_id = excluded.organisation_id,
    municipality_id = excluded.municipality_id, words = excluded.words
  where (name.municipality_id, name.words) is distinct from (excluded.municipality_id, excluded.words);
  return null;
end $$;
create trigger name_insert after insert on arrivals_registration referencing new table as new_rows
  for each statement execute function arrivals_search.keep();
create trigger name_update after update on arrivals_registration referencing new table as new_rows
  for each statement execute function arrivals_search.keep();
"""
FILLING = f"""
create function arrivals_search.fill() returns void
language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  before text := coalesce(current_setting('kimwerk.maintenance', true), '');
begin
  perform set_config('kimwerk.maintenance', 'on', true);
  insert into arrivals_search.name
  select id, occasion_id, organisation_id, municipality_id, {WORDS} from arrivals_registration
  on conflict (registration_id) do nothing;
  perform set_config('kimwerk.maintenance', before, true);
end $$;
revoke all on function arrivals_search.fill() from public;
"""
ASKED = """
create function arrivals_named(occasion bigint, latin text[], original text[], most integer) returns bigint[]
language plpgsql stable security definer set search_path = pg_catalog, public as $$
declare
  whole bigint[] := walls.organisations('registration.keep', 'registration.check');
  parts bigint[] := walls.places('registration.keep', 'registration.check');
  wanted tsquery;
begin
  select string_agg(said.every, ' | ')::tsquery into wanted from (
    select string_agg(quote_literal(word) || ':*', ' & ') as every from unnest(latin) word
    union select string_agg(quote_literal(word) || ':*', ' & ') from unnest(original) word) said;
  return coalesce((select array_agg(near.registration_id) from (
    select n.registration_id from arrivals_search.name n
    where n.occasion_id = occasion and n.words @@ wanted
      and (n.organisation_id = any(whole) or walls.place(n.organisation_id, n.municipality_id) = any(parts))
    limit most) near), '{}');
end $$;
"""
UNDO = """
drop trigger name_update on arrivals_registration;
drop trigger name_insert on arrivals_registration;
drop schema arrivals_search cascade;
"""


class Migration(migrations.Migration):
    dependencies = [("arrivals", "0018_list_counts_kept")]
    operations = [
        migrations.RunSQL(INDEX, reverse_sql=UNDO),
        migrations.RunSQL(FILLING, reverse_sql=migrations.RunSQL.noop),
        migrations.RunSQL("select arrivals_search.fill()", reverse_sql=migrations.RunSQL.noop),
        migrations.RunSQL(ASKED, reverse_sql="drop function arrivals_named(bigint, text[], text[], integer)"),
    ]

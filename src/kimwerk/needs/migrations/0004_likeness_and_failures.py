"""An index of likeness beside the walls, and counting failed referrals without anybody who acts.

Operators of full text and of trigrams are not leakproof, so no index serves them behind a wall. The words of needs
therefore stand in a table that no role of the program may read; `needs_similar` asks first whether the actor reads
the register of the organisation.
"""

from django.db import migrations

INDEX = """
create extension if not exists pg_trgm;
create extension if not exists btree_gin;
create schema needs_search;
create table needs_search.need (
  need_id bigint primary key references needs_need on delete cascade,
  organisation_id bigint not null,
  title text not null,
  words tsvector not null
);
create index need_words on needs_search.need using gin (organisation_id, words);
create index need_letters on needs_search.need using gin (organisation_id, title gin_trgm_ops);

create function needs_search.keep() returns trigger
language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  insert into needs_search.need values (
    new.id, new.organisation_id, new.title,
    setweight(to_tsvector('german', new.title), 'A') || to_tsvector('german', new.text))
  on conflict (need_id) do update set
    organisation_id = excluded.organisation_id, title = excluded.title, words = excluded.words;
  return null;
end $$;
create trigger keep_words after insert or update of title, text, organisation_id on needs_need
  for each row execute function needs_search.keep();
"""
FILLED = """
select set_config('kimwerk.maintenance', 'on', true);
insert into needs_search.need
select id, organisation_id, title, setweight(to_tsvector('german', title), 'A') || to_tsvector('german', text)
from needs_need;
select set_config('kimwerk.maintenance', '', true);
"""
SIMILAR = r"""
create function needs_similar(need bigint, most integer) returns table (need_id bigint, likeness double precision)
language plpgsql security definer set search_path = pg_catalog, public set pg_trgm.similarity_threshold = 0.45 as $$
#variable_conflict use_column
declare
  mine needs_search.need;
  stems text[];
  two_of_them tsquery;
  any_of_them tsquery;
begin
  select s.* into mine from needs_search.need s where s.need_id = need;
  if mine.need_id is null or not mine.organisation_id = any(walls.homes('need.report')) then
    return;
  end if;
  stems := (select array_agg(stem) from (
    select stem from unnest(tsvector_to_array(to_tsvector('german', mine.title))) stem
    where stem ~ '^\w+$' order by length(stem) desc limit 8) longest);
  if stems is null then
    return;
  end if;
  any_of_them := (select string_agg(quote_literal(stem), ' | ')::tsquery from unnest(stems) stem);
  two_of_them := (
    select string_agg('(' || quote_literal(a) || ' & ' || quote_literal(b) || ')', ' | ')::tsquery
    from unnest(stems) a join unnest(stems) b on a < b);
  return query
    with by_stems as (
      select s.need_id from needs_search.need s
      where two_of_them is not null and s.words @@ two_of_them and s.organisation_id = mine.organisation_id limit 400),
    by_letters as (  -- asked only where the stems found little
      select s.need_id from needs_search.need s
      where (select count(*) from by_stems) < most
        and s.title % mine.title and s.organisation_id = mine.organisation_id limit 200),
    candidates as (select c.need_id from by_stems c union select c.need_id from by_letters c)
    select s.need_id, (ts_rank(s.words, any_of_them) + similarity(s.title, mine.title))::double precision as likeness
    from candidates join needs_search.need s using (need_id)
    where s.need_id <> need
    order by likeness desc, s.need_id desc limit most;
end $$;
"""
FAILURES = """
create function needs_count_failure(organisation bigint, title text, municipality bigint, cause text, failed_on date)
returns void language plpgsql security definer set search_path = pg_catalog, public as $$
#variable_conflict use_column
declare
  before text := coalesce(current_setting('kimwerk.maintenance', true), '');
begin
  perform set_config('kimwerk.maintenance', 'on', true);
  insert into needs_need as n (organisation_id, title, text, origin, occasion, named_on, municipality_id, state, reason,
                               reported_at, times, cause)
  values (organisation, title, '', 'referral', '', failed_on, municipality, 'reported', '', now(), 1, cause)
  on conflict (organisation_id, cause) where not (cause = '') do update set times = n.times + 1;
  perform set_config('kimwerk.maintenance', before, true);
end $$;
"""


class Migration(migrations.Migration):
    dependencies = [("needs", "0003_where_needs_arise")]
    operations = [
        migrations.RunSQL(
            INDEX,
            reverse_sql="drop trigger keep_words on needs_need; drop schema needs_search cascade",
        ),
        migrations.RunSQL(FILLED, reverse_sql=migrations.RunSQL.noop),
        migrations.RunSQL(SIMILAR, reverse_sql="drop function needs_similar(bigint, integer)"),
        migrations.RunSQL(FAILURES, reverse_sql="drop function needs_count_failure(bigint, text, bigint, text, date)"),
    ]

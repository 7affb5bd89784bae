"""Who of the people in one's care has a name that begins or sounds so: asked in one function, which is its own wall.

The search asked care, then a condition of every token found. The function goes through the people the actor is
entrusted with now and looks each up in the index of tokens; nobody else's tokens are ever read, and no plan of the
database can decide otherwise. Whoever names no actor is entrusted with nobody.
"""

from django.db import migrations

FUNCTION = """
create function walls.people_named(words integer[], firsts text[], lasts text[], kinds text[]) returns bigint[]
language plpgsql stable security definer set search_path = pg_catalog, public as $$
declare
  before text := coalesce(current_setting('kimwerk.maintenance', true), '');
  wanted integer := (select count(distinct word) from unnest(words) word);
  found bigint[];
begin
  perform set_config('kimwerk.maintenance', 'on', true);
  found := array(
    select mine.person_id
    from (
      select distinct e.person_id from walls.entrusted e
      where e.account_id = walls.actor() and e.begins_at <= statement_timestamp() and e.ends_at > statement_timestamp()
    ) mine
    cross join unnest(words, firsts, lasts) as asked(word, first, last)
    cross join lateral (
      select from public.persons_nametoken t
      where t.person_id = mine.person_id and t.token between asked.first and asked.last and t.kind = any(kinds)
      limit 1
    ) named
    group by 1 having count(distinct asked.word) = wanted);
  perform set_config('kimwerk.maintenance', before, true);
  return found;
end $$;
revoke all on function walls.people_named(integer[], text[], text[], text[]) from public;
grant execute on function walls.people_named(integer[], text[], text[], text[]) to kimwerk_app;
"""
UNDO = "drop function walls.people_named(integer[], text[], text[], text[]);"


class Migration(migrations.Migration):
    dependencies = [("persons", "0013_entrusted_by_instants")]
    operations = [migrations.RunSQL(FUNCTION, reverse_sql=UNDO)]

"""Months are kept as columns of their entries, from which any table is counted.

Nobody writes them by hand: the function counts as the owner, whoever calls it, and marks that were
set meanwhile stay. Colleagues are told apart only where the diary itself may be read.
"""

from importlib import import_module

from django.db import migrations

from kimwerk.access.walls import wall

before = import_module("kimwerk.activities.migrations.0006_counting_ahead")

PACKING = """
create function activities_packed(numbers bigint[]) returns bytea
language sql immutable parallel safe set search_path = pg_catalog as $$
  select coalesce(string_agg(
    case when w.widest < 32768 then int2send(n::int2) when w.widest < 2147483648 then int4send(n::int4)
      else int8send(n) end, '' order by place), '')
  from (select max(x) as widest from unnest(numbers) x) w, unnest(numbers) with ordinality u(n, place)
$$;
"""

SINGLE = {
    "day": "extract(day from a.day)::bigint",
    "kind": "a.kind_id",
    "channel": "coalesce(a.channel_id, 0)",
    "municipality": "coalesce(a.municipality_id, 0)",
    "site": "coalesce(a.site_id, 0)",
    "staff": "a.done_by_id",
    "referral_target": "coalesce(a.referral_target_id, 0)",
    "participants_target": "a.participants_target::bigint",
    "participants_partner": "a.participants_partner::bigint",
    "minutes": "coalesce(a.minutes, 0)::bigint",
    "timed": "(a.minutes is not null)::int::bigint",
}
SEVERAL = {
    "topic": "topics",
    "target_group": "target_groups",
    "legal_circle": "legal_circles",
    "partner": "partners",
}


def told(column: str) -> str:
    """Each member of an entry's array once, and 0 where there is none."""
    return (
        f"case cardinality(a.{column}) when 0 then '{{0}}' when 1 then a.{column}"
        f" else array(select distinct x from unnest(a.{column}) x) end"
    )


ROWS = ", ".join(
    [f"{told} as {name}" for name, told in SINGLE.items()]
    + [f"{told(column)} as {name}" for name, column in SEVERAL.items()]
)
GROUPED = ", ".join(
    [f"array_agg(r.{name} order by r.place) as {name}" for name in SINGLE]
    + [f"array_agg(cardinality(r.{name})::bigint order by r.place) as {name}" for name in SEVERAL]
)
MEMBERS = " union all ".join(
    f"select r.organisation_id, r.month, '{name}' as name, array_agg(m.member order by r.place) as numbers"
    f" from rows r cross join lateral unnest(r.{name}) m(member) group by 1, 2"
    for name in SEVERAL
)
COLUMNS = ", ".join(
    [f"('{name}', g.{name}, null::bigint[])" for name in SINGLE]
    + [f"('{name}', null::bigint[], g.{name})" for name in SEVERAL]
)
COUNTING = f"""
create or replace function activities_count_months(most integer) returns integer
language plpgsql security definer set search_path = pg_catalog, public
set work_mem = '64MB' as $$
declare
  marks bigint[];
  organisations bigint[];
  months date[];
  before text := coalesce(current_setting('kimwerk.maintenance', true), '');
begin
  if not pg_try_advisory_xact_lock(hashtext('activities_count_months')) then
    return 0;
  end if;
  perform set_config('kimwerk.maintenance', 'on', true);
  select array_agg(organisation_id), array_agg(month) into organisations, months from (
    select distinct organisation_id, month from activities_stalemonth order by 1, 2 limit most) chosen;
  if organisations is null then
    perform set_config('kimwerk.maintenance', before, true);
    return 0;
  end if;
  select array_agg(s.id) into marks from activities_stalemonth s
  join unnest(organisations, months) as c(organisation_id, month) using (organisation_id, month);
  delete from activities_countedcolumn m using unnest(organisations, months) as c(organisation_id, month)
  where m.organisation_id = c.organisation_id and m.month = c.month;
  with chosen as materialized (
    select * from unnest(organisations, months) as c(organisation_id, month)
  ), rows as materialized (
    select a.organisation_id, c.month, a.id as place, {ROWS}
    from chosen c cross join lateral (
      select * from activities_activity x where x.organisation_id = c.organisation_id
        and x.day >= c.month and x.day < (c.month + interval '1 month')::date and x.removed_at is null offset 0) a
  ), grouped as (
    select r.organisation_id, r.month, count(*) as entries, {GROUPED} from rows r group by 1, 2
  ), members as ({MEMBERS})
  insert into activities_countedcolumn (organisation_id, month, name, entries, numbers, sizes)
  select c.organisation_id, c.month, v.name, coalesce(g.entries, 0),
    activities_packed(coalesce(v.numbers, m.numbers)), activities_packed(v.sizes)
  from chosen c left join grouped g using (organisation_id, month)
  cross join lateral (values {COLUMNS}) v(name, numbers, sizes)
  left join members m on m.organisation_id = c.organisation_id and m.month = c.month and m.name = v.name;
  delete from activities_stalemonth where id = any(marks);
  perform set_config('kimwerk.maintenance', before, true);
  return cardinality(organisations);
end $$;
"""
COUNTING_BEFORE = before.COUNTING.replace("create function", "create or replace function", 1)


class Migration(migrations.Migration):
    dependencies = [("activities", "0013_counted_columns")]
    operations = [
        wall(
            "activities_countedcolumn",
            read=f"{before.COUNTABLE} and (name <> 'staff' or {before.READABLE})",
            write="false",
        ),
        migrations.RunSQL(PACKING, reverse_sql="drop function activities_packed(bigint[])"),
        migrations.RunSQL(COUNTING, reverse_sql=COUNTING_BEFORE),
    ]

"""Who may read counted months, how changes mark them, and the function that counts them anew.

Marks are only ever added, so that two people who work in the same month never wait for each
other. Counting anew takes the marks it saw: what is marked meanwhile stays marked.
"""

from django.db import migrations

from kimwerk.access.walls import wall

COUNTABLE = "organisation_id = any((select walls.organisations('figure.read', 'activity.read'))::bigint[])"
READABLE = "organisation_id = any((select walls.organisations('activity.read'))::bigint[])"

MARKING = """
create function activities_mark_months() returns trigger
language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  before text := coalesce(current_setting('kimwerk.maintenance', true), '');
begin
  perform set_config('kimwerk.maintenance', 'on', true);
  if tg_op = 'INSERT' then
    insert into activities_stalemonth (organisation_id, month)
    select distinct organisation_id, date_trunc('month', day)::date from new_rows;
  elsif tg_op = 'DELETE' then
    insert into activities_stalemonth (organisation_id, month)
    select distinct organisation_id, date_trunc('month', day)::date from old_rows;
  else
    insert into activities_stalemonth (organisation_id, month)
    select organisation_id, date_trunc('month', day)::date from new_rows
    union select organisation_id, date_trunc('month', day)::date from old_rows;
  end if;
  perform set_config('kimwerk.maintenance', before, true);
  return null;
end $$;
revoke all on function activities_mark_months() from public;
grant execute on function activities_mark_months() to kimwerk_app;
create trigger stale_insert after insert on activities_activity referencing new table as new_rows
  for each statement execute function activities_mark_months();
create trigger stale_update after update on activities_activity
  referencing old table as old_rows new table as new_rows
  for each statement execute function activities_mark_months();
create trigger stale_delete after delete on activities_activity referencing old table as old_rows
  for each statement execute function activities_mark_months();
"""
UNDO_MARKING = """
drop trigger stale_delete on activities_activity;
drop trigger stale_update on activities_activity;
drop trigger stale_insert on activities_activity;
drop function activities_mark_months();
"""

SINGLE = {
    "kind": "a.kind_id",
    "channel": "coalesce(a.channel_id, 0)",
    "site": "coalesce(a.site_id, 0)",
    "staff": "a.done_by_id",
    "referral_target": "coalesce(a.referral_target_id, 0)",
    "weekday": "extract(isodow from a.day)::bigint",
}
MULTIPLE = {
    "topic": "topics",
    "target_group": "target_groups",
    "legal_circle": "legal_circles",
    "partner": "partners",
}
SUMS = (
    "count(*) as n, sum(a.participants_target) as target, sum(a.participants_partner) as partner,"
    " coalesce(sum(a.minutes), 0) as minutes, count(a.minutes) as timed"
)
MUNICIPALITY = "coalesce(a.municipality_id, 0)"
MONDAY = "date_trunc('week', a.day)::date - date '2000-01-03'"


def cells(dimension: str, across: str, member: str, crossed: str, joined: str = "") -> str:
    """The cells of one pair of dimensions, for every month at hand."""
    return f"""
      select a.organisation_id, a.month, '{dimension}' as dimension, '{across}' as across,
        {member} as member, {crossed} as crossed, {SUMS}
      from rows a {joined} group by 1, 2, 5, 6"""


def all_cells() -> str:
    """Every pair that is kept: each dimension by municipality, most by kind, and kinds by week."""
    crossings = {"municipality": MUNICIPALITY, "kind": "a.kind_id"}
    parts = [cells("kind", "week", "a.kind_id", MONDAY)]
    for dimension, across in PAIRS[1:]:
        if dimension in SINGLE:
            parts.append(cells(dimension, across, SINGLE[dimension], crossings[across]))
        else:
            parts.append(cells(dimension, across, "t.member", crossings[across], unnested(MULTIPLE[dimension])))
    return " union all ".join(parts)


def unnested(column: str) -> str:
    """Each member of an entry's array once, and 0 where there is none."""
    return f"""
      cross join lateral unnest(case when cardinality(a.{column}) = 0 then '{{0}}' else a.{column} end)
        with ordinality as t(member, place)
      where cardinality(a.{column}) = 0 or array_position(a.{column}, t.member) = t.place"""


PAIRS = [
    ("kind", "week"),
    *((dimension, "municipality") for dimension in (*SINGLE, *MULTIPLE)),
    *((dimension, "kind") for dimension in (*SINGLE, *MULTIPLE) if dimension not in {"kind", "weekday", "partner"}),
]
COUNTING = f"""
create function activities_count_months(most integer) returns integer
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
  delete from activities_countedmonth m using unnest(organisations, months) as c(organisation_id, month)
  where m.organisation_id = c.organisation_id and m.month = c.month;
  with chosen as materialized (
    select * from unnest(organisations, months) as c(organisation_id, month)
  ), rows as materialized (
    select a.organisation_id, c.month, a.day, a.kind_id, a.channel_id, a.site_id, a.done_by_id, a.referral_target_id,
      a.municipality_id, a.topics, a.target_groups, a.legal_circles, a.partners, a.participants_target,
      a.participants_partner, a.minutes
    from chosen c cross join lateral (
      select * from activities_activity x where x.organisation_id = c.organisation_id
        and x.day >= c.month and x.day < (c.month + interval '1 month')::date and x.removed_at is null offset 0) a
  ), cells as ({all_cells()})
  insert into activities_countedmonth (organisation_id, month, dimension, across, members, crossed,
    activities, participants_target, participants_partner, minutes, timed)
  select organisation_id, month, dimension, across, array_agg(member), array_agg(crossed),
    array_agg(n), array_agg(target), array_agg(partner), array_agg(minutes), array_agg(timed)
  from cells group by 1, 2, 3, 4;
  insert into activities_countedmonth (organisation_id, month, dimension, across, members, crossed,
    activities, participants_target, participants_partner, minutes, timed)
  select c.organisation_id, c.month, p.dimension, p.across, '{{}}', '{{}}', '{{}}', '{{}}', '{{}}', '{{}}', '{{}}'
  from unnest(organisations, months) as c(organisation_id, month)
  cross join (values {", ".join(f"('{dimension}', '{across}')" for dimension, across in PAIRS)}) p(dimension, across)
  on conflict (organisation_id, month, dimension, across) do nothing;
  delete from activities_stalemonth where id = any(marks);
  perform set_config('kimwerk.maintenance', before, true);
  return cardinality(organisations);
end $$;
revoke all on function activities_count_months(integer) from public;
grant execute on function activities_count_months(integer) to kimwerk_app;
"""


class Migration(migrations.Migration):
    dependencies = [("activities", "0005_counted_months")]
    operations = [
        wall(
            "activities_countedmonth",
            read=f"{COUNTABLE} and (dimension <> 'staff' or {READABLE})",
            write="false",
        ),
        wall("activities_stalemonth", read=COUNTABLE, write="false"),
        migrations.RunSQL(MARKING, reverse_sql=UNDO_MARKING),
        migrations.RunSQL(COUNTING, reverse_sql="drop function activities_count_months(integer)"),
    ]

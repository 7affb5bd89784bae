"""Who may read and keep posts; nobody holds more than a full-time post, nor more of a post than there is.

The rules on shares are sums over overlapping days, which no exclusion constraint can say: triggers do,
one writer per organisation at a time. An average of full-time equivalents may be known to whoever reads
figures, although the rows behind it may not.
"""

from django.db import migrations

from kimwerk.access.walls import wall
from kimwerk.audit.triggers import audited

OWN = "organisation_id = any((select walls.organisations('{right}'))::bigint[])"
READ, WRITE = OWN.format(right="staff.read"), OWN.format(right="staff.manage")


def through(column: str, table: str, right: str) -> str:
    """The row hangs on one of a table within the right."""
    within = f"select coalesce(array_agg(id), '{{}}') from {table} where {OWN.format(right=right)}"
    return f"{column} = any(({within})::bigint[])"


TABLES = ("fundingline", "post", "employee", "occupancy", "leave", "onboardingstep", "course")

SHARES = """
create function staffing_refuse(rule text) returns void language plpgsql as $$
begin
  raise exception '%', rule using errcode = 'check_violation', constraint = rule;
end $$;

create function staffing_check_post(wanted bigint) returns void language plpgsql as $$
begin
  if exists (
    select from staffing_occupancy a join staffing_occupancy b on b.post_id = a.post_id and b.days @> lower(a.days)
    join staffing_post p on p.id = a.post_id
    where a.post_id = wanted group by a.id, p.share having sum(b.share) > p.share) then
    perform staffing_refuse('occupancy_is_at_most_the_post');
  end if;
  if exists (
    select from staffing_occupancy o join staffing_post p on p.id = o.post_id
    where o.post_id = wanted and not p.valid @> o.days) then
    perform staffing_refuse('occupancy_lies_within_the_post');
  end if;
  if exists (
    select from staffing_post p join staffing_fundingline f on f.id = p.funding_line_id
    where p.id = wanted and (not f.valid @> p.valid or f.organisation_id <> p.organisation_id)) then
    perform staffing_refuse('post_lies_within_its_funding_line');
  end if;
end $$;

create function staffing_check_occupancy() returns trigger language plpgsql as $$
declare organisation bigint;
begin
  select p.organisation_id into organisation from staffing_post p where p.id = new.post_id;
  perform pg_advisory_xact_lock(hashtextextended('staffing', organisation));
  if not exists (select from staffing_employee e where e.id = new.employee_id and e.organisation_id = organisation) then
    perform staffing_refuse('occupancy_stays_in_one_organisation');
  end if;
  if exists (
    select from staffing_occupancy a
    join staffing_occupancy b on b.employee_id = a.employee_id and b.days @> lower(a.days)
    where a.employee_id = new.employee_id group by a.id having sum(b.share) > 1) then
    perform staffing_refuse('occupancy_is_at_most_full_time');
  end if;
  perform staffing_check_post(new.post_id);
  return null;
end $$;
create trigger shares after insert or update on staffing_occupancy
  for each row execute function staffing_check_occupancy();

create function staffing_check_changed_post() returns trigger language plpgsql as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('staffing', new.organisation_id));
  perform staffing_check_post(new.id);
  return null;
end $$;
create trigger shares after insert or update on staffing_post
  for each row execute function staffing_check_changed_post();
"""
NO_SHARES = """
drop trigger shares on staffing_post;
drop trigger shares on staffing_occupancy;
drop function staffing_check_changed_post();
drop function staffing_check_occupancy();
drop function staffing_check_post(bigint);
drop function staffing_refuse(text);
"""

# The owner opens the walls for one statement: out of it come sums per organisation, and only of the actor's own.
FTE_DAYS = """
create function staffing_fte_days(kinds text[], wanted daterange)
returns table (organisation bigint, fte_days numeric)
language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  before text := coalesce(current_setting('kimwerk.maintenance', true), '');
  mine bigint[] := array(
    select unnest(walls.organisations('figure.read', 'staff.read'))
    union select unnest(walls.places('figure.read', 'staff.read')) / 1000000);
begin
  perform set_config('kimwerk.maintenance', 'on', true);
  return query
    select p.organisation_id, sum(o.share * (
      upper(o.days * wanted) - lower(o.days * wanted) - coalesce((
        select sum(upper(l.days * o.days * wanted) - lower(l.days * o.days * wanted))
        from staffing_leave l where l.employee_id = o.employee_id and l.days && (o.days * wanted)), 0)))
    from staffing_occupancy o join staffing_post p on p.id = o.post_id
    where o.days && wanted and p.kind = any(kinds) and p.organisation_id = any(mine)
    group by p.organisation_id;
  perform set_config('kimwerk.maintenance', before, true);
end $$;
"""


class Migration(migrations.Migration):
    dependencies = [("staffing", "0001_initial"), ("accounts", "0002_walls"), ("audit", "0001_log")]
    operations = [
        wall("staffing_fundingline", read=READ, write=WRITE),
        wall("staffing_post", read=READ, write=WRITE),
        wall("staffing_employee", read=READ, write=WRITE),
        wall(
            "staffing_occupancy",
            read=through("post_id", "staffing_post", "staff.read"),
            write=through("post_id", "staffing_post", "staff.manage"),
        ),
        *(
            wall(
                f"staffing_{table}",
                read=through("employee_id", "staffing_employee", "staff.read"),
                write=through("employee_id", "staffing_employee", "staff.manage"),
            )
            for table in ("leave", "onboardingstep", "course")
        ),
        *(audited(f"staffing_{table}") for table in TABLES),
        migrations.RunSQL(SHARES, reverse_sql=NO_SHARES),
        migrations.RunSQL(FTE_DAYS, reverse_sql="drop function staffing_fte_days(text[], daterange)"),
    ]

"""Who may read and keep committees; adopted standing orders never change.

Who sits in a committee reads it. The seats are looked up by a function of the owner, because a wall that asked
the table of seats, whose wall asks the table of committees, would never end.
"""

from django.db import migrations

from kimwerk.access.walls import wall
from kimwerk.audit.triggers import audited
from kimwerk.steering.walls import KEEP_COMMITTEE, READ_COMMITTEE, kept_through, kept_with, seen_through, seen_with

SEATS = """
create function steering_seats() returns bigint[]
language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  before text := coalesce(current_setting('kimwerk.maintenance', true), '');
  held bigint[];
begin
  -- Behind the walls the wall of the seats is asked too, and asks again: then the answer is not needed.
  if before = 'on' or not walls.may('steering.attend') then
    return '{}';
  end if;
  perform set_config('kimwerk.maintenance', 'on', true);
  held := array(
    select distinct s.committee_id from steering_term t join steering_seat s on s.id = t.seat_id
    where t.account_id = walls.actor() and t.days @> walls.today() and not s.is_given_up);
  perform set_config('kimwerk.maintenance', before, true);
  return held;
end $$;
"""
FROZEN = """
create function steering_keep_orders() returns trigger language plpgsql as $$
begin
  if coalesce(current_setting('kimwerk.maintenance', true), '') <> 'on' and exists (
    select from steering_ordersstep s where s.orders_id = old.id and s.kind = 'adopted') then
    raise exception 'adopted standing orders never change'
      using errcode = 'check_violation', constraint = 'orders_never_change_once_adopted';
  end if;
  return coalesce(new, old);
end $$;
create trigger keep_orders before update or delete on steering_standingorders for each row
  execute function steering_keep_orders();
"""
UNFROZEN = """
drop trigger keep_orders on steering_standingorders;
drop function steering_keep_orders();
"""


class Migration(migrations.Migration):
    dependencies = [("steering", "0001_committees"), ("accounts", "0002_walls"), ("persons", "0002_walls")]
    operations = [
        migrations.RunSQL(SEATS, reverse_sql="drop function steering_seats()"),
        migrations.RunSQL(FROZEN, reverse_sql=UNFROZEN),
        wall("steering_committee", read=READ_COMMITTEE, write=KEEP_COMMITTEE),
        wall("steering_seat", read=seen_through("committee_id"), write=kept_through("committee_id")),
        wall(
            "steering_term",
            read=seen_with("seat_id", "steering_seat"),
            write=kept_with("seat_id", "steering_seat"),
        ),
        wall("steering_standingorders", read=seen_through("committee_id"), write=kept_through("committee_id")),
        wall(
            "steering_ordersstep",
            read=seen_with("orders_id", "steering_standingorders"),
            write=kept_with("orders_id", "steering_standingorders"),
        ),
        audited("steering_committee"),
        audited("steering_seat"),
        audited("steering_term"),
        audited("steering_standingorders"),
        audited("steering_ordersstep"),
    ]

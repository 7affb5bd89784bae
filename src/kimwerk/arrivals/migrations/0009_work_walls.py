"""What an office does with its rows is its own; a place is taken once, by a child that the office may have."""

from django.db import migrations

from kimwerk.access.walls import wall
from kimwerk.audit.triggers import audited

PLACES = """
create function arrivals_take_place() returns trigger language plpgsql as $$
declare
  o arrivals_placeoffer;
begin
  select * into o from arrivals_placeoffer where id = new.offer_id for update;
  if o.id is null or o.recipient_id <> new.recipient_id or not exists (
      select from arrivals_deliveredrow d
      where d.recipient_id = o.recipient_id and d.kind = o.kind and d.registration_id = new.registration_id
        and d.is_current) then
    raise exception 'the office does not have this child'
      using errcode = 'check_violation', constraint = 'place_is_for_a_child_of_the_office';
  end if;
  if (select count(*) from arrivals_placetaken t where t.offer_id = o.id) >= o.places then
    raise exception 'every place is taken'
      using errcode = 'check_violation', constraint = 'place_offer_has_room';
  end if;
  return new;
end $$;
create trigger take_place before insert or update on arrivals_placetaken for each row
  execute function arrivals_take_place();

create function arrivals_keep_taken_places() returns trigger language plpgsql as $$
begin
  if new.places < (select count(*) from arrivals_placetaken t where t.offer_id = new.id) then
    raise exception 'more places are taken than that'
      using errcode = 'check_violation', constraint = 'place_offer_has_room';
  end if;
  return new;
end $$;
create trigger keep_taken_places before update of places on arrivals_placeoffer for each row
  execute function arrivals_keep_taken_places();
"""
UNDO_PLACES = """
drop trigger keep_taken_places on arrivals_placeoffer;
drop function arrivals_keep_taken_places();
drop trigger take_place on arrivals_placetaken;
drop function arrivals_take_place();
"""
OWN = "recipient_id = any((select walls.organisations('registration.receive'))::bigint[])"
TABLES = ("arrivals_invitation", "arrivals_placeoffer", "arrivals_placetaken")


class Migration(migrations.Migration):
    dependencies = [("arrivals", "0008_work_of_offices")]
    operations = [
        migrations.RunSQL(PLACES, reverse_sql=UNDO_PLACES),
        *(wall(table, read=OWN) for table in TABLES),
        *(audited(table) for table in TABLES),
    ]

"""Making all rights held anew writes only the rows that differ: what hangs on them is counted anew for few accounts."""

from django.db import migrations

BY_DIFFERENCE = """
create or replace function walls.hold_all() returns void
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('walls.held', 0));
  delete from walls.held h using (select * from walls.held except select * from walls.should_be_held) wrong
    where h.membership_id = wrong.membership_id;
  insert into walls.held select * from walls.should_be_held except select * from walls.held;
end $$;
"""
ALL = """
create or replace function walls.hold_all() returns void
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('walls.held', 0));
  delete from walls.held;
  insert into walls.held select s.* from walls.should_be_held s;
end $$;
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_rights_held")]
    operations = [migrations.RunSQL(BY_DIFFERENCE, reverse_sql=ALL)]

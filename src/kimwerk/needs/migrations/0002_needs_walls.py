"""Who may read and write needs and gaps; a step of a gap is never changed."""

from django.db import migrations

from kimwerk.access.walls import wall
from kimwerk.audit.triggers import audited

HOME = "organisation_id = any((select walls.homes('need.report'))::bigint[])"
KEEP = "organisation_id = any((select walls.organisations('need.manage'))::bigint[])"
OWN = f"reported_by_id = (select walls.actor()) and {HOME}"
SEEN = "exists (select from needs_gap g where g.id = gap_id)"
KEPT = f"exists (select from needs_gap g where g.id = gap_id and g.{KEEP})"
KEPT_STEPS = """
create function needs_keep_step() returns trigger language plpgsql as $$
begin
  if coalesce(current_setting('kimwerk.maintenance', true), '') = 'on' then
    return coalesce(new, old);
  end if;
  raise exception 'a step of a gap is never changed'
    using errcode = 'check_violation', constraint = 'gap_step_is_never_changed';
end $$;
create trigger keep_step before update or delete on needs_gapstep for each row execute function needs_keep_step();
"""
UNDO_KEPT_STEPS = """
drop trigger keep_step on needs_gapstep;
drop function needs_keep_step();
"""


class Migration(migrations.Migration):
    dependencies = [("needs", "0001_register"), ("accounts", "0002_walls"), ("persons", "0002_walls")]
    operations = [
        migrations.RunSQL(KEPT_STEPS, reverse_sql=UNDO_KEPT_STEPS),
        wall("needs_gap", read=HOME, write=KEEP),
        wall("needs_gapstep", read=SEEN, write=KEPT),
        wall("needs_need", read=HOME, write=f"({KEEP}) or ({OWN})"),
        audited("needs_gap"),
        audited("needs_gapstep"),
        audited("needs_need"),
    ]

"""Who keeps schedules of reports, and how the worker learns which of them run: their numbers, and nothing else."""

from django.db import migrations

from kimwerk.access.walls import wall
from kimwerk.audit.triggers import audited


def within(permission: str) -> str:
    """The condition: the organisation is one in which the actor has this right throughout."""
    return f"organisation_id = any((select walls.organisations('{permission}'))::bigint[])"


READING = f"{within('report.read')} and {within('figure.read')}"
WRITING = f"{READING} and {within('report.write')}"
RUNNING = """
create function reporting_running_schedules() returns table (id bigint, author_id bigint)
language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  before text := coalesce(current_setting('kimwerk.maintenance', true), '');
begin
  perform set_config('kimwerk.maintenance', 'on', true);
  return query select s.id, s.author_id from reporting_reportschedule s where s.ended_at is null order by s.id;
  perform set_config('kimwerk.maintenance', before, true);
end $$;
revoke all on function reporting_running_schedules() from public;
grant execute on function reporting_running_schedules() to kimwerk_app;
"""
UNDO_RUNNING = "drop function reporting_running_schedules();"


class Migration(migrations.Migration):
    dependencies = [("reporting", "0009_publication_walls")]
    operations = [
        wall("reporting_reportschedule", read=READING, write=WRITING),
        audited("reporting_reportschedule"),
        migrations.RunSQL(RUNNING, reverse_sql=UNDO_RUNNING),
    ]

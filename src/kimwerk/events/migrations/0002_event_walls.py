"""Who reads and keeps events; the holder of an invitation's link reads that event and answers once.

How many places are taken is told by a function of the owner, because the holder of a link must not read who else comes.
"""

from django.db import migrations

from kimwerk.access.walls import wall
from kimwerk.audit.triggers import audited

READ = "organisation_id = any((select walls.homes('event.read'))::bigint[])"
KEEP = "organisation_id = any((select walls.homes('event.manage'))::bigint[])"
LINK = "token_hash = nullif(current_setting('kimwerk.link', true), '')"
HELD = f"select l.id from events_invitation l where l.{LINK}"
OF_HELD = f"select l.event_id from events_invitation l where l.{LINK}"


def of_event(condition: str) -> str:
    """A condition over rows that hang on an event."""
    return f"exists (select from events_event e where e.id = event_id and e.{condition})"


def of_group(condition: str) -> str:
    """A condition over rows that hang on a table of an event."""
    return (
        "exists (select from events_tablegroup g join events_event e on e.id = g.event_id"
        f" where g.id = group_id and e.{condition})"
    )


BY_LINK = f"""
create policy events_event_by_link on events_event for select using (id = ({OF_HELD}));
create policy events_invitation_by_link on events_invitation for select using ({LINK});
create policy events_invitation_answer on events_invitation for update using ({LINK}) with check ({LINK});
create policy events_participant_by_link on events_participant for select using (invitation_id = ({HELD}));
create policy events_participant_answer on events_participant for insert with check (
  via = 'link' and invitation_id = ({HELD}) and event_id = ({OF_HELD}));
"""
NOT_BY_LINK = """
drop policy events_participant_answer on events_participant;
drop policy events_participant_by_link on events_participant;
drop policy events_invitation_answer on events_invitation;
drop policy events_invitation_by_link on events_invitation;
drop policy events_event_by_link on events_event;
"""
TAKEN = """
create function events_taken(event bigint) returns bigint
language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  before text := coalesce(current_setting('kimwerk.maintenance', true), '');
  taken bigint;
begin
  if not exists (select from events_event e where e.id = event) then
    return null;
  end if;
  perform set_config('kimwerk.maintenance', 'on', true);
  taken := (select count(*) from events_participant p where p.event_id = event);
  perform set_config('kimwerk.maintenance', before, true);
  return taken;
end $$;
"""


class Migration(migrations.Migration):
    dependencies = [("events", "0001_events"), ("accounts", "0002_walls"), ("persons", "0002_walls")]
    operations = [
        wall("events_event", read=READ, write=KEEP),
        wall("events_step", read=of_event(READ), write=of_event(KEEP)),
        wall("events_steptemplate", read=READ, write=KEEP),
        wall("events_invitation", read=READ, write=KEEP),
        wall("events_participant", read=of_event(READ), write=of_event(KEEP)),
        wall("events_tablegroup", read=of_event(READ), write=of_event(KEEP)),
        wall("events_groupresult", read=of_group(READ), write=of_group(KEEP)),
        migrations.RunSQL(BY_LINK, reverse_sql=NOT_BY_LINK),
        migrations.RunSQL(TAKEN, reverse_sql="drop function events_taken(bigint)"),
        audited("events_event"),
        audited("events_step"),
        audited("events_steptemplate"),
        audited("events_invitation", is_named=False),
        audited("events_participant", is_named=False),
        audited("events_tablegroup"),
        audited("events_groupresult"),
    ]

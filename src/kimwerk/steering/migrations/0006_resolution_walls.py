"""Who may read and write resolutions; a version of a text is never changed."""

from django.db import migrations

from kimwerk.access.walls import wall
from kimwerk.audit.triggers import audited
from kimwerk.steering.walls import kept_through, kept_with, seen_through, seen_with

AT_THE_COMMITTEE = """
alter table steering_resolution add constraint resolution_is_at_the_meetings_committee
  foreign key (meeting_id, committee_id) references steering_meeting (id, committee_id);
"""
KEPT_TEXTS = """
create function steering_keep_text() returns trigger language plpgsql as $$
begin
  if coalesce(current_setting('kimwerk.maintenance', true), '') = 'on' then
    return coalesce(new, old);
  end if;
  raise exception 'a version of a resolution is never changed'
    using errcode = 'check_violation', constraint = 'resolution_text_is_never_changed';
end $$;
create trigger keep_text before update or delete on steering_resolutiontext for each row
  execute function steering_keep_text();
"""
UNDO_KEPT_TEXTS = """
drop trigger keep_text on steering_resolutiontext;
drop function steering_keep_text();
"""


class Migration(migrations.Migration):
    dependencies = [("steering", "0005_resolutions")]
    operations = [
        migrations.RunSQL(
            AT_THE_COMMITTEE,
            reverse_sql="alter table steering_resolution drop constraint resolution_is_at_the_meetings_committee",
        ),
        migrations.RunSQL(KEPT_TEXTS, reverse_sql=UNDO_KEPT_TEXTS),
        wall("steering_resolution", read=seen_through("committee_id"), write=kept_through("committee_id")),
        wall(
            "steering_resolutiontext",
            read=seen_with("resolution_id", "steering_resolution"),
            write=kept_with("resolution_id", "steering_resolution"),
        ),
        audited("steering_resolution"),
        audited("steering_resolutiontext"),
    ]

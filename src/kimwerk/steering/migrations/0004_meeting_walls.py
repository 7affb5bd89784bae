"""Who may read and write meetings; once minutes are closed, nothing of the meeting changes.

Members propose for an agenda, and whoever has a task says how far it is. All else is the office's.
"""

from django.db import migrations

from kimwerk.access.walls import wall
from kimwerk.audit.triggers import audited
from kimwerk.steering.walls import kept_through, kept_with, seen_through, seen_with

AT_THE_COMMITTEE = """
alter table steering_meeting add constraint meeting_of_its_committee unique (id, committee_id);
alter table steering_task add constraint task_is_at_the_meetings_committee
  foreign key (meeting_id, committee_id) references steering_meeting (id, committee_id);
"""
UNDO_AT_THE_COMMITTEE = """
alter table steering_task drop constraint task_is_at_the_meetings_committee;
alter table steering_meeting drop constraint meeting_of_its_committee;
"""
CLOSED = """
create function steering_keep_minutes() returns trigger language plpgsql as $$
declare
  meeting bigint := case when tg_op = 'INSERT' then new.meeting_id else old.meeting_id end;
begin
  if coalesce(current_setting('kimwerk.maintenance', true), '') <> 'on' and exists (
    select from steering_meeting m where m.id = meeting and m.state = 'closed') then
    raise exception 'closed minutes never change'
      using errcode = 'check_violation', constraint = 'minutes_never_change_once_closed';
  end if;
  return coalesce(new, old);
end $$;
create trigger keep_minutes before insert or update or delete on steering_agendaitem for each row
  execute function steering_keep_minutes();
create trigger keep_minutes before insert or update or delete on steering_attendance for each row
  execute function steering_keep_minutes();
"""
NOT_CLOSED = """
drop trigger keep_minutes on steering_attendance;
drop trigger keep_minutes on steering_agendaitem;
drop function steering_keep_minutes();
"""
OF_A_MEETING = {
    "read": seen_with("meeting_id", "steering_meeting"),
    "write": kept_with("meeting_id", "steering_meeting"),
}
OF_AN_ITEM = (
    "exists (select from steering_agendaitem i join steering_meeting m on m.id = i.meeting_id"
    f" where i.id = item_id and {kept_through('m.committee_id')})"
)
OWN_TASK = f"owner_account_id = (select walls.actor()) and {seen_through('committee_id')}"


class Migration(migrations.Migration):
    dependencies = [("steering", "0003_meetings")]
    operations = [
        migrations.RunSQL(AT_THE_COMMITTEE, reverse_sql=UNDO_AT_THE_COMMITTEE),
        migrations.RunSQL(CLOSED, reverse_sql=NOT_CLOSED),
        wall("steering_meeting", read=seen_through("committee_id"), write=kept_through("committee_id")),
        wall("steering_agendaitem", **OF_A_MEETING),
        wall("steering_attendance", **OF_A_MEETING),
        wall("steering_notedraft", read=OF_AN_ITEM),
        wall("steering_proposal", read=seen_through("committee_id")),
        wall(
            "steering_task",
            read=seen_through("committee_id"),
            write=f"({kept_through('committee_id')}) or ({OWN_TASK})",
        ),
        audited("steering_meeting"),
        audited("steering_agendaitem"),
        audited("steering_attendance"),
        audited("steering_notedraft"),
        audited("steering_proposal"),
        audited("steering_task"),
    ]

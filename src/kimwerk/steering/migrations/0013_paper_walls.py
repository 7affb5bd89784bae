"""Who may read and write papers; once a committee has dealt with one, it stays as that committee read it."""

from django.db import migrations

from kimwerk.access.walls import wall
from kimwerk.audit.triggers import audited
from kimwerk.steering.walls import KEEP_COMMITTEE, READ_OF_ORGANISATION, seen_with

KEPT_WITH_PAPER = f"exists (select from steering_paper p where p.id = paper_id and p.{KEEP_COMMITTEE})"
FROZEN = """
create function steering_keep_paper() returns trigger language plpgsql as $$
declare
  paper bigint;
begin
  if tg_table_name = 'steering_paper' then
    if tg_op = 'UPDATE'
      and (old.number, old.title, old.proposal, old.text) = (new.number, new.title, new.proposal, new.text) then
      return new;
    end if;
    paper := old.id;
  elsif tg_op = 'INSERT' then
    paper := new.paper_id;
  else
    paper := old.paper_id;
  end if;
  if coalesce(current_setting('kimwerk.maintenance', true), '') <> 'on' and exists (
    select from steering_paperstep s where s.paper_id = paper and s.outcome <> '') then
    raise exception 'a paper stays as the committee read it'
      using errcode = 'check_violation', constraint = 'paper_stays_once_dealt_with';
  end if;
  return coalesce(new, old);
end $$;
create trigger keep_paper before update or delete on steering_paper for each row
  execute function steering_keep_paper();
create trigger keep_paper before insert or update or delete on steering_paperattachment for each row
  execute function steering_keep_paper();
"""
UNFROZEN = """
drop trigger keep_paper on steering_paperattachment;
drop trigger keep_paper on steering_paper;
drop function steering_keep_paper();
"""


class Migration(migrations.Migration):
    dependencies = [("steering", "0012_papers")]
    operations = [
        migrations.RunSQL(FROZEN, reverse_sql=UNFROZEN),
        wall(
            "steering_paper",
            read=f"{KEEP_COMMITTEE} or (released_on is not null and ({READ_OF_ORGANISATION}))",
            write=KEEP_COMMITTEE,
        ),
        wall("steering_paperstep", read=seen_with("paper_id", "steering_paper"), write=KEPT_WITH_PAPER),
        wall("steering_paperattachment", read=seen_with("paper_id", "steering_paper"), write=KEPT_WITH_PAPER),
        audited("steering_paper"),
        audited("steering_paperstep"),
        audited("steering_paperattachment"),
    ]

"""Who reads and keeps surveys; the holder of a link reads that survey and answers once.

What was sent is never changed, and neither is what came back. Answers are not written down in the log one by one:
their lines would stand beside the one of the invitation and tell whose they are. That somebody answered is noted.
"""

from django.db import migrations

from kimwerk.access.walls import wall
from kimwerk.audit.triggers import audited

READ = "organisation_id = any((select walls.homes('survey.read'))::bigint[])"
KEEP = "organisation_id = any((select walls.homes('survey.manage'))::bigint[])"
LINK = "token_hash = nullif(current_setting('kimwerk.link', true), '')"
OF_HELD = f"select l.survey_id from surveys_invitation l where l.{LINK}"
HELD = f"select from surveys_invitation l where l.{LINK} and l.answered_on is null"


def of_survey(condition: str) -> str:
    """A condition over rows that hang on a survey."""
    return f"exists (select from surveys_survey s where s.id = survey_id and s.{condition})"


def of_question(condition: str) -> str:
    """A condition over rows that hang on a question."""
    return (
        "exists (select from surveys_question q join surveys_survey s on s.id = q.survey_id"
        f" where q.id = question_id and s.{condition})"
    )


BY_LINK = f"""
create policy surveys_survey_by_link on surveys_survey for select using (id = ({OF_HELD}));
create policy surveys_question_by_link on surveys_question for select using (survey_id = ({OF_HELD}));
create policy surveys_option_by_link on surveys_option for select using (
  question_id in (select q.id from surveys_question q where q.survey_id = ({OF_HELD})));
create policy surveys_invitation_by_link on surveys_invitation for select using ({LINK});
create policy surveys_invitation_answer on surveys_invitation for update using ({LINK}) with check ({LINK});
create policy surveys_response_answer on surveys_response for insert with check (exists (
  {HELD} and l.survey_id = surveys_response.survey_id and l.organisation_id = surveys_response.organisation_id
  and (surveys_response.invitation_id is null or surveys_response.invitation_id = l.id)));
create policy surveys_answer_answer on surveys_answer for insert with check (exists (
  {HELD} and l.survey_id = surveys_answer.survey_id and l.organisation_id = surveys_answer.organisation_id));
"""
NOT_BY_LINK = """
drop policy surveys_answer_answer on surveys_answer;
drop policy surveys_response_answer on surveys_response;
drop policy surveys_invitation_answer on surveys_invitation;
drop policy surveys_invitation_by_link on surveys_invitation;
drop policy surveys_option_by_link on surveys_option;
drop policy surveys_question_by_link on surveys_question;
drop policy surveys_survey_by_link on surveys_survey;
"""
KEPT = """
create function surveys_keep() returns trigger language plpgsql as $$
declare
  surveys bigint[];
begin
  if coalesce(current_setting('kimwerk.maintenance', true), '') = 'on' then
    return coalesce(new, old);
  end if;
  if tg_table_name = 'surveys_question' then
    surveys := array[(to_jsonb(old) ->> 'survey_id')::bigint, (to_jsonb(new) ->> 'survey_id')::bigint];
  elsif tg_table_name = 'surveys_option' then
    surveys := array(select q.survey_id from surveys_question q
      where q.id in ((to_jsonb(old) ->> 'question_id')::bigint, (to_jsonb(new) ->> 'question_id')::bigint));
  end if;
  if exists (select from surveys_survey s where s.id = any(surveys))
    and not exists (select from surveys_survey s where s.id = any(surveys) and s.state <> 'draft') then
    return coalesce(new, old);
  end if;
  raise exception 'what was sent or answered is never changed'
    using errcode = 'check_violation', constraint = 'survey_is_never_changed';
end $$;
create trigger keep_question before insert or update or delete on surveys_question for each row
  execute function surveys_keep();
create trigger keep_option before insert or update or delete on surveys_option for each row
  execute function surveys_keep();
create trigger keep_response before update or delete on surveys_response for each row
  execute function surveys_keep();
create trigger keep_answer before update or delete on surveys_answer for each row
  execute function surveys_keep();
"""
NOT_KEPT = """
drop trigger keep_answer on surveys_answer;
drop trigger keep_response on surveys_response;
drop trigger keep_option on surveys_option;
drop trigger keep_question on surveys_question;
drop function surveys_keep();
"""


class Migration(migrations.Migration):
    dependencies = [("surveys", "0001_surveys"), ("accounts", "0002_walls"), ("persons", "0002_walls")]
    operations = [
        wall("surveys_survey", read=READ, write=KEEP),
        wall("surveys_question", read=of_survey(READ), write=of_survey(KEEP)),
        wall("surveys_option", read=of_question(READ), write=of_question(KEEP)),
        wall("surveys_invitation", read=READ, write=KEEP),
        wall("surveys_response", read=READ, write="false"),
        wall("surveys_answer", read=READ, write="false"),
        migrations.RunSQL(BY_LINK, reverse_sql=NOT_BY_LINK),
        migrations.RunSQL(KEPT, reverse_sql=NOT_KEPT),
        audited("surveys_survey"),
        audited("surveys_question"),
        audited("surveys_option"),
        audited("surveys_invitation", is_named=False),
    ]

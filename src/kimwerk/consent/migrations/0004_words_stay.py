"""What was signed keeps its words: an entry of a list is ended, never renamed, and a group's past never changed."""

from django.db import migrations

WORDS = """
create function consent_keep_words() returns trigger language plpgsql as $$
declare
  may_change constant text[] := tg_argv;
begin
  if to_jsonb(old) - may_change is distinct from to_jsonb(new) - may_change then
    perform consent_refuse('an entry is ended, never renamed', 'consent_word_is_never_changed');
  end if;
  return new;
end $$;
create trigger keep_words before update on consent_purpose for each row
  execute function consent_keep_words('is_active', 'position');
create trigger keep_words before update on consent_statutorybasis for each row
  execute function consent_keep_words('is_active', 'position', 'note');
create trigger keep_words before update on consent_recipientgroup for each row
  execute function consent_keep_words('is_active');
create trigger keep_words before update on consent_recipientgroupmember for each row
  execute function consent_keep_words('until');
"""
UNDO = """
drop trigger keep_words on consent_recipientgroupmember;
drop trigger keep_words on consent_recipientgroup;
drop trigger keep_words on consent_statutorybasis;
drop trigger keep_words on consent_purpose;
drop function consent_keep_words();
"""


class Migration(migrations.Migration):
    dependencies = [("consent", "0003_lists")]
    operations = [migrations.RunSQL(WORDS, reverse_sql=UNDO)]

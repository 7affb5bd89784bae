"""Who may read, write and review templates; what was reviewed never changes."""

from django.db import migrations

from kimwerk.access.walls import wall
from kimwerk.audit.triggers import audited

HOME = "organisation_id = any((select walls.homes('template.read'))::bigint[])"
KEEP = "organisation_id = any((select walls.organisations('template.keep'))::bigint[])"
REVIEW = "organisation_id = any((select walls.organisations('template.review'))::bigint[])"
SEEN = "exists (select from documents_template t where t.id = template_id)"
KEPT = f"exists (select from documents_template t where t.id = template_id and t.{KEEP})"
SEEN_VERSION = "exists (select from documents_templateversion v where v.id = version_id)"
OF_VERSION = (
    "exists (select from documents_templateversion v join documents_template t on t.id = v.template_id"
    " where v.id = version_id and t.{})"
)
KEPT_TEXTS = """
create function documents_keep_text() returns trigger language plpgsql as $$
begin
  if coalesce(current_setting('kimwerk.maintenance', true), '') = 'on' then
    return coalesce(new, old);
  end if;
  if tg_table_name = 'documents_templateversion' and tg_op = 'UPDATE' then
    if old.state = 'draft' or (new.text, new.language, new.number, new.template_id)
        is not distinct from (old.text, old.language, old.number, old.template_id) then
      return new;
    end if;
  end if;
  raise exception 'what was handed to legal review never changes'
    using errcode = 'check_violation', constraint = 'template_text_is_never_changed';
end $$;
create trigger keep_text before update or delete on documents_templateversion for each row
  execute function documents_keep_text();
create trigger keep_text before update or delete on documents_review for each row
  execute function documents_keep_text();
"""
UNDO_KEPT_TEXTS = """
drop trigger keep_text on documents_review;
drop trigger keep_text on documents_templateversion;
drop function documents_keep_text();
"""


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_library"), ("accounts", "0002_walls"), ("persons", "0002_walls")]
    operations = [
        migrations.RunSQL(KEPT_TEXTS, reverse_sql=UNDO_KEPT_TEXTS),
        wall("documents_template", read=HOME, write=KEEP),
        wall("documents_templateversion", read=SEEN, write=KEPT),
        wall("documents_review", read=SEEN_VERSION, write=OF_VERSION.format(REVIEW)),
        wall("documents_adoption", read=SEEN_VERSION, write=OF_VERSION.format(KEEP)),
        wall("documents_signingkey", read=KEEP),
        audited("documents_template"),
        audited("documents_templateversion"),
        audited("documents_review"),
        audited("documents_adoption"),
    ]

"""Everybody reads what is public, and nobody changes it."""

from django.db import migrations

from kimwerk.access.walls import wall
from kimwerk.audit.triggers import audited


def within(permission: str) -> str:
    """The condition: the organisation is one in which the actor has this right throughout."""
    return f"organisation_id = any((select walls.organisations('{permission}'))::bigint[])"


def of_publications(condition: str) -> str:
    return (
        "publication_id = any((select coalesce(array_agg(id), '{}') from reporting_publication"
        f" where {condition})::bigint[])"
    )


READING = within("report.read")
PUBLISHING = f"{READING} and {within('report.release')}"
SEEN = f"state in ('public', 'withdrawn') or {READING}"
READABLE = f"state = 'public' or {READING}"

# What was published stays as it was published; a publication itself only moves on: from the order to the public, and
# off the page.
KEEP = """
create function reporting_keep_public() returns trigger language plpgsql as $$
begin
  if current_user = 'kimwerk_owner' and coalesce(current_setting('kimwerk.maintenance', true), '') = 'on'
     and tg_op <> 'TRUNCATE' then
    return null;
  end if;
  raise exception 'what was published never changes'
    using errcode = 'check_violation', constraint = 'publication_never_changes';
end $$;
create trigger keep_public before update or delete or truncate on reporting_opentable
  for each statement execute function reporting_keep_public();
create trigger keep_public before update or delete or truncate on reporting_factsheet
  for each statement execute function reporting_keep_public();
create function reporting_move_on() returns trigger language plpgsql as $$
begin
  if old.state in ('withdrawn', 'refused', 'failed')
     or old.state = 'public' and (new.state <> 'withdrawn' or new.published_at <> old.published_at
                                  or new.slug <> old.slug or new.edition_id <> old.edition_id)
  then
    raise exception 'a publication only moves on'
      using errcode = 'check_violation', constraint = 'publication_never_changes';
  end if;
  return new;
end $$;
create trigger move_on before update on reporting_publication for each row execute function reporting_move_on();
"""
RELEASE_KEEP = """
drop trigger move_on on reporting_publication;
drop function reporting_move_on();
drop trigger keep_public on reporting_factsheet;
drop trigger keep_public on reporting_opentable;
drop function reporting_keep_public();
"""


class Migration(migrations.Migration):
    dependencies = [("reporting", "0008_publications_and_schedules")]
    operations = [
        wall("reporting_publication", read=SEEN, write=PUBLISHING),
        wall("reporting_opentable", read=of_publications(READABLE), write=of_publications(PUBLISHING)),
        wall("reporting_factsheet", read=of_publications(READABLE), write=of_publications(PUBLISHING)),
        migrations.RunSQL(KEEP, reverse_sql=RELEASE_KEEP),
        audited("reporting_publication"),
        audited("reporting_opentable"),
        audited("reporting_factsheet"),
    ]

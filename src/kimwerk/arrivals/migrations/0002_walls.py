"""Who may read and write occasions and registrations, and that an earlier version is never changed."""

from django.db import migrations

from kimwerk.access.walls import wall
from kimwerk.audit.triggers import audited


def reach(*permissions: str) -> str:
    """The condition: the row's organisation, or its municipality there, is within these rights."""
    named = ", ".join(f"'{permission}'" for permission in permissions)
    return (
        f"organisation_id = any((select walls.organisations({named}))::bigint[])"
        f" or walls.place(organisation_id, municipality_id) = any((select walls.places({named}))::bigint[])"
    )


def touched(*permissions: str) -> str:
    """The condition: one of these rights holds somewhere in the row's organisation."""
    named = ", ".join(f"'{permission}'" for permission in permissions)
    return f"organisation_id = any((select walls.homes({named}))::bigint[])"


KEEPING = ("registration.keep", "registration.check")
OF_VISIBLE = "exists (select from arrivals_registration r where r.id = registration_id)"
AT_THE_OCCASION = """
alter table arrivals_registration add constraint registration_is_at_the_occasions_organisation
  foreign key (occasion_id, organisation_id) references arrivals_occasion (id, organisation_id);
"""
KEPT_VERSIONS = """
create function arrivals_keep_version() returns trigger language plpgsql as $$
begin
  if coalesce(current_setting('kimwerk.maintenance', true), '') = 'on' then
    return coalesce(new, old);
  end if;
  raise exception 'an earlier version is never changed'
    using errcode = 'check_violation', constraint = 'registration_version_is_never_changed';
end $$;
create trigger keep_version before update or delete on arrivals_registrationversion for each row
  execute function arrivals_keep_version();
"""
UNDO_KEPT_VERSIONS = """
drop trigger keep_version on arrivals_registrationversion;
drop function arrivals_keep_version();
"""


class Migration(migrations.Migration):
    dependencies = [("arrivals", "0001_initial"), ("accounts", "0002_walls"), ("persons", "0002_walls")]
    operations = [
        migrations.RunSQL(
            AT_THE_OCCASION,
            reverse_sql="alter table arrivals_registration"
            " drop constraint registration_is_at_the_occasions_organisation",
        ),
        migrations.RunSQL(KEPT_VERSIONS, reverse_sql=UNDO_KEPT_VERSIONS),
        wall("arrivals_occasion", read=touched(*KEEPING), write=touched("registration.check")),
        wall("arrivals_registration", read=reach(*KEEPING)),
        wall("arrivals_registrationversion", read=OF_VISIBLE),
        audited("arrivals_occasion"),
        audited("arrivals_registration"),
        audited("arrivals_registrationversion"),
    ]

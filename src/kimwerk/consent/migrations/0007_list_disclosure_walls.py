"""Nobody writes a disclosure of rows by hand: it arises with the delivery, and is never changed."""

from django.db import migrations

from kimwerk.access.walls import wall
from kimwerk.audit.triggers import audited

FROZEN = """
create trigger keep_proof before update or delete on consent_listdisclosure for each row
  execute function consent_keep_proof();
"""
READ = (
    "organisation_id = any((select walls.organisations('disclosure.review', 'registration.check'))::bigint[])"
    " or recipient_id = any((select walls.organisations('registration.receive'))::bigint[])"
)


class Migration(migrations.Migration):
    dependencies = [("consent", "0006_list_disclosure")]
    operations = [
        migrations.RunSQL(FROZEN, reverse_sql="drop trigger keep_proof on consent_listdisclosure"),
        wall("consent_listdisclosure", read=READ, write="false"),
        audited("consent_listdisclosure"),
    ]

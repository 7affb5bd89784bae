"""Every change of accounts and roles is recorded; throttling counts in one table for all workers.

Accounts, memberships and sessions stand outside row-level security: they are read before anybody
is known. The web role cannot write the role table, nor the list of applied migrations.
"""

from django.db import migrations

from kimwerk.audit.triggers import audited

THROTTLE = """
create unlogged table accounts_throttle (
  cache_key varchar(255) primary key, value text not null, expires timestamptz not null);
create index accounts_throttle_expires on accounts_throttle (expires);
"""
RIGHTS = """
revoke insert, update, delete on accounts_roleright, django_migrations from kimwerk_app;
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial"), ("audit", "0001_log")]
    operations = [
        migrations.RunSQL(THROTTLE, reverse_sql="drop table accounts_throttle"),
        migrations.RunSQL(RIGHTS, reverse_sql=migrations.RunSQL.noop),
        audited("accounts_account", is_named=False),
        audited("accounts_membership"),
        audited("accounts_invitation", is_named=False),
    ]

"""The rights an actor holds now, as a view: a wall reads it where it called a function.

A function that runs as the owner, with a search path of its own, took 20 µs when it was warm and 200 between the other
work of a page, in each question anew. Reading the view takes a few. It shows the actor's own rows alone.
"""

from django.db import migrations

VIEW = """
create view walls.my_rights with (security_barrier) as
  select h.organisation_id, h.municipality_id, h.permissions
  from walls.held h where h.account_id = walls.actor() and h.valid @> walls.today();
revoke all on walls.my_rights from public;
grant select on walls.my_rights to kimwerk_app, kimwerk_audit;
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0005_hold_what_changed")]
    operations = [migrations.RunSQL(VIEW, reverse_sql="drop view walls.my_rights;")]

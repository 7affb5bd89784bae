"""The walls of this room read the rights of the actor from a view, where each question called functions for them."""

from django.db import migrations

from kimwerk.access.walls import rights_from_view


class Migration(migrations.Migration):
    dependencies = [("audit", "0006_many_rows_at_once"), ("accounts", "0006_my_rights")]
    operations = [rights_from_view(r"event")]

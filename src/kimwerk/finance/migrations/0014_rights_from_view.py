"""The walls of this room read the rights of the actor from a view, where each question called functions for them."""

from django.db import migrations

from kimwerk.access.walls import rights_from_view


class Migration(migrations.Migration):
    dependencies = [("finance", "0013_grade_walls"), ("accounts", "0006_my_rights")]
    operations = [rights_from_view(r"finance\_%")]

"""Registrations taken into care ask the walls for who is entrusted, as the files of persons do."""

from collections.abc import Callable

from django.db import migrations

from kimwerk.access.walls import wall_again
from kimwerk.persons.walls import formerly_kept, kept

TABLE = "arrivals_caretaken"
OF_VISIBLE = "exists (select from arrivals_registration r where r.id = registration_id)"


def _wall(kept: Callable[[str], str]) -> str:
    entrusted = kept(f"{TABLE}.person_id")
    return wall_again(TABLE, read=f"{OF_VISIBLE} or {entrusted}", write=entrusted)


class Migration(migrations.Migration):
    dependencies = [("arrivals", "0022_weeks_from_an_index"), ("persons", "0012_entrusted")]
    operations = [migrations.RunSQL(_wall(kept), reverse_sql=_wall(formerly_kept))]

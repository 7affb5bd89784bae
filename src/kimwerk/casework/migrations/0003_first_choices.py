"""The access paths, closure reasons, life domains and aspects of quality to begin with."""

import csv
from importlib.resources import files

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from kimwerk.access.walls import maintenance


def bring_in(apps: StateApps, _: BaseDatabaseSchemaEditor) -> None:
    choice = apps.get_model("casework", "Choice")
    text = files("kimwerk.casework").joinpath("data/choices.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines(), delimiter=";"))
    with maintenance():
        choice.objects.bulk_create(
            choice(
                choice_list=row["list"],
                code=row["code"],
                label=row["label"],
                topic_code=row["topic"],
                position=position,
            )
            for position, row in enumerate(rows)
        )


def take_out(apps: StateApps, _: BaseDatabaseSchemaEditor) -> None:
    with maintenance():
        apps.get_model("casework", "Choice").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("casework", "0002_walls")]
    operations = [migrations.RunPython(bring_in, take_out)]

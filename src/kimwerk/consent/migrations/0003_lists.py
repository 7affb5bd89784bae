"""The first purposes and statutory bases, from the room's `data/`. What an office adds or ends stays."""

from __future__ import annotations

import csv
from importlib.resources import files

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from kimwerk.access.walls import maintenance

LISTS = {"Purpose": "purposes.csv", "StatutoryBasis": "statutory_bases.csv"}


def load(apps: Apps, _: BaseDatabaseSchemaEditor) -> None:
    """Bring in what is missing."""
    with maintenance():
        for model, name in LISTS.items():
            text = files("kimwerk.consent").joinpath("data", name).read_text(encoding="utf-8")
            rows = list(csv.DictReader(text.splitlines()))
            apps.get_model("consent", model).objects.bulk_create(
                [apps.get_model("consent", model)(position=place, **row) for place, row in enumerate(rows)],
                ignore_conflicts=True,
            )


class Migration(migrations.Migration):
    dependencies = [("consent", "0002_walls")]
    operations = [migrations.RunPython(load, reverse_code=migrations.RunPython.noop)]

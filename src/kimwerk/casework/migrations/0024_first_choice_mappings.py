"""The mapping proposed for the Land. Nobody could enter any before, so that nothing of an office's is changed."""

import csv
from importlib.resources import files

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from kimwerk.access.walls import maintenance
from kimwerk.kernel.names import text_key

LAND = "land"


def bring_in(apps: StateApps, _: BaseDatabaseSchemaEditor) -> None:
    choice, mapping = (apps.get_model("casework", name) for name in ("Choice", "ChoiceMapping"))
    text = files("kimwerk.casework").joinpath("data/choices.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines(), delimiter=";")
    labels = {(row["list"], row["code"]): row[LAND] for row in rows if row[LAND]}
    with maintenance():
        mapping.objects.bulk_create(
            mapping(choice=each, scheme=LAND, code=text_key(label).replace(" ", "-")[:60], label=label)
            for each in choice.objects.all()
            if (label := labels.get((each.choice_list, each.code)))
        )


def take_out(apps: StateApps, _: BaseDatabaseSchemaEditor) -> None:
    with maintenance():
        apps.get_model("casework", "ChoiceMapping").objects.filter(scheme=LAND).delete()


class Migration(migrations.Migration):
    dependencies = [("casework", "0023_choice_mappings")]
    operations = [migrations.RunPython(bring_in, take_out)]

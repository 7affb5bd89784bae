"""The laws by which school and youth offices receive registration lists, for installations that have the others."""

from importlib import import_module

from django.db import migrations

load = import_module("kimwerk.consent.migrations.0003_lists").load


class Migration(migrations.Migration):
    dependencies = [("consent", "0004_words_stay")]
    operations = [migrations.RunPython(load, reverse_code=migrations.RunPython.noop)]

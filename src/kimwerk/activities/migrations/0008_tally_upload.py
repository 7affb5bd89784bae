import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("activities", "0007_mark_what_is_there"),
        ("directory", "0003_places_are_loaded_by_the_owner"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="TallyChunk",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("content", models.BinaryField()),
            ],
        ),
        migrations.RenameField(
            model_name="tallyimport",
            old_name="mapping",
            new_name="plan",
        ),
        migrations.RenameField(
            model_name="tallyimport",
            old_name="headers",
            new_name="sheets",
        ),
        migrations.RemoveField(
            model_name="tallyimport",
            name="content",
        ),
        migrations.AddField(
            model_name="tallyimport",
            name="cleared_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="tallyimport",
            name="moved_at",
            field=models.DateTimeField(default=django.utils.timezone.now),
        ),
        migrations.AddField(
            model_name="tallyimport",
            name="refusal_detail",
            field=models.CharField(blank=True, max_length=60),
        ),
        migrations.AddField(
            model_name="tallyimport",
            name="run",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.RemoveField(model_name="tallyimport", name="sheet"),
        migrations.AddField(
            model_name="tallyimport",
            name="sheet",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AlterField(
            model_name="tallyrow",
            name="activity",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="activities.activity",
            ),
        ),
        migrations.AlterField(
            model_name="tallyrow",
            name="tally_import",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="rows",
                to="activities.tallyimport",
            ),
        ),
        migrations.AddIndex(
            model_name="activity",
            index=models.Index(
                condition=models.Q(models.Q(("source_key", ""), _negated=True), ("removed_at__isnull", False)),
                fields=["organisation", "source_key"],
                name="activity_removed_source_row",
            ),
        ),
        migrations.AddIndex(
            model_name="tallyrow",
            index=models.Index(fields=["tally_import", "verdict", "number"], name="tally_row_by_verdict"),
        ),
        migrations.AddField(
            model_name="tallychunk",
            name="tally_import",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="chunks",
                to="activities.tallyimport",
            ),
        ),
        migrations.AddConstraint(
            model_name="tallychunk",
            constraint=models.UniqueConstraint(fields=("tally_import", "number"), name="tally_chunk_stands_once"),
        ),
    ]

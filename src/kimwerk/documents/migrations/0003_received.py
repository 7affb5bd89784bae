import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("directory", "0003_places_are_loaded_by_the_owner"),
        ("documents", "0002_template_walls"),
    ]

    operations = [
        migrations.CreateModel(
            name="Received",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.organisation"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("code_list", "code list"),
                            ("figure", "description of a figure"),
                            ("procedure", "procedure"),
                            ("survey", "questions of a survey"),
                        ],
                        max_length=12,
                    ),
                ),
                ("key", models.CharField(max_length=120)),
                ("title", models.CharField(max_length=160)),
                (
                    "licence",
                    models.CharField(
                        choices=[
                            ("CC0-1.0", "CC0 1.0: free of any condition"),
                            ("CC-BY-4.0", "CC BY 4.0: name the origin"),
                            ("DL-DE-BY-2.0", "Data licence Germany 2.0: name the origin"),
                            ("own", "within the county only"),
                        ],
                        max_length=14,
                    ),
                ),
                ("origin", models.CharField(max_length=160)),
                ("content", models.TextField()),
                ("sender", models.CharField(max_length=160)),
                ("sender_key", models.CharField(max_length=64)),
                ("received_on", models.DateField()),
                (
                    "received_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["organisation", "title", "id"], name="received_by_title")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organisation", "kind", "key", "origin"), name="received_stands_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("title", ""), _negated=True),
                            models.Q(("origin", ""), _negated=True),
                            models.Q(("content", ""), _negated=True),
                        ),
                        name="received_has_title_origin_and_content",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["code_list", "figure", "procedure", "survey"])),
                        name="received_kind_is_known",
                    ),
                ],
            },
        ),
    ]

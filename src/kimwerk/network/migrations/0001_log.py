import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("activities", "0012_person_index_holds_what_is_listed"),
        ("directory", "0003_places_are_loaded_by_the_owner"),
        ("needs", "0004_likeness_and_failures"),
    ]

    operations = [
        migrations.CreateModel(
            name="Supply",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "organisation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="directory.organisation",
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.organisation"
                    ),
                ),
                ("title", models.CharField(max_length=200)),
                ("text", models.TextField(blank=True)),
                (
                    "topic",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="activities.category",
                    ),
                ),
                (
                    "target_group",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="activities.category",
                    ),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="directory.municipality",
                    ),
                ),
                ("places", models.PositiveIntegerField(blank=True, null=True)),
                ("from_day", models.DateField(blank=True, null=True)),
                ("until_day", models.DateField(blank=True, null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "open"), ("taken", "fully taken"), ("ended", "ended")],
                        default="open",
                        max_length=8,
                    ),
                ),
                ("noted_on", models.DateField()),
                (
                    "noted_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["organisation", "-noted_on", "-id"], name="supply_of_an_organisation")
                ],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("title", ""), _negated=True), name="supply_has_a_title"),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["open", "taken", "ended"])), name="supply_state_is_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until_day__isnull", True),
                            ("from_day__isnull", True),
                            ("until_day__gte", models.F("from_day")),
                            _connector="OR",
                        ),
                        name="supply_ends_after_it_begins",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Pairing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "organisation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="directory.organisation",
                    ),
                ),
                (
                    "supply",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pairings",
                        to="network.supply",
                    ),
                ),
                (
                    "need",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="needs.need"),
                ),
                ("paired_on", models.DateField()),
                (
                    "paired_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[("asked", "asked"), ("begun", "begun"), ("failed", "came to nothing")],
                        default="asked",
                        max_length=8,
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "indexes": [models.Index(fields=["organisation", "-paired_on"], name="pairing_of_an_organisation")],
                "constraints": [
                    models.UniqueConstraint(fields=("supply", "need"), name="pairing_stands_once"),
                    models.CheckConstraint(
                        condition=models.Q(("outcome__in", ["asked", "begun", "failed"])),
                        name="pairing_outcome_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Encounter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "organisation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="directory.organisation",
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="directory.organisation",
                    ),
                ),
                ("group", models.CharField(blank=True, max_length=120)),
                ("function", models.CharField(blank=True, max_length=120)),
                (
                    "municipality",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="directory.municipality",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("meeting", "meeting"),
                            ("call", "telephone or video"),
                            ("mail", "letter or e-mail"),
                            ("working_group", "working group"),
                            ("event", "event of others"),
                            ("visit", "visit on site"),
                        ],
                        max_length=16,
                    ),
                ),
                ("on_day", models.DateField()),
                ("title", models.CharField(max_length=200)),
                ("text", models.TextField(blank=True)),
                ("next_on", models.DateField(blank=True, null=True)),
                (
                    "met_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("written_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["organisation", "-on_day", "-id"], name="encounter_of_an_organisation"),
                    models.Index(fields=["organisation", "partner", "-on_day", "-id"], name="encounter_with_a_body"),
                    models.Index(fields=["met_by", "-on_day"], name="encounter_by_whom"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("title", ""), _negated=True), name="encounter_says_about_what"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("partner__isnull", False), models.Q(("group", ""), _negated=True), _connector="OR"
                        ),
                        name="encounter_is_with_a_body_or_a_group",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["meeting", "call", "mail", "working_group", "event", "visit"])
                        ),
                        name="encounter_kind_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("next_on__isnull", True), ("next_on__gt", models.F("on_day")), _connector="OR"
                        ),
                        name="encounter_next_comes_later",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Publication",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "organisation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="directory.organisation",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("portrait", "portrait"),
                            ("newsletter", "newsletter"),
                            ("flyer", "flyer or poster"),
                            ("web", "web page"),
                            ("press", "press"),
                            ("talk", "talk or stand"),
                        ],
                        max_length=12,
                    ),
                ),
                ("title", models.CharField(max_length=200)),
                ("medium", models.CharField(max_length=160)),
                ("published_on", models.DateField()),
                (
                    "municipality",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="directory.municipality",
                    ),
                ),
                ("reach", models.PositiveIntegerField(blank=True, null=True)),
                (
                    "reach_kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("copies", "copies printed"),
                            ("recipients", "recipients"),
                            ("visits", "visits"),
                            ("estimate", "people, estimated"),
                        ],
                        max_length=12,
                    ),
                ),
                ("url", models.URLField(blank=True, max_length=300)),
                ("note", models.CharField(blank=True, max_length=200)),
                (
                    "entered_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["organisation", "-published_on", "-id"], name="publication_of_organisation")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("title", ""), _negated=True), models.Q(("medium", ""), _negated=True)
                        ),
                        name="publication_says_what_and_where",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["portrait", "newsletter", "flyer", "web", "press", "talk"])),
                        name="publication_kind_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("reach__isnull", True), ("reach_kind", "")),
                            models.Q(
                                ("reach__isnull", False),
                                ("reach_kind__in", ["copies", "recipients", "visits", "estimate"]),
                            ),
                            _connector="OR",
                        ),
                        name="publication_reach_says_of_what",
                    ),
                ],
            },
        ),
    ]

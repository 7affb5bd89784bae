import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("activities", "0012_person_index_holds_what_is_listed"),
        ("directory", "0003_places_are_loaded_by_the_owner"),
        ("events", "0004_agreement_walls"),
    ]

    operations = [
        migrations.CreateModel(
            name="Kindergarten",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=160)),
                ("carrier", models.CharField(max_length=160)),
                ("address", models.CharField(blank=True, max_length=200)),
                ("email", models.EmailField(blank=True, max_length=254)),
                ("groups", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("places", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("is_language_kindergarten", models.BooleanField(default=False)),
                ("closed_on", models.DateField(blank=True, null=True)),
                (
                    "municipality",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="directory.municipality",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.organisation"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["organisation", "name", "id"], name="kindergartens_by_name")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organisation", "municipality", "name"), name="kindergarten_stands_once_in_a_town"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="kindergarten_has_a_name"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("carrier", ""), _negated=True), name="kindergarten_has_a_carrier"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Deed",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("team_visit", "visit to a team meeting or to a round of leaders"),
                            ("professionals", "counselling of professionals"),
                            ("families", "counselling of families"),
                            ("cooperation", "cooperation talk"),
                            ("presentation", "programme presented in a committee"),
                        ],
                        max_length=14,
                    ),
                ),
                ("day", models.DateField()),
                ("times", models.PositiveSmallIntegerField(default=1)),
                ("adults", models.PositiveSmallIntegerField(default=0)),
                (
                    "done_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "legal_circle",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
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
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="directory.municipality",
                    ),
                ),
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
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="directory.organisation",
                    ),
                ),
                (
                    "kindergarten",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deeds",
                        to="early_language.kindergarten",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["organisation", "-day", "-id"], name="language_deeds_by_day")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["team_visit", "professionals", "families", "cooperation", "presentation"])
                        ),
                        name="language_deed_kind_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("times__gte", 1), ("times__lte", 200)), name="language_deed_happened"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("adults__lte", 2000)), name="language_deed_reaches_a_hall_at_most"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "cooperation"), _negated=True),
                            ("partner__isnull", False),
                            _connector="OR",
                        ),
                        name="language_talk_has_a_partner",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Offer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=160)),
                (
                    "audience",
                    models.CharField(
                        choices=[
                            ("professionals", "professionals in kindergartens"),
                            ("families", "families"),
                            ("both", "professionals and families"),
                        ],
                        max_length=16,
                    ),
                ),
                ("text", models.TextField(blank=True)),
                ("ended_on", models.DateField(blank=True, null=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="directory.organisation",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("organisation", "title"), name="language_offer_stands_once"),
                    models.CheckConstraint(
                        condition=models.Q(("title", ""), _negated=True), name="language_offer_has_a_title"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Enquiry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("asked_on", models.DateField()),
                (
                    "via",
                    models.CharField(
                        choices=[
                            ("telephone", "by telephone"),
                            ("e_mail", "by e-mail"),
                            ("visit", "at a visit"),
                            ("survey", "in a survey"),
                            ("event", "at an event"),
                            ("carrier", "by the carrier"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "asked for"),
                            ("agreed", "day agreed"),
                            ("done", "carried out"),
                            ("cancelled", "called off by the kindergarten"),
                            ("declined", "could not be offered"),
                        ],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("day", models.DateField(blank=True, null=True)),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("overload", "the team is overloaded"),
                            ("staff", "shortage or illness of staff"),
                            ("pandemic", "the pandemic"),
                            ("day", "no day could be found"),
                            ("no_need", "it is not needed any more"),
                            ("own_capacity", "the programme had no capacity"),
                            ("other", "another reason"),
                        ],
                        max_length=12,
                    ),
                ),
                ("settled_on", models.DateField(blank=True, null=True)),
                (
                    "event",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="events.event",
                    ),
                ),
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
                    "kindergarten",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="enquiries",
                        to="early_language.kindergarten",
                    ),
                ),
                (
                    "offer",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="enquiries",
                        to="early_language.offer",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["organisation", "-asked_on", "-id"], name="enquiries_by_day")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["open", "agreed", "done", "cancelled", "declined"])),
                        name="enquiry_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                (
                                    "reason__in",
                                    ["overload", "staff", "pandemic", "day", "no_need", "own_capacity", "other"],
                                ),
                                ("state__in", ["cancelled", "declined"]),
                            ),
                            models.Q(models.Q(("state__in", ["cancelled", "declined"]), _negated=True), ("reason", "")),
                            _connector="OR",
                        ),
                        name="enquiry_says_why_nothing_became_of_it",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["agreed", "done"]), _negated=True),
                            ("day__isnull", False),
                            _connector="OR",
                        ),
                        name="enquiry_is_agreed_for_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("settled_on__isnull", True), ("state__in", ["open", "agreed"])),
                            models.Q(
                                models.Q(("state__in", ["open", "agreed"]), _negated=True),
                                ("settled_on__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="enquiry_is_settled_on_a_day",
                    ),
                ],
            },
        ),
    ]

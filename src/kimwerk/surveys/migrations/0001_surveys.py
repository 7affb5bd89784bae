import uuid

import django.db.models.constraints
import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("directory", "0003_places_are_loaded_by_the_owner"),
    ]

    operations = [
        migrations.CreateModel(
            name="Survey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=160)),
                ("text", models.TextField(blank=True)),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "being written"), ("open", "survey sent"), ("closed", "closed")],
                        default="draft",
                        max_length=8,
                    ),
                ),
                ("is_named", models.BooleanField(default=True)),
                ("closes_on", models.DateField(blank=True, null=True)),
                ("opened_on", models.DateField(blank=True, null=True)),
                ("closed_on", models.DateField(blank=True, null=True)),
                ("version", models.PositiveSmallIntegerField(default=1)),
                (
                    "follows",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="surveys.survey",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.organisation"
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("title", ""), _negated=True), name="survey_has_a_title"),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["draft", "open", "closed"])), name="survey_state_is_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_on__isnull", True), ("opened_on__isnull", True), ("state", "draft")),
                            models.Q(
                                ("closed_on__isnull", True),
                                ("closes_on__isnull", False),
                                ("opened_on__isnull", False),
                                ("state", "open"),
                            ),
                            models.Q(
                                ("closed_on__isnull", False),
                                ("closes_on__isnull", False),
                                ("opened_on__isnull", False),
                                ("state", "closed"),
                            ),
                            _connector="OR",
                        ),
                        name="survey_is_sent_with_a_deadline",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("follows__isnull", True), ("version", 1)),
                            models.Q(("follows__isnull", False), ("version__gt", 1)),
                            _connector="OR",
                        ),
                        name="survey_version_counts_from_one",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Question",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("single", "one of several answers"),
                            ("several", "several answers"),
                            ("scale", "on a scale"),
                            ("number", "with a number"),
                            ("text", "in own words"),
                        ],
                        max_length=8,
                    ),
                ),
                ("text", models.CharField(max_length=300)),
                ("hint", models.CharField(blank=True, max_length=300)),
                ("is_required", models.BooleanField(default=False)),
                ("is_need", models.BooleanField(default=False)),
                ("least", models.IntegerField(blank=True, null=True)),
                ("most", models.IntegerField(blank=True, null=True)),
                ("least_label", models.CharField(blank=True, max_length=80)),
                ("most_label", models.CharField(blank=True, max_length=80)),
                (
                    "survey",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="questions",
                        to="surveys.survey",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                        fields=("survey", "position"),
                        name="survey_question_has_its_place",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="survey_question_asks"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["single", "several", "scale", "number", "text"])),
                        name="survey_question_kind_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("is_need", False), ("kind", "text"), _connector="OR"),
                        name="survey_need_is_told_in_own_words",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "scale"), _negated=True),
                            models.Q(
                                ("least__isnull", False),
                                ("most__gt", models.F("least")),
                                (
                                    "most__lte",
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("least"), "+", models.Value(10)
                                    ),
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="survey_scale_has_two_to_eleven_steps",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Option",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                ("text", models.CharField(max_length=200)),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="options", to="surveys.question"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("question", "text"), name="survey_option_stands_once"),
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="survey_option_says_something"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("subject", models.CharField(blank=True, max_length=60)),
                ("name", models.CharField(max_length=200)),
                ("email", models.EmailField(max_length=254)),
                ("token_hash", models.CharField(blank=True, max_length=64, null=True, unique=True)),
                ("wanted_at", models.DateTimeField(blank=True, null=True)),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                ("mails", models.PositiveSmallIntegerField(default=0)),
                ("answered_on", models.DateField(blank=True, null=True)),
                (
                    "body",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="directory.organisation",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.organisation"
                    ),
                ),
                (
                    "survey",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="invitations",
                        to="surveys.survey",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["survey", "name", "id"], name="survey_addressees_by_name")],
                "constraints": [
                    models.UniqueConstraint(fields=("survey", "email"), name="survey_asks_an_address_once"),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="survey_addressee_has_a_name"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Response",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("answered_on", models.DateField()),
                (
                    "invitation",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="surveys.invitation",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.organisation"
                    ),
                ),
                (
                    "survey",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="responses", to="surveys.survey"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("invitation__isnull", False), ("municipality__isnull", True), _connector="OR"
                        ),
                        name="survey_anonymous_answer_has_no_place",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Answer",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("number", models.IntegerField(blank=True, null=True)),
                ("text", models.TextField(blank=True)),
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
                    "option",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="surveys.option",
                    ),
                ),
                (
                    "question",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="surveys.question",
                    ),
                ),
                (
                    "response",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="answers", to="surveys.response"
                    ),
                ),
                (
                    "survey",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="surveys.survey",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["survey", "question"], include=("option", "number"), name="survey_answers_counted"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("number__isnull", True), ("option__isnull", False), ("text", "")),
                            models.Q(("number__isnull", False), ("option__isnull", True), ("text", "")),
                            models.Q(
                                ("number__isnull", True),
                                ("option__isnull", True),
                                models.Q(("text", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="survey_answer_says_one_thing",
                    )
                ],
            },
        ),
    ]

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("activities", "0011_fewer_indexes"),
        ("directory", "0003_places_are_loaded_by_the_owner"),
        ("persons", "0002_walls"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Case",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=12)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("short_advice", "short_advice"),
                            ("individual_advice", "individual_advice"),
                            ("case_management", "case_management"),
                            ("family_counselling", "family_counselling"),
                        ],
                        max_length=20,
                    ),
                ),
                ("deputy_until", models.DateField(blank=True, null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[("clarification", "clarification"), ("running", "running"), ("closed", "closed")],
                        default="clarification",
                        max_length=14,
                    ),
                ),
                (
                    "decision",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("advice", "advice"),
                            ("referral", "referral"),
                            ("case_management", "case_management"),
                            ("other", "other"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "priority",
                    models.CharField(
                        choices=[("normal", "normal"), ("high", "high"), ("urgent", "urgent")],
                        default="normal",
                        max_length=8,
                    ),
                ),
                ("opened_on", models.DateField()),
                ("next_review_on", models.DateField(blank=True, null=True)),
                ("last_contact_on", models.DateField(blank=True, null=True)),
                ("closed_on", models.DateField(blank=True, null=True)),
                (
                    "goal_attainment",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("reached", "reached"),
                            ("partly", "partly"),
                            ("not_reached", "not_reached"),
                            ("none_agreed", "none_agreed"),
                        ],
                        max_length=12,
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "closed_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "deputy",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
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
                    "opened_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="persons.person"
                    ),
                ),
                (
                    "referred_by",
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
                    "responsible",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="directory.site",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["responsible", "state"], name="case_by_responsible"),
                    models.Index(
                        condition=models.Q(("deputy__isnull", False)), fields=["deputy"], name="case_by_deputy"
                    ),
                    models.Index(fields=["organisation", "opened_on"], name="case_by_opening"),
                    models.Index(fields=["organisation", "closed_on"], name="case_by_closing"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("organisation", "number"), name="case_number_is_unique"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["short_advice", "individual_advice", "case_management", "family_counselling"])
                        ),
                        name="case_kind_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["clarification", "running", "closed"])),
                        name="case_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decision", ""),
                            ("decision__in", ["advice", "referral", "case_management", "other"]),
                            _connector="OR",
                        ),
                        name="case_decision_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "running"), _negated=True),
                            models.Q(("decision", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="case_running_is_clarified",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closed_on__isnull", True), ("closed_on__gte", models.F("opened_on")), _connector="OR"
                        ),
                        name="case_closes_after_it_opens",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("deputy__isnull", True), ("deputy_until__isnull", True)),
                            models.Q(
                                ("deputy__isnull", False), models.Q(("deputy", models.F("responsible")), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="case_deputy_is_somebody_else",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("opened_on__gte", "2000-01-01")), name="case_opening_is_plausible"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Assessment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "occasion",
                    models.CharField(
                        choices=[("baseline", "baseline"), ("review", "review"), ("closing", "closing")], max_length=8
                    ),
                ),
                ("assessed_on", models.DateField()),
                ("version", models.PositiveIntegerField(default=1)),
                ("changed_at", models.DateTimeField(auto_now=True)),
                (
                    "assessed_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "changed_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="assessments", to="casework.case"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("occasion__in", ["baseline", "review", "closing"])),
                        name="assessment_occasion_is_known",
                    ),
                    models.UniqueConstraint(fields=("case", "assessed_on"), name="assessment_is_made_once_a_day"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Agreement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("language", models.CharField(max_length=3)),
                ("agreed_on", models.DateField()),
                ("content", models.BinaryField()),
                ("content_hash", models.CharField(max_length=64)),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                ("signed_on", models.DateField(blank=True, null=True)),
                (
                    "signed_how",
                    models.CharField(blank=True, choices=[("drawn", "drawn"), ("on_paper", "on_paper")], max_length=8),
                ),
                ("signature_client", models.BinaryField(blank=True, default=bytes)),
                ("signature_staff", models.BinaryField(blank=True, default=bytes)),
                ("copy_handed_out", models.BooleanField(default=False)),
                (
                    "made_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="agreements", to="casework.case"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("case", "number"), name="agreement_number_is_unique"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("signed_how", ""), ("signed_on__isnull", True)),
                            models.Q(("signed_how__in", ["drawn", "on_paper"]), ("signed_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="agreement_signed_when_and_how",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CaseContact",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "activity",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="activities.activity"
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="contacts", to="casework.case"
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
            ],
            options={
                "indexes": [models.Index(fields=["organisation", "activity"], name="contact_by_organisation")],
            },
        ),
        migrations.CreateModel(
            name="CaseCounter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField()),
                ("last", models.PositiveIntegerField(default=0)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.organisation"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("organisation", "year"), name="case_counter_stands_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="CaseEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("opened", "opened"),
                            ("clarified", "clarified"),
                            ("changed", "changed"),
                            ("handed_over", "handed_over"),
                            ("deputised", "deputised"),
                            ("deputy_ended", "deputy_ended"),
                            ("closed", "closed"),
                            ("reopened", "reopened"),
                        ],
                        max_length=14,
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("until", models.DateField(blank=True, null=True)),
                ("text", models.BinaryField(blank=True, default=bytes)),
                (
                    "account",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="events", to="casework.case"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "opened",
                                    "clarified",
                                    "changed",
                                    "handed_over",
                                    "deputised",
                                    "deputy_ended",
                                    "closed",
                                    "reopened",
                                ],
                            )
                        ),
                        name="case_event_kind_is_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CaseworkSettings",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("inactive_days", models.PositiveSmallIntegerField(default=90)),
                ("review_days", models.PositiveSmallIntegerField(default=180)),
                ("ahead_days", models.PositiveSmallIntegerField(default=14)),
                ("glass_hours", models.PositiveSmallIntegerField(default=4)),
                (
                    "organisation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="directory.organisation"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("inactive_days__gte", 7),
                            ("inactive_days__lte", 730),
                            ("review_days__gte", 14),
                            ("review_days__lte", 730),
                            ("ahead_days__lte", 120),
                            ("glass_hours__gte", 1),
                            ("glass_hours__lte", 72),
                        ),
                        name="casework_settings_are_sensible",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Choice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "choice_list",
                    models.CharField(
                        choices=[
                            ("access_path", "access_path"),
                            ("closure_reason", "closure_reason"),
                            ("life_domain", "life_domain"),
                            ("review_aspect", "review_aspect"),
                        ],
                        max_length=20,
                    ),
                ),
                ("code", models.SlugField(max_length=60)),
                ("label", models.CharField(max_length=120)),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("topic_code", models.SlugField(blank=True, max_length=60)),
                ("valid_from", models.DateField(blank=True, null=True)),
                ("valid_until", models.DateField(blank=True, null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("choice_list", "code"), name="choice_code_is_unique_in_list"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("choice_list__in", ["access_path", "closure_reason", "life_domain", "review_aspect"])
                        ),
                        name="choice_list_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_from__isnull", True),
                            ("valid_until__isnull", True),
                            ("valid_until__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="choice_ends_after_it_begins",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="case",
            name="access_path",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="casework.choice"
            ),
        ),
        migrations.AddField(
            model_name="case",
            name="closure_reason",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="casework.choice",
            ),
        ),
        migrations.CreateModel(
            name="Clarification",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "decision",
                    models.CharField(
                        choices=[
                            ("advice", "advice"),
                            ("referral", "referral"),
                            ("case_management", "case_management"),
                            ("other", "other"),
                        ],
                        max_length=16,
                    ),
                ),
                ("reason", models.BinaryField()),
                (
                    "criteria",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), blank=True, default=list, size=None
                    ),
                ),
                ("exception", models.BinaryField(blank=True, default=bytes)),
                ("has_other_case_management", models.BooleanField(default=False)),
                ("other_case_management", models.BinaryField(blank=True, default=bytes)),
                ("decided_at", models.DateTimeField(auto_now_add=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="clarifications", to="casework.case"
                    ),
                ),
                (
                    "decided_by",
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
                    models.CheckConstraint(
                        condition=models.Q(("decision__in", ["advice", "referral", "case_management", "other"])),
                        name="clarification_decision_is_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Deadline",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("title_expiry", "title_expiry"),
                            ("chance_residence", "chance_residence"),
                            ("course_start", "course_start"),
                            ("review", "review"),
                            ("other", "other"),
                        ],
                        max_length=16,
                    ),
                ),
                ("due_on", models.DateField()),
                ("note", models.BinaryField(blank=True, default=bytes)),
                ("set_at", models.DateTimeField(auto_now_add=True)),
                ("done_at", models.DateTimeField(blank=True, null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="deadlines", to="casework.case"
                    ),
                ),
                (
                    "done_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "set_by",
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
                    models.Index(
                        condition=models.Q(("done_at__isnull", True)),
                        fields=["due_on"],
                        include=("case",),
                        name="deadline_open_by_day",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["title_expiry", "chance_residence", "course_start", "review", "other"])
                        ),
                        name="deadline_kind_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("done_at__isnull", True), ("done_by__isnull", True)),
                            models.Q(("done_at__isnull", False), ("done_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="deadline_done_when_and_by_whom",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Goal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.BinaryField()),
                ("indicator", models.BinaryField(blank=True, default=bytes)),
                ("agreed_on", models.DateField()),
                ("due_on", models.DateField(blank=True, null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "open"),
                            ("in_progress", "in_progress"),
                            ("reached", "reached"),
                            ("partly", "partly"),
                            ("not_reached", "not_reached"),
                            ("given_up", "given_up"),
                        ],
                        default="open",
                        max_length=12,
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("changed_at", models.DateTimeField(auto_now=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="goals", to="casework.case"
                    ),
                ),
                (
                    "changed_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "domain",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="casework.choice",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["open", "in_progress", "reached", "partly", "not_reached", "given_up"])
                        ),
                        name="goal_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("due_on__isnull", True), ("due_on__gte", models.F("agreed_on")), _connector="OR"
                        ),
                        name="goal_is_due_after_it_is_agreed",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="GoalChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "open"),
                            ("in_progress", "in_progress"),
                            ("reached", "reached"),
                            ("partly", "partly"),
                            ("not_reached", "not_reached"),
                            ("given_up", "given_up"),
                        ],
                        max_length=12,
                    ),
                ),
                ("note", models.BinaryField(blank=True, default=bytes)),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="casework.case"
                    ),
                ),
                (
                    "goal",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="changes",
                        to="casework.goal",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["open", "in_progress", "reached", "partly", "not_reached", "given_up"])
                        ),
                        name="goal_change_state_is_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Insight",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("break_glass", "break_glass"), ("quality_sample", "quality_sample")], max_length=14
                    ),
                ),
                ("reason", models.CharField(max_length=300)),
                ("begins_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("ends_at", models.DateTimeField()),
                ("seen_at", models.DateTimeField(blank=True, null=True)),
                (
                    "account",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="insights", to="casework.case"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["account", "ends_at"], include=("case",), name="insight_by_account")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["break_glass", "quality_sample"])),
                        name="insight_kind_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="insight_has_a_reason"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gte", models.F("begins_at"))), name="insight_ends_after_it_begins"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Finding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "verdict",
                    models.CharField(
                        choices=[("good", "good"), ("improve", "improve"), ("missing", "missing")], max_length=8
                    ),
                ),
                ("note", models.BinaryField(blank=True, default=bytes)),
                ("found_at", models.DateTimeField(auto_now_add=True)),
                (
                    "aspect",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="casework.choice",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="casework.case"
                    ),
                ),
                (
                    "insight",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="findings",
                        to="casework.insight",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("insight", "aspect"), name="finding_stands_once"),
                    models.CheckConstraint(
                        condition=models.Q(("verdict__in", ["good", "improve", "missing"])), name="finding_is_a_verdict"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Note",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.BinaryField()),
                ("written_at", models.DateTimeField(auto_now_add=True)),
                ("version", models.PositiveIntegerField(default=1)),
                ("changed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="notes", to="casework.case"
                    ),
                ),
                (
                    "changed_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "contact",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="note",
                        to="casework.casecontact",
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
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("changed_at__isnull", True), ("changed_by__isnull", True)),
                            models.Q(("changed_at__isnull", False), ("changed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="case_note_changed_when_and_by_whom",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Rating",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("level", models.PositiveSmallIntegerField(blank=True, null=True)),
                (
                    "urgency",
                    models.CharField(choices=[("later", "later"), ("soon", "soon"), ("now", "now")], max_length=5),
                ),
                ("resource", models.BinaryField(blank=True, default=bytes)),
                ("need", models.BinaryField(blank=True, default=bytes)),
                ("own_view", models.BinaryField(blank=True, default=bytes)),
                (
                    "assessment",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="ratings",
                        to="casework.assessment",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="casework.case"
                    ),
                ),
                (
                    "domain",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="casework.choice",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("assessment", "domain"), name="rating_stands_once"),
                    models.CheckConstraint(
                        condition=models.Q(("level__isnull", True), ("level__lte", 4), _connector="OR"),
                        name="rating_level_is_on_the_scale",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("urgency__in", ["later", "soon", "now"])), name="rating_urgency_is_known"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Step",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.BinaryField()),
                (
                    "owner",
                    models.CharField(
                        choices=[("client", "client"), ("case_manager", "case_manager"), ("body", "body")],
                        max_length=12,
                    ),
                ),
                ("due_on", models.DateField(blank=True, null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "open"), ("done", "done"), ("dropped", "dropped")],
                        default="open",
                        max_length=8,
                    ),
                ),
                ("settled_on", models.DateField(blank=True, null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "body",
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
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="casework.case"
                    ),
                ),
                (
                    "goal",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="casework.goal",
                    ),
                ),
                (
                    "settled_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "open")),
                        fields=["due_on"],
                        include=("case",),
                        name="step_open_by_day",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("owner__in", ["client", "case_manager", "body"])),
                        name="step_owner_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("body__isnull", False), ("owner", "body")),
                            models.Q(models.Q(("owner", "body"), _negated=True), ("body__isnull", True)),
                            _connector="OR",
                        ),
                        name="step_of_a_body_names_it",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("settled_by__isnull", True), ("settled_on__isnull", True), ("state", "open")),
                            models.Q(
                                ("settled_by__isnull", False),
                                ("settled_on__isnull", False),
                                ("state__in", ["done", "dropped"]),
                            ),
                            _connector="OR",
                        ),
                        name="step_settled_when_and_by_whom",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AdmissionRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("label", models.CharField(max_length=200)),
                ("is_required", models.BooleanField(default=False)),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("ended_on", models.DateField(blank=True, null=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.organisation"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_on__isnull", True)),
                        fields=("organisation", "label"),
                        name="admission_rule_stands_once",
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("closed_by__isnull", False),
                        ("closed_on__isnull", False),
                        ("closure_reason__isnull", False),
                        ("goal_attainment__in", ["reached", "partly", "not_reached", "none_agreed"]),
                        ("state", "closed"),
                    ),
                    models.Q(
                        models.Q(("state", "closed"), _negated=True),
                        ("closed_by__isnull", True),
                        ("closed_on__isnull", True),
                        ("closure_reason__isnull", True),
                        ("goal_attainment", ""),
                    ),
                    _connector="OR",
                ),
                name="case_closed_when_by_whom_and_why",
            ),
        ),
    ]

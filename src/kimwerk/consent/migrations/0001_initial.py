import django.contrib.postgres.fields
import django.contrib.postgres.functions
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("directory", "0003_places_are_loaded_by_the_owner"),
        ("persons", "0005_review_walls"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ConsentText",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("data_consent", "data_consent"), ("secrecy_release", "secrecy_release")],
                        max_length=20,
                    ),
                ),
                ("version", models.PositiveIntegerField()),
                (
                    "language",
                    models.CharField(
                        choices=[
                            ("de", "de"),
                            ("uk", "uk"),
                            ("ru", "ru"),
                            ("ar", "ar"),
                            ("fa", "fa"),
                            ("tr", "tr"),
                            ("en", "en"),
                            ("fr", "fr"),
                        ],
                        max_length=2,
                    ),
                ),
                ("title", models.CharField(max_length=200)),
                ("summary", models.TextField()),
                ("body", models.TextField()),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "draft"), ("in_force", "in_force"), ("withdrawn", "withdrawn")],
                        default="draft",
                        max_length=10,
                    ),
                ),
                ("content_hash", models.CharField(max_length=64)),
                ("revision", models.PositiveIntegerField(default=1)),
                ("written_at", models.DateTimeField(auto_now=True)),
                ("approved_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                (
                    "approved_by",
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
                    models.UniqueConstraint(
                        fields=("organisation", "kind", "version", "language"), name="consent_text_version_is_unique"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "in_force")),
                        fields=("organisation", "kind", "language"),
                        name="consent_text_in_force_is_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["data_consent", "secrecy_release"]),
                            ("language__in", ["de", "uk", "ru", "ar", "fa", "tr", "en", "fr"]),
                            ("state__in", ["draft", "in_force", "withdrawn"]),
                        ),
                        name="consent_text_words_are_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("approved_at__isnull", True), ("approved_by__isnull", True), ("state", "draft")),
                            models.Q(
                                models.Q(("state", "draft"), _negated=True),
                                ("approved_at__isnull", False),
                                ("approved_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="consent_text_in_force_was_approved",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Declaration",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text_hash", models.CharField(max_length=64)),
                (
                    "kind",
                    models.CharField(
                        choices=[("data_consent", "data_consent"), ("secrecy_release", "secrecy_release")],
                        max_length=20,
                    ),
                ),
                (
                    "answer",
                    models.CharField(
                        choices=[("given", "given"), ("refused", "refused")], default="given", max_length=8
                    ),
                ),
                ("declared_on", models.DateField()),
                ("place", models.CharField(max_length=120)),
                (
                    "declared_by",
                    models.CharField(choices=[("person", "person"), ("guardian", "guardian")], max_length=8),
                ),
                ("guardian", models.BinaryField(blank=True, null=True)),
                ("interpreter", models.BinaryField(blank=True, null=True)),
                (
                    "evidence",
                    models.CharField(
                        blank=True, choices=[("drawn", "drawn"), ("scan", "scan"), ("paper", "paper")], max_length=8
                    ),
                ),
                ("evidence_mark", models.CharField(blank=True, max_length=80)),
                ("is_copy_handed_out", models.BooleanField(default=False)),
                ("content_hash", models.CharField(max_length=64)),
                ("created_at", models.DateTimeField(db_default=django.contrib.postgres.functions.TransactionNow())),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                (
                    "consent_text",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="consent.consenttext",
                    ),
                ),
                (
                    "created_by",
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
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="persons.person",
                    ),
                ),
                (
                    "withdrawn_by",
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
                "indexes": [models.Index(fields=["person", "-declared_on"], name="declaration_of")],
                "constraints": [
                    models.UniqueConstraint(fields=("id", "person"), name="declaration_is_of_one_person"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["data_consent", "secrecy_release"]),
                            ("answer__in", ["given", "refused"]),
                            ("declared_by__in", ["person", "guardian"]),
                            models.Q(("evidence", ""), ("evidence__in", ["drawn", "scan", "paper"]), _connector="OR"),
                        ),
                        name="declaration_words_are_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("answer", "refused"), models.Q(("evidence", ""), _negated=True), _connector="OR"
                        ),
                        name="declaration_given_is_proved",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("declared_by", "guardian"), ("guardian__isnull", False)),
                            models.Q(("declared_by", "person"), ("guardian__isnull", True)),
                            _connector="OR",
                        ),
                        name="declaration_guardian_is_named",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("evidence", "paper"), models.Q(("evidence_mark", ""), _negated=True)),
                            models.Q(models.Q(("evidence", "paper"), _negated=True), ("evidence_mark", "")),
                            _connector="OR",
                        ),
                        name="declaration_on_paper_has_a_mark",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("withdrawn_at__isnull", True), ("withdrawn_by__isnull", True)),
                            models.Q(("withdrawn_at__isnull", False), ("withdrawn_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="declaration_withdrawn_when_and_by_whom",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DeclarationProof",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "file_kind",
                    models.CharField(
                        choices=[
                            ("application/pdf", "application/pdf"),
                            ("image/png", "image/png"),
                            ("image/jpeg", "image/jpeg"),
                        ],
                        max_length=20,
                    ),
                ),
                ("file_size", models.PositiveIntegerField()),
                ("file_hash", models.CharField(max_length=64)),
                ("content", models.BinaryField()),
                (
                    "declaration",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="proof", to="consent.declaration"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="persons.person",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("file_kind__in", ["application/pdf", "image/png", "image/jpeg"])),
                        name="declaration_proof_kind_is_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Disclosure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "categories",
                    django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=24), size=None),
                ),
                ("basis_reason", models.CharField(blank=True, max_length=400)),
                ("content_hash", models.CharField(max_length=64)),
                ("share_ends_on", models.DateField(blank=True, null=True)),
                ("disclosed_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("first_read_at", models.DateTimeField(blank=True, null=True)),
                ("recalled_at", models.DateTimeField(blank=True, null=True)),
                ("deletion_confirmed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "deletion_confirmed_by",
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
                    "disclosed_by",
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
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="persons.person",
                    ),
                ),
                (
                    "recipient",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="directory.organisation",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["person", "-disclosed_at"], name="disclosure_of"),
                    models.Index(fields=["recipient", "-disclosed_at"], name="disclosure_to"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("categories__len__gt", 0),
                            (
                                "categories__contained_by",
                                [
                                    "address",
                                    "concern",
                                    "contact",
                                    "education",
                                    "family",
                                    "health",
                                    "housing",
                                    "identity",
                                    "language",
                                    "livelihood",
                                    "origin",
                                    "plan",
                                    "religion",
                                    "residence",
                                    "sexual_orientation",
                                    "work",
                                ],
                            ),
                        ),
                        name="disclosure_categories_are_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("recipient", models.F("organisation")), _negated=True),
                        name="disclosure_goes_to_somebody_else",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("deletion_confirmed_at__isnull", True), ("deletion_confirmed_by__isnull", True)),
                            models.Q(
                                ("deletion_confirmed_at__isnull", False), ("deletion_confirmed_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="disclosure_deletion_confirmed_when_and_by_whom",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DisclosureContent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sealed", models.BinaryField()),
                (
                    "disclosure",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="content", to="consent.disclosure"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="persons.person",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="DisclosureKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("wrapped", models.CharField(max_length=200)),
                (
                    "disclosure",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="consent.disclosure"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="persons.person",
                    ),
                ),
            ],
            options={
                "db_table": "vault_disclosurekey",
            },
        ),
        migrations.CreateModel(
            name="DisclosureRead",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("read_at", models.DateTimeField(auto_now_add=True)),
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
                    "disclosure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reads", to="consent.disclosure"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Grant",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "categories",
                    django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=24), size=None),
                ),
                (
                    "direction",
                    models.CharField(choices=[("to", "to"), ("from", "from"), ("both", "both")], max_length=4),
                ),
                ("valid_from", models.DateField()),
                ("valid_until", models.DateField()),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                (
                    "declaration",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="grants", to="consent.declaration"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="persons.person",
                    ),
                ),
                (
                    "recipient",
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
                    "withdrawn_by",
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
                "indexes": [models.Index(fields=["person", "valid_until"], name="grant_of")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("categories__len__gt", 0),
                            (
                                "categories__contained_by",
                                [
                                    "address",
                                    "concern",
                                    "contact",
                                    "education",
                                    "family",
                                    "health",
                                    "housing",
                                    "identity",
                                    "language",
                                    "livelihood",
                                    "origin",
                                    "plan",
                                    "religion",
                                    "residence",
                                    "sexual_orientation",
                                    "work",
                                ],
                            ),
                        ),
                        name="grant_categories_are_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("direction__in", ["to", "from", "both"])), name="grant_direction_is_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("valid_until__gte", models.F("valid_from"))),
                        name="grant_ends_after_it_begins",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("withdrawn_at__isnull", True), ("withdrawn_by__isnull", True)),
                            models.Q(("withdrawn_at__isnull", False), ("withdrawn_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="grant_withdrawn_when_and_by_whom",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="disclosure",
            name="grant",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="consent.grant"
            ),
        ),
        migrations.CreateModel(
            name="Purpose",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=40, unique=True)),
                ("label", models.CharField(max_length=200)),
                ("is_active", models.BooleanField(default=True)),
                ("position", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("code__regex", "^[a-z][a-z0-9_]*$")), name="purpose_code_is_a_word"
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="grant",
            name="purpose",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="consent.purpose"
            ),
        ),
        migrations.AddField(
            model_name="disclosure",
            name="purpose",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="consent.purpose"
            ),
        ),
        migrations.CreateModel(
            name="RecipientGroup",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200)),
                ("is_active", models.BooleanField(default=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.organisation"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("organisation", "name"), name="recipient_group_name_is_unique")
                ],
            },
        ),
        migrations.AddField(
            model_name="grant",
            name="group",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="consent.recipientgroup",
            ),
        ),
        migrations.CreateModel(
            name="RecipientGroupMember",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("since", models.DateField()),
                ("until", models.DateField(blank=True, null=True)),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="members", to="consent.recipientgroup"
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.organisation"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("until__isnull", True), ("until__gte", models.F("since")), _connector="OR"),
                        name="group_member_leaves_after_joining",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("until__isnull", True)),
                        fields=("group", "member"),
                        name="group_member_stands_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StatutoryBasis",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=40, unique=True)),
                ("label", models.CharField(max_length=200)),
                ("law", models.CharField(max_length=200)),
                ("note", models.TextField(blank=True)),
                ("is_active", models.BooleanField(default=True)),
                ("position", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("law", ""), _negated=True), name="statutory_basis_names_its_law"
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="disclosure",
            name="statutory_basis",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="consent.statutorybasis",
            ),
        ),
        migrations.AddConstraint(
            model_name="grant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("group__isnull", False), ("recipient__isnull", True)),
                    models.Q(("group__isnull", True), ("recipient__isnull", False)),
                    _connector="OR",
                ),
                name="grant_has_one_recipient",
            ),
        ),
        migrations.AddIndex(
            model_name="disclosure",
            index=models.Index(
                condition=models.Q(("statutory_basis__isnull", False)),
                fields=["organisation", "-disclosed_at"],
                name="disclosure_by_law",
            ),
        ),
        migrations.AddConstraint(
            model_name="disclosure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("grant__isnull", True), ("statutory_basis__isnull", False)),
                    models.Q(("grant__isnull", False), ("statutory_basis__isnull", True)),
                    _connector="OR",
                ),
                name="disclosure_has_one_basis",
            ),
        ),
        migrations.AddConstraint(
            model_name="disclosure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("statutory_basis__isnull", True), models.Q(("basis_reason", ""), _negated=True), _connector="OR"
                ),
                name="disclosure_by_law_has_a_reason",
            ),
        ),
    ]

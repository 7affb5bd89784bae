"""The import of an existing tally: the file, how its columns are read, and every row's verdict."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from kimwerk.access.actors import Actor
from kimwerk.access.permissions import Permission
from kimwerk.activities.states import TallyState, Verdict
from kimwerk.activities.uploads.models import Upload, UploadPiece


class TallyImportQuerySet(models.QuerySet["TallyImport"]):
    """Imports of the organisations for which the actor may import."""

    def visible_to(self, actor: Actor) -> TallyImportQuerySet:
        """One's own uploads; those who may correct a team's diary see the team's."""
        correctable = actor.scope(Permission.ACTIVITY_CORRECT).organisations
        return self.filter(models.Q(uploaded_by=actor.account_id) | models.Q(organisation__in=correctable))


class TallyImport(Upload):
    """One upload of a tally, from the file to its undoing."""

    objects = TallyImportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=[s.value for s in TallyState]), name="tally_import_state_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(undone_at__isnull=True, undone_by__isnull=True)
                | models.Q(undone_at__isnull=False, undone_by__isnull=False),
                name="tally_import_undone_when_and_by_whom",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "-uploaded_at"], name="tally_import_newest")]


class TallyChunk(UploadPiece):
    """A piece of the uploaded file."""

    tally_import = models.ForeignKey(TallyImport, on_delete=models.CASCADE, related_name="chunks", db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tally_import", "number"], name="tally_chunk_stands_once"),
        ]

    def __str__(self) -> str:
        return f"{self.tally_import_id}: {self.number}"


class TallyRow(models.Model):
    """One row of the file: as it stood there, what it was read as, and what became of it.

    `activity` is the entry that stood in the diary when the row was judged, without a constraint:
    it may be gone by now. `before` holds the entries as they were before this row changed them.
    """

    id = models.BigAutoField(primary_key=True)
    tally_import = models.ForeignKey(TallyImport, on_delete=models.CASCADE, related_name="rows", db_index=False)
    number = models.PositiveIntegerField()
    cells = models.JSONField()
    draft = models.JSONField(null=True)
    verdict = models.CharField(max_length=12, choices=[(v.value, v.value) for v in Verdict])
    problems = models.JSONField(default=list)
    source_key = models.CharField(max_length=64, blank=True)
    source_digest = models.CharField(max_length=64, blank=True)
    activity = models.ForeignKey(
        "activities.Activity",
        on_delete=models.DO_NOTHING,
        null=True,
        blank=True,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )
    before = models.JSONField(null=True)
    corrections = ArrayField(models.TextField(), default=list, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tally_import", "number"], name="tally_row_stands_once"),
            models.CheckConstraint(
                condition=models.Q(verdict__in=[v.value for v in Verdict]), name="tally_row_verdict_is_known"
            ),
        ]
        indexes = [models.Index(fields=["tally_import", "verdict", "number"], name="tally_row_by_verdict")]

    def __str__(self) -> str:
        return f"{self.tally_import_id}: {self.number}"


class TallyProfile(models.Model):
    """How an organisation's file with these headers is read: remembered from the last time."""

    organisation = models.ForeignKey("directory.Organisation", on_delete=models.CASCADE, related_name="+")
    fingerprint = models.CharField(max_length=64)
    mapping = models.JSONField()
    used_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "fingerprint"], name="tally_profile_is_remembered_once"),
        ]

    def __str__(self) -> str:
        return self.fingerprint[:12]

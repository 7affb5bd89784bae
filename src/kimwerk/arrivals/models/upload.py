"""A list that an office already keeps, on its way into the registrations: the file, and every row's verdict."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from kimwerk.access.actors import Actor
from kimwerk.access.permissions import Permission
from kimwerk.activities.states import TallyState, Verdict
from kimwerk.activities.uploads.models import Upload, UploadPiece
from kimwerk.arrivals.models.occasion import Occasion
from kimwerk.arrivals.models.registration import Registration


class ListImportQuerySet(models.QuerySet["ListImport"]):
    """Imports of lists."""

    def visible_to(self, actor: Actor) -> ListImportQuerySet:
        """One's own while one registers or checks there; all of the organisations where one checks everything."""
        kept = actor.scope(Permission.REGISTRATION_KEEP).touched_organisations
        checked = actor.scope(Permission.REGISTRATION_CHECK)
        own = Q(uploaded_by=actor.account_id, organisation__in=kept | checked.touched_organisations)
        return self.filter(own | Q(organisation__in=checked.organisations))


class ListImport(Upload):
    """One upload of a list for an occasion, from the file to its undoing."""

    occasion = models.ForeignKey(Occasion, on_delete=models.PROTECT, related_name="+", db_index=False)
    is_change_confirmed = models.BooleanField(default=False)

    objects = ListImportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in TallyState]), name="list_import_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True, undone_by__isnull=True)
                | Q(undone_at__isnull=False, undone_by__isnull=False),
                name="list_import_undone_when_and_by_whom",
            ),
        ]
        indexes = [models.Index(fields=["occasion", "-uploaded_at"], name="list_import_newest")]


class ListPiece(UploadPiece):
    """A piece of the uploaded file."""

    list_import = models.ForeignKey(ListImport, on_delete=models.CASCADE, related_name="pieces", db_index=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["list_import", "number"], name="list_piece_stands_once")]

    def __str__(self) -> str:
        return f"{self.list_import_id}: {self.number}"


class ListRow(models.Model):
    """One row of the file: as it stood there, who it is about, and what became of it.

    `family_row` is the number of the first row of the same family. `registration` is the row of the list that the
    verdict speaks of; `before` is that row as it was before this import changed it.
    """

    id = models.BigAutoField(primary_key=True)
    list_import = models.ForeignKey(ListImport, on_delete=models.CASCADE, related_name="rows", db_index=False)
    number = models.PositiveIntegerField()
    cells = models.JSONField()
    corrections = ArrayField(models.TextField(), default=list, blank=True)
    draft = models.JSONField(null=True)
    family_row = models.PositiveIntegerField(null=True)
    verdict = models.CharField(max_length=12, choices=[(v.value, v.value) for v in Verdict])
    problems = models.JSONField(default=list)
    findings = ArrayField(models.CharField(max_length=16), default=list, blank=True)
    source_key = models.CharField(max_length=64, blank=True)
    source_digest = models.CharField(max_length=64, blank=True)
    match_keys = ArrayField(models.BigIntegerField(), default=list, blank=True)
    registration = models.ForeignKey(
        Registration, on_delete=models.DO_NOTHING, null=True, related_name="+", db_constraint=False, db_index=False
    )
    before = models.JSONField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["list_import", "number"], name="list_row_stands_once"),
            models.CheckConstraint(
                condition=Q(verdict__in=[v.value for v in Verdict]), name="list_row_verdict_is_known"
            ),
        ]
        indexes = [models.Index(fields=["list_import", "verdict", "number"], name="list_row_by_verdict")]

    def __str__(self) -> str:
        return f"{self.list_import_id}: {self.number}"

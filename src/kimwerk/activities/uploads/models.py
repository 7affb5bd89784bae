"""What every upload is made of, whatever it brings: the file, how it is read, and how far it has come."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from kimwerk.activities.states import TallyState


class Upload(models.Model):
    """One upload of a table, from the file to its undoing.

    `sheets` is what was found in the file, `sheet` the number of the chosen one, `plan` how it is
    read. `moved_at` is the last sign of life; `run` numbers the attempts, so that a worker that was
    thought dead notices that another took over. `cleared_at` is when file and cells were forgotten.
    """

    organisation = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, related_name="+")
    uploaded_by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)
    file_name = models.CharField(max_length=255)
    file_hash = models.CharField(max_length=64)
    file_size = models.PositiveIntegerField()
    sheets = models.JSONField(default=list)
    sheet = models.PositiveSmallIntegerField(default=0)
    plan = models.JSONField(default=dict)
    state = models.CharField(
        max_length=20, choices=[(s.value, s.value) for s in TallyState], default=TallyState.UPLOADED.value
    )
    refusal = models.CharField(max_length=60, blank=True)
    refusal_detail = models.CharField(max_length=60, blank=True)
    run = models.PositiveIntegerField(default=0)
    rows_total = models.PositiveIntegerField(default=0)
    rows_done = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict)
    is_cancel_asked = models.BooleanField(default=False)
    is_change_confirmed = models.BooleanField(default=False)
    moved_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    applied_at = models.DateTimeField(null=True, blank=True)
    cleared_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.file_name


class UploadPiece(models.Model):
    """A piece of an uploaded file. In pieces it is received and stored without ever being whole in memory."""

    number = models.PositiveIntegerField()
    content = models.BinaryField()

    class Meta:
        abstract = True

"""What was released: frozen with definitions, numbers, texts and both papers."""

from __future__ import annotations

from django.db import models

from kimwerk.access.actors import Actor
from kimwerk.access.permissions import Permission
from kimwerk.kernel.periods import Period
from kimwerk.reporting.models.report import PAPERS, Report


class EditionQuerySet(models.QuerySet["Edition"]):
    """Released editions are for all who read reports there, members of the steering group too."""

    def visible_to(self, actor: Actor) -> EditionQuerySet:
        return self.filter(organisation__in=actor.scope(Permission.REPORT_READ).organisations)

    def without_files(self) -> EditionQuerySet:
        """For lists: the papers stay in the database."""
        return self.defer("content", *PAPERS)


class Edition(models.Model):
    """A released edition of a report. It never changes: the database refuses (trigger `keep_edition`).

    `content_hash` is the hash of `content`, from which all papers can be made again; editions from before there
    were text documents and workbooks have none. `continues` is the edition it carries on and compares itself with.
    `written_by` wrote last, says the database itself (trigger `four_eyes`), and is somebody else than `released_by`.
    `reason` is why it was released in spite of findings.
    """

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="editions")
    continues = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    organisation = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=120, blank=True)
    title = models.CharField(max_length=200)
    window_start = models.DateField()
    window_end = models.DateField()
    content = models.JSONField()
    content_hash = models.CharField(max_length=64)
    html = models.BinaryField()
    pdf = models.BinaryField()
    docx = models.BinaryField(null=True, blank=True)
    xlsx = models.BinaryField(null=True, blank=True)
    released_at = models.DateTimeField()
    released_by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    written_by = models.ForeignKey(
        "accounts.Account", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reason = models.TextField(max_length=1000, blank=True)

    objects = EditionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report", "number"], name="edition_number_is_given_once"),
            models.CheckConstraint(condition=models.Q(number__gte=1), name="edition_numbers_begin_with_one"),
            models.CheckConstraint(
                condition=models.Q(content_hash__regex=r"^[0-9a-f]{64}$"), name="edition_hash_is_sha_256"
            ),
            models.CheckConstraint(
                condition=models.Q(window_end__gt=models.F("window_start")), name="edition_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=models.Q(written_by__isnull=True) | ~models.Q(released_by=models.F("written_by")),
                name="edition_is_released_by_four_eyes",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "-released_at"], name="edition_newest")]

    def __str__(self) -> str:
        return f"{self.title} ({self.number})"

    @property
    def window(self) -> Period:
        """The days it covers."""
        return Period(self.window_start, self.window_end)

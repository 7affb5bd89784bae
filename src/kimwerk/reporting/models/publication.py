"""What was published of an edition: protected tables for everybody, without a sign-in."""

from __future__ import annotations

from django.db import models

from kimwerk.access.actors import Actor
from kimwerk.access.permissions import Permission
from kimwerk.kernel.periods import Period
from kimwerk.reporting.models.edition import Edition
from kimwerk.reporting.models.report import filled
from kimwerk.reporting.types import THRESHOLDS, PublicationState

SEEN = (PublicationState.PUBLIC.value, PublicationState.WITHDRAWN.value)
"""States that everybody may know of; a withdrawn publication says that it is withdrawn, and why."""


class PublicationQuerySet(models.QuerySet["Publication"]):
    """Publications: for everybody what is public, for those who read reports how far the others are."""

    def visible_to(self, actor: Actor) -> PublicationQuerySet:
        return self.filter(organisation__in=actor.scope(Permission.REPORT_READ).organisations)

    def seen_by_everybody(self) -> PublicationQuerySet:
        """Those with an address in public."""
        return self.filter(state__in=SEEN)

    def public(self) -> PublicationQuerySet:
        """Those whose tables can be read now."""
        return self.filter(state=PublicationState.PUBLIC.value)


class Publication(models.Model):
    """The publication of an edition's tables under `slug`.

    `publisher` and `region` (the key of the district) are written down, so that the page needs nothing else.
    `suppressed` counts the cells that are not printed, `cost` those of them that are hidden for others, `gap` how much
    cheaper that could be at most. `with_report` says whether the whole report is to be public, too. `left_out` names
    figures that are not published, and why; of a refused publication, the tables that would tell something small
    together with what is public already.
    """

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="publications")
    organisation = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, related_name="+")
    slug = models.SlugField(max_length=90, unique=True)
    title = models.CharField(max_length=200)
    publisher = models.CharField(max_length=200)
    region = models.CharField(max_length=12, blank=True)
    window_start = models.DateField()
    window_end = models.DateField()
    threshold = models.PositiveSmallIntegerField()
    state = models.CharField(
        max_length=12, choices=[(s.value, s.value) for s in PublicationState], default=PublicationState.ORDERED.value
    )
    ordered_at = models.DateTimeField(auto_now_add=True)
    ordered_by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)
    cells = models.PositiveIntegerField(default=0)
    suppressed = models.PositiveIntegerField(default=0)
    cost = models.PositiveIntegerField(default=0)
    gap = models.DecimalField(max_digits=7, decimal_places=5, default=0)
    differences = models.PositiveIntegerField(default=0)
    left_out = models.JSONField(default=list, blank=True)
    with_report = models.BooleanField(default=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        "accounts.Account", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawal_reason = models.CharField(max_length=400, blank=True)

    objects = PublicationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=[s.value for s in PublicationState]), name="publication_state_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(threshold__in=THRESHOLDS), name="publication_threshold_is_allowed"
            ),
            models.CheckConstraint(
                condition=models.Q(window_end__gt=models.F("window_start")), name="publication_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=SEEN) | models.Q(published_at__isnull=False),
                name="publication_in_public_says_since_when",
            ),
            models.CheckConstraint(
                condition=filled("withdrawn_at", "withdrawn_by"), name="publication_withdrawn_when_and_by_whom"
            ),
            models.CheckConstraint(
                condition=~models.Q(state=PublicationState.WITHDRAWN.value)
                | models.Q(withdrawn_at__isnull=False) & ~models.Q(withdrawal_reason=""),
                name="publication_is_withdrawn_for_a_reason",
            ),
            models.UniqueConstraint(
                fields=["edition"],
                condition=models.Q(state__in=["ordered", "protecting", "public"]),
                name="publication_of_an_edition_stands_once",
            ),
        ]
        indexes = [models.Index(fields=["state", "-published_at"], name="publication_newest")]

    def __str__(self) -> str:
        return self.title

    @property
    def window(self) -> Period:
        """The days it covers."""
        return Period(self.window_start, self.window_end)

    @property
    def status(self) -> PublicationState:
        """How far it is."""
        return PublicationState(self.state)


class OpenTableQuerySet(models.QuerySet["OpenTable"]):
    """Tables in public."""

    def public(self) -> OpenTableQuerySet:
        """Those whose publication can be read now."""
        return self.filter(publication__state=PublicationState.PUBLIC.value)


class OpenTable(models.Model):
    """A table as everybody reads it; the ledger knows what is hidden. It never changes (trigger `keep_public`)."""

    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="tables")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    content = models.JSONField()
    content_hash = models.CharField(max_length=64)

    objects = OpenTableQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["publication", "position"], name="open_table_place_is_taken_once"),
            models.CheckConstraint(
                condition=models.Q(content_hash__regex=r"^[0-9a-f]{64}$"), name="open_table_hash_is_sha_256"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class FactSheet(models.Model):
    """One page for the mayor of a municipality, made of what was published."""

    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="fact_sheets")
    ags = models.CharField(max_length=8)
    name = models.CharField(max_length=200)
    content = models.JSONField()
    pdf = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["publication", "ags"], name="fact_sheet_of_a_municipality_is_made_once"),
        ]

    def __str__(self) -> str:
        return self.name


class PublicPaper(models.Model):
    """The whole report as everybody may read it, in all its forms. It never changes (trigger `keep_public`)."""

    publication = models.OneToOneField(Publication, on_delete=models.PROTECT, related_name="paper")
    html = models.BinaryField()
    pdf = models.BinaryField()
    docx = models.BinaryField()
    xlsx = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.publication_id}"

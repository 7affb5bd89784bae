"""Papers to committees (Vorlagen in the sense of printed papers): what is asked, on which way, with what attached."""

from __future__ import annotations

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.access.permissions import Permission
from kimwerk.consent.types import FileKind
from kimwerk.steering.models.committee import Committee
from kimwerk.steering.models.goal import read_by
from kimwerk.steering.models.meeting import Meeting
from kimwerk.steering.types import Competence, PaperOutcome


class PaperQuerySet(models.QuerySet["Paper"]):
    """Papers that the actor may read or keep: a draft is read by its office alone."""

    def visible_to(self, actor: Actor) -> PaperQuerySet:
        released = read_by(actor) & Q(released_on__isnull=False)
        return self.filter(released | Q(organisation__in=_kept(actor)))

    def kept_by(self, actor: Actor) -> PaperQuerySet:
        return self.filter(organisation__in=_kept(actor))


def _kept(actor: Actor) -> frozenset[int]:
    return actor.scope(Permission.STEERING_MANAGE).organisations


class Paper(models.Model):
    """A paper. Once a committee has dealt with it, it stays as that committee read it; the database sees to it."""

    organisation = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=30)
    title = models.CharField(max_length=200)
    proposal = models.TextField()
    text = models.TextField(blank=True)
    author = models.CharField(max_length=160, blank=True)
    written_on = models.DateField(default=timezone.localdate)
    released_on = models.DateField(null=True, blank=True)

    objects = PaperQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "number"], name="paper_number_is_unique"),
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(number="") & ~Q(proposal=""), name="paper_has_number_title_and_proposal"
            ),
        ]
        indexes = [models.Index(fields=["organisation", "-written_on", "-id"], name="paper_of_an_organisation")]

    def __str__(self) -> str:
        return self.title

    @property
    def heading(self) -> str:
        """Number and title, as an agenda names it."""
        return f"{self.number}: {self.title}"[:200]


class StepQuerySet(models.QuerySet["PaperStep"]):
    """Steps of papers that the actor may read or keep."""

    def kept_by(self, actor: Actor) -> StepQuerySet:
        return self.filter(paper__in=Paper.objects.kept_by(actor))

    def next_ones(self, actor: Actor) -> StepQuerySet:
        """Of every released paper the first step that waits."""
        earlier = PaperStep.objects.filter(
            paper=OuterRef("paper"), position__lt=OuterRef("position"), outcome__in=WAITING
        )
        released = Paper.objects.visible_to(actor).filter(released_on__isnull=False)
        return self.filter(paper__in=released, outcome__in=WAITING).exclude(Exists(earlier))


WAITING = (PaperOutcome.WAITING.value, PaperOutcome.DEFERRED.value)
"""A paper that was deferred comes again."""


class PaperStep(models.Model):
    """A committee on the way of a paper, what it has to do there, and what it did."""

    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="steps", db_index=False)
    position = models.PositiveSmallIntegerField()
    committee = models.ForeignKey(Committee, on_delete=models.PROTECT, related_name="+")
    competence = models.CharField(max_length=8, choices=Competence.choices)
    on_day = models.DateField(null=True, blank=True)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, null=True, blank=True, related_name="paper_steps")
    outcome = models.CharField(max_length=12, choices=PaperOutcome.choices, blank=True, default="")
    remark = models.TextField(blank=True)

    objects = StepQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["paper", "position"], name="paper_step_has_its_place"),
            models.CheckConstraint(
                condition=Q(competence__in=[each.value for each in Competence]), name="paper_competence_is_known"
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=[each.value for each in PaperOutcome]), name="paper_outcome_is_known"
            ),
            models.CheckConstraint(
                condition=Q(outcome="") | Q(on_day__isnull=False), name="paper_is_dealt_with_on_a_day"
            ),
        ]

    def __str__(self) -> str:
        return str(self.position)


class PaperAttachment(models.Model):
    """A file attached to a paper: one that was uploaded, or the released edition of a report, whose bytes it keeps."""

    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="attachments", db_index=False)
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=160)
    file_kind = models.CharField(max_length=20, choices=[(kind.value, kind.value) for kind in FileKind])
    file_size = models.PositiveIntegerField()
    file_hash = models.CharField(max_length=64)
    content = models.BinaryField()
    edition_id = models.BigIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["paper", "position"], name="attachment_has_its_place"),
            models.CheckConstraint(condition=~Q(name=""), name="attachment_has_a_name"),
            models.CheckConstraint(
                condition=Q(file_kind__in=[kind.value for kind in FileKind]), name="attachment_kind_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name

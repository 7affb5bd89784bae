"""What authors and readers of a draft say to each other about a section."""

from __future__ import annotations

from django.db import models

from kimwerk.access.actors import Actor
from kimwerk.reporting.models.report import ReportSection, drafts_of, filled

LONGEST_COMMENT = 2000


class SectionCommentQuerySet(models.QuerySet["SectionComment"]):
    """Comments on drafts one may read."""

    def visible_to(self, actor: Actor) -> SectionCommentQuerySet:
        return self.filter(section__report__organisation__in=drafts_of(actor))

    def open(self) -> SectionCommentQuerySet:
        """Those that nobody has settled."""
        return self.filter(settled_at__isnull=True)


class SectionComment(models.Model):
    """A remark on a section. It is never printed, and stays with the report after it is settled."""

    section = models.ForeignKey(ReportSection, on_delete=models.CASCADE, related_name="comments")
    text = models.TextField(max_length=LONGEST_COMMENT)
    written_at = models.DateTimeField(auto_now_add=True)
    written_by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        "accounts.Account", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = SectionCommentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(text=""), name="section_comment_says_something"),
            models.CheckConstraint(
                condition=filled("settled_at", "settled_by"), name="section_comment_settled_when_and_by_whom"
            ),
        ]
        indexes = [models.Index(fields=["section", "written_at"], name="section_comment_order")]

    def __str__(self) -> str:
        return self.text[:40]

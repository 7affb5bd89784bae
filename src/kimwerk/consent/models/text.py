"""The texts that are signed."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from kimwerk.access.actors import Actor
from kimwerk.access.permissions import Permission
from kimwerk.consent.types import DeclarationKind, TextLanguage, TextState
from kimwerk.kernel.hashing import content_hash


class ConsentTextQuerySet(models.QuerySet["ConsentText"]):
    """Texts of the organisations where somebody asks for consent, writes its texts or approves them."""

    def visible_to(self, actor: Actor) -> ConsentTextQuerySet:
        rights = (Permission.PERSON_KEEP, Permission.CONSENT_TEXT_KEEP, Permission.CONSENT_TEXT_APPROVE)
        return self.filter(organisation__in=frozenset().union(*(actor.scope(r).touched_organisations for r in rights)))

    def in_force(self) -> ConsentTextQuerySet:
        """Those that may be signed now."""
        return self.filter(state=TextState.IN_FORCE.value)

    def of(self, organisation_id: int, kind: DeclarationKind) -> ConsentTextQuerySet:
        return self.filter(organisation=organisation_id, kind=kind.value)


class ConsentText(models.Model):
    """One version of a text in one language. From approval on nothing in it changes: a signature points to it.

    All languages of a version are approved together, so that the sides of a form say the same.
    """

    organisation = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=[(k.value, k.value) for k in DeclarationKind])
    version = models.PositiveIntegerField()
    language = models.CharField(max_length=2, choices=[(each.value, each.value) for each in TextLanguage])
    title = models.CharField(max_length=200)
    summary = models.TextField()
    body = models.TextField()
    state = models.CharField(
        max_length=10, default=TextState.DRAFT.value, choices=[(s.value, s.value) for s in TextState]
    )
    content_hash = models.CharField(max_length=64)
    revision = models.PositiveIntegerField(default=1)
    written_at = models.DateTimeField(auto_now=True)
    written_by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+", db_index=False)
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(
        "accounts.Account", on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = ConsentTextQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "kind", "version", "language"], name="consent_text_version_is_unique"
            ),
            models.UniqueConstraint(
                fields=["organisation", "kind", "language"],
                condition=Q(state=TextState.IN_FORCE.value),
                name="consent_text_in_force_is_one",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[k.value for k in DeclarationKind])
                & Q(language__in=[each.value for each in TextLanguage])
                & Q(state__in=[s.value for s in TextState]),
                name="consent_text_words_are_known",
            ),
            models.CheckConstraint(
                condition=Q(state=TextState.DRAFT.value, approved_at__isnull=True, approved_by__isnull=True)
                | (~Q(state=TextState.DRAFT.value) & Q(approved_at__isnull=False, approved_by__isnull=False)),
                name="consent_text_in_force_was_approved",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.language}, {self.version})"

    @property
    def spoken(self) -> TextLanguage:
        """The language."""
        return TextLanguage(self.language)

    def computed_hash(self) -> str:
        """SHA-256 of exactly what is signed: language, title, summary and body."""
        return content_hash(
            {
                "kind": self.kind,
                "language": self.language,
                "title": self.title,
                "summary": self.summary,
                "body": self.body,
            }
        )

"""Templates with their versions, reviews and users, and the key that signs what leaves the county."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from kimwerk.access.actors import Actor
from kimwerk.access.permissions import Permission
from kimwerk.documents.types import Language, Licence, TemplateKind, Verdict, VersionState


class TemplateQuerySet(models.QuerySet["Template"]):
    """Templates of organisations for which the actor works. Row-level security stands behind it."""

    def visible_to(self, actor: Actor) -> TemplateQuerySet:
        return self.filter(organisation__in=actor.scope(Permission.TEMPLATE_READ).touched_organisations)

    def kept_by(self, actor: Actor) -> TemplateQuerySet:
        return self.filter(organisation__in=actor.scope(Permission.TEMPLATE_KEEP).organisations)

    def reviewed_by(self, actor: Actor) -> TemplateQuerySet:
        return self.filter(organisation__in=actor.scope(Permission.TEMPLATE_REVIEW).organisations)


class Template(models.Model):
    """A text that is filled in again and again. `key` and `origin` stay with it wherever it goes."""

    organisation = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, related_name="+")
    key = models.UUIDField(default=uuid.uuid4)
    title = models.CharField(max_length=160)
    kind = models.CharField(max_length=12, choices=TemplateKind.choices)
    licence = models.CharField(max_length=14, choices=Licence.choices)
    purpose = models.TextField(blank=True)
    origin = models.CharField(max_length=160)
    sender_key = models.CharField(max_length=64, blank=True)

    objects = TemplateQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "title"], name="template_title_is_unique"),
            models.UniqueConstraint(fields=["organisation", "key"], name="template_key_is_unique"),
            models.CheckConstraint(condition=~Q(title="") & ~Q(origin=""), name="template_has_title_and_origin"),
            models.CheckConstraint(
                condition=Q(licence__in=[licence.value for licence in Licence]), name="template_licence_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class VersionQuerySet(models.QuerySet["TemplateVersion"]):
    """Versions of templates that the actor may read, keep or review."""

    def visible_to(self, actor: Actor) -> VersionQuerySet:
        return self.filter(template__in=Template.objects.visible_to(actor))

    def kept_by(self, actor: Actor) -> VersionQuerySet:
        return self.filter(template__in=Template.objects.kept_by(actor))

    def reviewed_by(self, actor: Actor) -> VersionQuerySet:
        return self.filter(template__in=Template.objects.reviewed_by(actor))


class TemplateVersion(models.Model):
    """One version in one language. Once it has left the state of a draft its text never changes."""

    template = models.ForeignKey(Template, on_delete=models.PROTECT, related_name="versions", db_index=False)
    language = models.CharField(max_length=12, choices=Language.choices, default=Language.GERMAN.value)
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    reason = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=VersionState.choices, default=VersionState.DRAFT.value)
    written_on = models.DateField()
    written_by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+", db_index=False)
    in_force_from = models.DateField(null=True, blank=True)
    withdrawn_on = models.DateField(null=True, blank=True)

    objects = VersionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["template", "language", "number"], name="template_version_stands_once"),
            models.UniqueConstraint(
                fields=["template", "language"], condition=Q(state="in_force"), name="template_version_in_force_is_one"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="template_version_says_something"),
            models.CheckConstraint(
                condition=~Q(state="in_force") | Q(in_force_from__isnull=False),
                name="template_version_holds_from_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.template} {self.number} ({self.language})"


class Review(models.Model):
    """What the legal review of a version said, when and by whom. Written once."""

    version = models.ForeignKey(TemplateVersion, on_delete=models.PROTECT, related_name="reviews")
    verdict = models.CharField(max_length=8, choices=Verdict.choices)
    remark = models.TextField(blank=True)
    reviewed_on = models.DateField()
    reviewed_by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(verdict="passed") | ~Q(remark=""), name="review_says_what_to_change"),
        ]

    def __str__(self) -> str:
        return self.verdict


class Adoption(models.Model):
    """Somebody who works with a version: a municipality or organisation here, or another county."""

    version = models.ForeignKey(TemplateVersion, on_delete=models.PROTECT, related_name="adoptions")
    adopter = models.CharField(max_length=160)
    is_outside = models.BooleanField(default=False)
    adopted_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "adopter"], name="adoption_stands_once"),
            models.CheckConstraint(condition=~Q(adopter=""), name="adoption_names_an_adopter"),
        ]

    def __str__(self) -> str:
        return self.adopter


class SigningKey(models.Model):
    """The key with which an organisation signs its packages. The private half is sealed."""

    organisation = models.OneToOneField("directory.Organisation", on_delete=models.PROTECT, related_name="+")
    sealed = models.TextField()
    made_on = models.DateField()

    def __str__(self) -> str:
        return str(self.made_on)

"""The maintained lists: purposes, groups of recipients, statutory bases."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q

from kimwerk.access.actors import Actor
from kimwerk.access.permissions import Permission


class Purpose(models.Model):
    """What data are handed out for. A purpose says one thing: "as needed" is none."""

    code = models.CharField(max_length=40, unique=True)
    label = models.CharField(max_length=200)
    is_active = models.BooleanField(default=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(code__regex=r"^[a-z][a-z0-9_]*$"), name="purpose_code_is_a_word"),
        ]

    def __str__(self) -> str:
        return self.label


class StatutoryBasis(models.Model):
    """A law that allows or demands a disclosure without consent."""

    code = models.CharField(max_length=40, unique=True)
    label = models.CharField(max_length=200)
    law = models.CharField(max_length=200)
    note = models.TextField(blank=True)
    is_active = models.BooleanField(default=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(law=""), name="statutory_basis_names_its_law"),
        ]

    def __str__(self) -> str:
        return f"{self.label} ({self.law})"


class RecipientGroupQuerySet(models.QuerySet["RecipientGroup"]):
    """Groups, as an organisation keeps them."""

    def visible_to(self, actor: Actor) -> RecipientGroupQuerySet:
        kept = actor.scope(Permission.CONSENT_TEXT_KEEP).touched_organisations
        used = actor.scope(Permission.PERSON_KEEP).touched_organisations
        read = actor.scope(Permission.CONSENT_TEXT_APPROVE).touched_organisations
        return self.filter(organisation__in=kept | used | read)


class RecipientGroup(models.Model):
    """An unambiguous group of recipients: whoever belongs to it is listed by name.

    Who joins later is not covered by what was signed before.
    """

    organisation = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    is_active = models.BooleanField(default=True)

    objects = RecipientGroupQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "name"], name="recipient_group_name_is_unique"),
        ]

    def __str__(self) -> str:
        return self.name

    def names_on(self, day: date) -> tuple[str, ...]:
        """The members on that day, as they are printed on the form."""
        members = self.members.filter(since__lte=day).filter(Q(until__isnull=True) | Q(until__gt=day))
        return tuple(members.order_by("member__sort_key").values_list("member__name", flat=True))


class RecipientGroupMember(models.Model):
    """An organisation in a group, from a day on and perhaps until one (which is not included)."""

    group = models.ForeignKey(RecipientGroup, on_delete=models.PROTECT, related_name="members")
    member = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, related_name="+")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="group_member_leaves_after_joining"
            ),
            models.UniqueConstraint(
                fields=["group", "member"], condition=Q(until__isnull=True), name="group_member_stands_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group_id}: {self.member_id}"

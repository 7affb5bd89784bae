"""Who is asked, by which link."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from kimwerk.access.actors import Actor
from kimwerk.access.permissions import Permission
from kimwerk.surveys.models.survey import Survey


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Addressees of surveys that the actor reads."""

    def visible_to(self, actor: Actor) -> InvitationQuerySet:
        return self.filter(organisation__in=actor.scope(Permission.SURVEY_READ).touched_organisations)

    def silent(self) -> InvitationQuerySet:
        """Those who have not answered."""
        return self.filter(answered_on__isnull=True)

    def to_be_mailed(self) -> InvitationQuerySet:
        """Those whose mail was ordered and has not gone out since."""
        return self.silent().filter(Q(sent_at__isnull=True) | Q(sent_at__lt=F("wanted_at")), wanted_at__isnull=False)


class Invitation(models.Model):
    """One address that is asked, with a link that answers once. Only the hash of the link is kept.

    `wanted_at` is when a mail was ordered, `sent_at` when the last one went out, with the link that works now.
    The day of the answer is kept without its hour, so that nobody finds an anonymous answer by its time.
    """

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="invitations", db_index=False)
    organisation = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, related_name="+")
    municipality = models.ForeignKey(
        "directory.Municipality", on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    body = models.ForeignKey(
        "directory.Organisation", on_delete=models.SET_NULL, null=True, blank=True, related_name="+", db_index=False
    )
    subject = models.CharField(max_length=60, blank=True)
    name = models.CharField(max_length=200)
    email = models.EmailField()
    token_hash = models.CharField(max_length=64, null=True, blank=True, unique=True)
    wanted_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    mails = models.PositiveSmallIntegerField(default=0)
    answered_on = models.DateField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["survey", "email"], name="survey_asks_an_address_once"),
            models.CheckConstraint(condition=~Q(name=""), name="survey_addressee_has_a_name"),
        ]
        indexes = [models.Index(fields=["survey", "name", "id"], name="survey_addressees_by_name")]

    def __str__(self) -> str:
        return self.name

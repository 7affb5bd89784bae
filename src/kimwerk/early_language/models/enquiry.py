"""What kindergartens may ask for, and what they asked for."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from kimwerk.access.actors import Actor
from kimwerk.access.permissions import Permission
from kimwerk.early_language.models.kindergarten import Kindergarten
from kimwerk.early_language.types import RUNNING, AskedVia, Audience, EnquiryState, Reason


class OfferQuerySet(models.QuerySet["Offer"]):
    """Offers of organisations whose language programme the actor reads."""

    def visible_to(self, actor: Actor) -> OfferQuerySet:
        return self.filter(organisation__in=actor.scope(Permission.EARLY_LANGUAGE_READ).touched_organisations)

    def kept_by(self, actor: Actor) -> OfferQuerySet:
        return self.filter(organisation__in=actor.scope(Permission.EARLY_LANGUAGE_KEEP).touched_organisations)


class Offer(models.Model):
    """Something that kindergartens may ask for: a training, a visit, counselling."""

    organisation = models.ForeignKey(
        "directory.Organisation", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    title = models.CharField(max_length=160)
    audience = models.CharField(max_length=16, choices=Audience.choices)
    text = models.TextField(blank=True)
    ended_on = models.DateField(null=True, blank=True)

    objects = OfferQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "title"], name="language_offer_stands_once"),
            models.CheckConstraint(condition=~Q(title=""), name="language_offer_has_a_title"),
        ]

    def __str__(self) -> str:
        return self.title


class EnquiryQuerySet(models.QuerySet["Enquiry"]):
    """Enquiries to organisations whose language programme the actor reads."""

    def visible_to(self, actor: Actor) -> EnquiryQuerySet:
        return self.filter(organisation__in=actor.scope(Permission.EARLY_LANGUAGE_READ).touched_organisations)

    def kept_by(self, actor: Actor) -> EnquiryQuerySet:
        return self.filter(organisation__in=actor.scope(Permission.EARLY_LANGUAGE_KEEP).touched_organisations)

    def running(self) -> EnquiryQuerySet:
        """Those that something is still to become of."""
        return self.filter(state__in=[state.value for state in RUNNING])


class Enquiry(models.Model):
    """A kindergarten asks for an offer. `day`: agreed or carried out; `event`: the training in which it happens."""

    organisation = models.ForeignKey(
        "directory.Organisation", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    kindergarten = models.ForeignKey(Kindergarten, on_delete=models.PROTECT, related_name="enquiries")
    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, related_name="enquiries", db_index=False)
    asked_on = models.DateField()
    via = models.CharField(max_length=10, choices=AskedVia.choices)
    state = models.CharField(max_length=10, choices=EnquiryState.choices, default=EnquiryState.OPEN.value)
    day = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=12, choices=Reason.choices, blank=True)
    event = models.ForeignKey(
        "events.Event", on_delete=models.SET_NULL, null=True, blank=True, related_name="+", db_index=False
    )
    settled_on = models.DateField(null=True, blank=True)

    objects = EnquiryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in EnquiryState]), name="enquiry_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["cancelled", "declined"], reason__in=[each.value for each in Reason])
                | (~Q(state__in=["cancelled", "declined"]) & Q(reason="")),
                name="enquiry_says_why_nothing_became_of_it",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["agreed", "done"]) | Q(day__isnull=False), name="enquiry_is_agreed_for_a_day"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["open", "agreed"], settled_on__isnull=True)
                | (~Q(state__in=["open", "agreed"]) & Q(settled_on__isnull=False)),
                name="enquiry_is_settled_on_a_day",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "-asked_on", "-id"], name="enquiries_by_day")]

    def __str__(self) -> str:
        return f"{self.kindergarten}: {self.offer}"

    @property
    def is_running(self) -> bool:
        """Whether something is still to become of it."""
        return self.state in [state.value for state in RUNNING]

"""Referrals: what both sides see, what only the sender sees, and the link for a recipient without an account."""

from __future__ import annotations

from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from kimwerk.access.actors import Actor
from kimwerk.access.permissions import Permission
from kimwerk.casework.models.case import Case
from kimwerk.casework.models.reach import own
from kimwerk.casework.referral_states import OPEN, ReferralState
from kimwerk.casework.referral_types import DeclineReason, Outcome, ReferralChannel
from kimwerk.kernel.data_categories import DataCategory


def _within(actor: Actor, permission: Permission, organisation: str) -> Q:
    """The condition that a right holds at the organisation of this column."""
    scope = actor.scope(permission)
    condition = Q(**{f"{organisation}__in": sorted(scope.organisations)})
    for organisation_id, municipality_id in sorted(scope.places):
        condition |= Q(**{organisation: organisation_id, "municipality": municipality_id})
    return condition


class ReferralQuerySet(models.QuerySet["Referral"]):
    """Referrals, from the side of those who send and of those who are asked."""

    def sent_for(self, actor: Actor) -> ReferralQuerySet:
        """Those of the actor's own cases."""
        return self.filter(pk__in=ReferralOrigin.objects.visible_to(actor).values("referral"))

    def received_by(self, actor: Actor) -> ReferralQuerySet:
        """Those that wait, or waited, in the queues the actor answers for. A slip of paper is in no queue."""
        asked = self.filter(_within(actor, Permission.REFERRAL_ANSWER, "recipient"))
        return asked.exclude(channel=ReferralChannel.SLIP.value)

    def visible_to(self, actor: Actor) -> ReferralQuerySet:
        """Either side."""
        return (self.sent_for(actor) | self.received_by(actor)).distinct()

    def countable_by(self, actor: Actor) -> ReferralQuerySet:
        """Those that may be counted, not read: the organisation's own, and those of the actor's cases."""
        return self.filter(
            _within(actor, Permission.CASE_COUNT, "organisation")
            | Q(pk__in=ReferralOrigin.objects.visible_to(actor).values("referral"))
        )

    def open(self) -> ReferralQuerySet:
        return self.filter(state__in=[state.value for state in OPEN])

    def pending(self) -> ReferralQuerySet:
        return self.filter(state=ReferralState.SENT.value)


class Referral(models.Model):
    """A referral (Verweis) to an organisation's queue, closed as a loop: asked, answered, arrived, result.

    Nothing in this row tells who it is about: whoever answers reads the need, the language, the
    municipality and an age band. Texts are sealed by the installation. `asking` is the disclosure by which
    that much was told: the database refuses a referral without one, unless the person carries a slip.
    `disclosure` is what was told on acceptance; without one although accepted, it is still to be told.
    What both sides do moves `state`; a trigger lets pass what `referral_states` permits, and nothing else.
    """

    organisation = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, related_name="+")
    recipient = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, related_name="+")
    target = models.ForeignKey("activities.Category", on_delete=models.PROTECT, related_name="+", db_index=False)
    need = models.TextField()
    language = models.CharField(max_length=16, blank=True)
    municipality = models.ForeignKey(
        "directory.Municipality", on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    age_band = models.CharField(max_length=8, blank=True)
    channel = models.CharField(max_length=8, choices=[(c.value, c.value) for c in ReferralChannel])
    state = models.CharField(max_length=12, choices=[(s.value, s.value) for s in ReferralState])
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+", db_index=False)
    answer_due_on = models.DateField()
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        "accounts.Account", on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    decline_reason = models.CharField(max_length=20, blank=True, choices=[(r.value, r.value) for r in DeclineReason])
    note = models.TextField(blank=True)
    arrived_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=20, blank=True, choices=[(o.value, o.value) for o in Outcome])
    ended_at = models.DateTimeField(null=True, blank=True)
    asking = models.ForeignKey("consent.Disclosure", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    disclosure = models.ForeignKey(
        "consent.Disclosure", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    version = models.PositiveIntegerField(default=1)

    objects = ReferralQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in ReferralState]), name="referral_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(channel__in=[c.value for c in ReferralChannel]), name="referral_channel_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(organisation=models.F("recipient")), name="referral_goes_to_another_organisation"
            ),
            models.CheckConstraint(
                condition=(Q(state=ReferralState.DECLINED.value) & ~Q(decline_reason=""))
                | (~Q(state=ReferralState.DECLINED.value) & Q(decline_reason="")),
                name="referral_is_declined_with_a_reason",
            ),
            models.CheckConstraint(
                condition=(Q(state=ReferralState.FINISHED.value) & ~Q(outcome=""))
                | (~Q(state=ReferralState.FINISHED.value) & Q(outcome="")),
                name="referral_is_finished_with_an_outcome",
            ),
            models.CheckConstraint(
                condition=Q(state__in=sorted(s.value for s in OPEN), ended_at__isnull=True)
                | (~Q(state__in=sorted(s.value for s in OPEN)) & Q(ended_at__isnull=False)),
                name="referral_has_ended_when_it_says_so",
            ),
            models.CheckConstraint(
                condition=Q(answered_by__isnull=True) | Q(answered_at__isnull=False),
                name="referral_answered_when_and_by_whom",
            ),
        ]
        indexes = [
            models.Index(fields=["recipient", "state", "-sent_at"], name="referral_as_received"),
            models.Index(fields=["organisation", "sent_at"], name="referral_as_counted"),
            models.Index(
                fields=["answer_due_on"], condition=Q(state=ReferralState.SENT.value), name="referral_unanswered"
            ),
        ]

    def __str__(self) -> str:
        return f"Referral {self.pk}"

    @property
    def stage(self) -> ReferralState:
        """The state, as a value of the table of states."""
        return ReferralState(self.state)

    @property
    def is_open(self) -> bool:
        """Whether something is still to be expected."""
        return self.stage in OPEN

    def is_request_over(self, today: date) -> bool:
        """Whether the recipient may no longer read what was asked: recalled, or the consent behind it has ended.

        Whoever holds a link does not see the disclosure; the link itself ends with it.
        """
        asked = self.asking
        return asked is not None and bool(asked.recalled_at or (asked.share_ends_on and asked.share_ends_on < today))


class ReferralOriginQuerySet(models.QuerySet["ReferralOrigin"]):
    """Where referrals come from: behind the wall of their cases."""

    def visible_to(self, actor: Actor) -> ReferralOriginQuerySet:
        return self.filter(case__in=Case.objects.visible_to(actor))

    def kept_by(self, actor: Actor) -> ReferralOriginQuerySet:
        """Those of cases the actor works on, not only looks into."""
        return self.filter(own(actor, "case__"))


class ReferralOrigin(models.Model):
    """Whom a referral is about, and on what consent it rests: for the case's own people only.

    `concern` is what the recipient is told on acceptance, sealed with the person's key.
    """

    referral = models.OneToOneField(Referral, on_delete=models.CASCADE, related_name="origin")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="referral_origins")
    grant = models.ForeignKey("consent.Grant", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    categories = ArrayField(
        models.CharField(max_length=24, choices=[(c.value, c.value) for c in DataCategory]), default=list, blank=True
    )
    concern = models.BinaryField(blank=True, default=b"")

    objects = ReferralOriginQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(categories=[]) | Q(grant__isnull=False), name="referral_discloses_on_a_grant"
            ),
        ]

    def __str__(self) -> str:
        return f"Origin of {self.referral_id}"


class ReferralLinkQuerySet(models.QuerySet["ReferralLink"]):
    """Links. Row-level security shows them to the case's own people and to whoever holds the link."""

    def visible_to(self, actor: Actor) -> ReferralLinkQuerySet:
        return self.filter(referral__in=ReferralOrigin.objects.visible_to(actor).values("referral"))

    def standing(self) -> ReferralLinkQuerySet:
        return self.filter(revoked_at__isnull=True)


class ReferralLink(models.Model):
    """A one-time way for a recipient without an account. Of its secrets only hashes are kept.

    The first right PIN binds it to the browser it was given in; from then on it opens nowhere else.
    `content` is what was disclosed, sealed under the link itself: readable to the last day of the consent
    (`content_ends_on`), gone when the link is revoked.
    """

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="links")
    organisation = models.ForeignKey(
        "directory.Organisation", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    token_hash = models.CharField(max_length=64, unique=True)
    pin_hash = models.CharField(max_length=200)
    browser_hash = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+", db_index=False)
    expires_at = models.DateTimeField()
    wrong_pins = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True, blank=True)
    uses = models.PositiveIntegerField(default=0)
    revoked_at = models.DateTimeField(null=True, blank=True)
    content = models.BinaryField(blank=True, default=b"")
    content_ends_on = models.DateField(null=True, blank=True)

    objects = ReferralLinkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["referral"], condition=Q(revoked_at__isnull=True), name="referral_has_one_standing_link"
            ),
            models.CheckConstraint(
                condition=Q(used_at__isnull=True, browser_hash="") | (Q(used_at__isnull=False) & ~Q(browser_hash="")),
                name="referral_link_is_bound_when_used",
            ),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True) | Q(content=b""), name="referral_link_revoked_holds_nothing"
            ),
        ]

    def __str__(self) -> str:
        return f"Link {self.pk}"

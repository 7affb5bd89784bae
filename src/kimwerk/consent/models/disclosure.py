"""What was handed out, frozen as it was."""

from __future__ import annotations

from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.access.permissions import Permission
from kimwerk.consent.models.grant import Grant
from kimwerk.consent.models.lists import Purpose, StatutoryBasis
from kimwerk.kernel.data_categories import DataCategory
from kimwerk.persons.models import in_care_of

RECEIVING = (Permission.DISCLOSURE_RECEIVE, Permission.REFERRAL_ANSWER)


class DisclosureQuerySet(models.QuerySet["Disclosure"]):
    """Disclosures, from the three sides from which they are seen."""

    def visible_to(self, actor: Actor) -> DisclosureQuerySet:
        """Everything ever disclosed about the persons in the actor's care."""
        return self.filter(in_care_of(actor, "person"))

    def received_by(self, actor: Actor) -> DisclosureQuerySet:
        """What went to the actor's organisations, whatever became of it."""
        homes = frozenset().union(*(actor.scope(right).touched_organisations for right in RECEIVING))
        return self.filter(recipient__in=homes)

    def shared(self, on: date) -> DisclosureQuerySet:
        """What the recipient may still read: not recalled, and the consent behind it not over."""
        return self.filter(recalled_at__isnull=True).filter(Q(share_ends_on__isnull=True) | Q(share_ends_on__gte=on))

    def to_be_deleted(self, on: date) -> DisclosureQuerySet:
        """What the recipient has read and may not keep any more."""
        return self.filter(first_read_at__isnull=False).filter(Q(recalled_at__isnull=False) | Q(share_ends_on__lt=on))

    def under_review_of(self, actor: Actor) -> DisclosureQuerySet:
        """What the data protection officer reviews: disclosures that rest on a law instead of consent."""
        reviewed = actor.scope(Permission.DISCLOSURE_REVIEW).touched_organisations
        return self.filter(organisation__in=reviewed, statutory_basis__isnull=False)


class Disclosure(models.Model):
    """That certain categories about a person went to a recipient, for a purpose, on a basis, by somebody.

    What was sent stands sealed in `DisclosureContent`; its hash stands here. The database refuses a row that
    no grant in force covers unless it names a statutory basis. `share_ends_on` is the last day of the grant,
    written by the database; until then, and until a recall, the recipient may read.
    """

    person = models.ForeignKey("persons.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    organisation = models.ForeignKey(
        "directory.Organisation", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    recipient = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, related_name="+", db_index=False)
    purpose = models.ForeignKey(Purpose, on_delete=models.PROTECT, related_name="+", db_index=False)
    categories = ArrayField(models.CharField(max_length=24))
    grant = models.ForeignKey(Grant, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    statutory_basis = models.ForeignKey(
        StatutoryBasis, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    basis_reason = models.CharField(max_length=400, blank=True)
    content_hash = models.CharField(max_length=64)
    share_ends_on = models.DateField(null=True, blank=True)
    disclosed_at = models.DateTimeField(default=timezone.now)
    disclosed_by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+", db_index=False)
    first_read_at = models.DateTimeField(null=True, blank=True)
    recalled_at = models.DateTimeField(null=True, blank=True)
    deletion_confirmed_at = models.DateTimeField(null=True, blank=True)
    deletion_confirmed_by = models.ForeignKey(
        "accounts.Account", on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )

    objects = DisclosureQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(grant__isnull=True, statutory_basis__isnull=False)
                | Q(grant__isnull=False, statutory_basis__isnull=True),
                name="disclosure_has_one_basis",
            ),
            models.CheckConstraint(
                condition=Q(statutory_basis__isnull=True) | ~Q(basis_reason=""), name="disclosure_by_law_has_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(categories__len__gt=0)
                & Q(categories__contained_by=sorted(each.value for each in DataCategory)),
                name="disclosure_categories_are_known",
            ),
            models.CheckConstraint(
                condition=~Q(recipient=models.F("organisation")), name="disclosure_goes_to_somebody_else"
            ),
            models.CheckConstraint(
                condition=Q(deletion_confirmed_at__isnull=True, deletion_confirmed_by__isnull=True)
                | Q(deletion_confirmed_at__isnull=False, deletion_confirmed_by__isnull=False),
                name="disclosure_deletion_confirmed_when_and_by_whom",
            ),
        ]
        indexes = [
            models.Index(fields=["person", "-disclosed_at"], name="disclosure_of"),
            models.Index(fields=["recipient", "-disclosed_at"], name="disclosure_to"),
            models.Index(
                fields=["organisation", "-disclosed_at"],
                condition=Q(statutory_basis__isnull=False),
                name="disclosure_by_law",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.recipient_id} {self.disclosed_at:%Y-%m-%d}"


class DisclosureContent(models.Model):
    """Exactly the fields that were sent, sealed with a key of the disclosure's own."""

    disclosure = models.OneToOneField(Disclosure, on_delete=models.PROTECT, related_name="content")
    person = models.ForeignKey("persons.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    sealed = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.disclosure_id}"


class DisclosureKey(models.Model):
    """The key of a disclosure, itself sealed by the installation's, in a table apart from what it opens."""

    disclosure = models.OneToOneField(Disclosure, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("persons.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    wrapped = models.CharField(max_length=200)

    class Meta:
        db_table = "vault_disclosurekey"

    def __str__(self) -> str:
        return f"{self.disclosure_id}"


class DisclosureRead(models.Model):
    """That somebody at the recipient read it."""

    disclosure = models.ForeignKey(Disclosure, on_delete=models.PROTECT, related_name="reads")
    account = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+", db_index=False)
    read_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.disclosure_id}: {self.account_id}"

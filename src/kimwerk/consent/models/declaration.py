"""What a person declared, and its proof."""

from __future__ import annotations

from django.contrib.postgres.functions import TransactionNow
from django.db import models
from django.db.models import Q

from kimwerk.access.actors import Actor
from kimwerk.consent.models.text import ConsentText
from kimwerk.consent.types import Answer, DeclarationKind, DeclaredBy, Evidence, FileKind
from kimwerk.persons.models import in_care_of


class DeclarationQuerySet(models.QuerySet["Declaration"]):
    """Declarations of the persons in somebody's care."""

    def visible_to(self, actor: Actor) -> DeclarationQuerySet:
        return self.filter(in_care_of(actor, "person"))


class Declaration(models.Model):
    """An answer of one person (or their guardian) to one version of a text in one language.

    It is proof: it is withdrawn, never changed and never deleted. Names of guardians and interpreters are sealed
    with the person's key. `content_hash` covers text, grants, day and place.
    """

    person = models.ForeignKey("persons.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    organisation = models.ForeignKey(
        "directory.Organisation", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    consent_text = models.ForeignKey(ConsentText, on_delete=models.PROTECT, related_name="+", db_index=False)
    text_hash = models.CharField(max_length=64)
    kind = models.CharField(max_length=20, choices=[(k.value, k.value) for k in DeclarationKind])
    answer = models.CharField(max_length=8, choices=[(a.value, a.value) for a in Answer], default=Answer.GIVEN.value)
    declared_on = models.DateField()
    place = models.CharField(max_length=120)
    declared_by = models.CharField(max_length=8, choices=[(d.value, d.value) for d in DeclaredBy])
    guardian = models.BinaryField(null=True, blank=True)
    interpreter = models.BinaryField(null=True, blank=True)
    evidence = models.CharField(max_length=8, blank=True, choices=[(e.value, e.value) for e in Evidence])
    evidence_mark = models.CharField(max_length=80, blank=True)
    is_copy_handed_out = models.BooleanField(default=False)
    content_hash = models.CharField(max_length=64)
    created_at = models.DateTimeField(db_default=TransactionNow())
    created_by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+", db_index=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        "accounts.Account", on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )

    objects = DeclarationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["id", "person"], name="declaration_is_of_one_person"),
            models.CheckConstraint(
                condition=Q(kind__in=[k.value for k in DeclarationKind])
                & Q(answer__in=[a.value for a in Answer])
                & Q(declared_by__in=[d.value for d in DeclaredBy])
                & (Q(evidence="") | Q(evidence__in=[e.value for e in Evidence])),
                name="declaration_words_are_known",
            ),
            models.CheckConstraint(
                condition=Q(answer=Answer.REFUSED.value) | ~Q(evidence=""), name="declaration_given_is_proved"
            ),
            models.CheckConstraint(
                condition=(Q(declared_by=DeclaredBy.GUARDIAN.value) & Q(guardian__isnull=False))
                | (Q(declared_by=DeclaredBy.PERSON.value) & Q(guardian__isnull=True)),
                name="declaration_guardian_is_named",
            ),
            models.CheckConstraint(
                condition=(Q(evidence=Evidence.PAPER.value) & ~Q(evidence_mark=""))
                | (~Q(evidence=Evidence.PAPER.value) & Q(evidence_mark="")),
                name="declaration_on_paper_has_a_mark",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="declaration_withdrawn_when_and_by_whom",
            ),
        ]
        indexes = [models.Index(fields=["person", "-declared_on"], name="declaration_of")]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.kind} {self.declared_on}"


class DeclarationProof(models.Model):
    """The drawn signature or the scanned paper, sealed with the person's key, in a table apart for its size."""

    declaration = models.OneToOneField(Declaration, on_delete=models.PROTECT, related_name="proof")
    person = models.ForeignKey("persons.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    file_kind = models.CharField(max_length=20, choices=[(k.value, k.value) for k in FileKind])
    file_size = models.PositiveIntegerField()
    file_hash = models.CharField(max_length=64)
    content = models.BinaryField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(file_kind__in=[k.value for k in FileKind]), name="declaration_proof_kind_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.declaration_id}: {self.file_kind}"

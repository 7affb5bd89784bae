"""Keeping the lists: purposes, statutory bases, groups of recipients. An entry is ended, never renamed."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.text import slugify

from kimwerk.access.actors import Actor
from kimwerk.audit.services import record
from kimwerk.consent.models import Purpose, RecipientGroup, RecipientGroupMember, StatutoryBasis
from kimwerk.consent.policies import may_keep_texts, may_keep_words
from kimwerk.consent.services.refusals import ListRefused
from kimwerk.directory.models import Organisation

Word = Purpose | StatutoryBasis
LONGEST_CODE = 40


@transaction.atomic
def add_purpose(*, actor: Actor, label: str) -> Purpose:
    """Offer a further purpose. Raises ListRefused if it stands there already."""
    _admit(actor)
    if Purpose.objects.filter(label__iexact=label.strip()).exists():
        raise ListRefused("exists")
    added = Purpose.objects.create(code=_code(Purpose, label), label=label.strip(), position=_last(Purpose))
    record(actor=actor, action="consent_list.added", subject=added)
    return added


@transaction.atomic
def add_basis(*, actor: Actor, label: str, law: str, note: str = "") -> StatutoryBasis:
    """Offer a further law that allows or demands a disclosure. Raises ListRefused if it stands there already."""
    _admit(actor)
    if StatutoryBasis.objects.filter(label__iexact=label.strip(), law__iexact=law.strip()).exists():
        raise ListRefused("exists")
    added = StatutoryBasis.objects.create(
        code=_code(StatutoryBasis, label),
        label=label.strip(),
        law=law.strip(),
        note=note.strip(),
        position=_last(StatutoryBasis),
    )
    record(actor=actor, action="consent_list.added", subject=added)
    return added


@transaction.atomic
def offer_word(*, actor: Actor, word: Word, is_offered: bool) -> None:
    """End an entry or offer it again. What names it keeps it."""
    _admit(actor)
    word.is_active = is_offered
    word.save(update_fields=["is_active"])
    record(actor=actor, action="consent_list.offered" if is_offered else "consent_list.ended", subject=word)


@transaction.atomic
def add_group(*, actor: Actor, organisation_id: int, name: str) -> RecipientGroup:
    """Begin a group; whoever belongs to it is added by name. Raises ListRefused if the office has it already."""
    if not may_keep_texts(actor, organisation_id):
        raise PermissionDenied
    if RecipientGroup.objects.filter(organisation=organisation_id, name__iexact=name.strip()).exists():
        raise ListRefused("exists")
    added = RecipientGroup.objects.create(organisation_id=organisation_id, name=name.strip())
    record(actor=actor, action="consent_list.added", subject=added)
    return added


@transaction.atomic
def offer_group(*, actor: Actor, group: RecipientGroup, is_offered: bool) -> None:
    """Offer a group no longer, or again. What was allowed towards it stays allowed."""
    _admit_to(actor, group)
    group.is_active = is_offered
    group.save(update_fields=["is_active"])
    record(actor=actor, action="consent_list.offered" if is_offered else "consent_list.ended", subject=group)


@transaction.atomic
def join_group(*, actor: Actor, group: RecipientGroup, member_id: int, since: date | None = None) -> None:
    """Add an organisation from a day on (today). What was signed before does not cover it."""
    _admit_to(actor, group)
    day = since or timezone.localdate()
    if member_id == group.organisation_id or not Organisation.objects.existing(day).filter(pk=member_id).exists():
        raise ListRefused("not_open")
    if group.members.filter(member=member_id, until__isnull=True).exists():
        raise ListRefused("exists")
    added = RecipientGroupMember.objects.create(group=group, member_id=member_id, since=day)
    record(actor=actor, action="consent_list.member_added", subject=added)


@transaction.atomic
def leave_group(*, actor: Actor, member: RecipientGroupMember) -> None:
    """Take an organisation out of the group today: from now on nothing covers it through the group."""
    _admit_to(actor, member.group)
    if member.until is None:
        member.until = timezone.localdate()
        member.save(update_fields=["until"])
        record(actor=actor, action="consent_list.member_ended", subject=member)


def _admit(actor: Actor) -> None:
    if not may_keep_words(actor):
        raise PermissionDenied


def _admit_to(actor: Actor, group: RecipientGroup) -> None:
    if not may_keep_texts(actor, group.organisation_id):
        raise PermissionDenied


def _last(model: type[Purpose] | type[StatutoryBasis]) -> int:
    found: int | None = model.objects.aggregate(last=Max("position"))["last"]
    return (found or 0) + 1


def _code(model: type[Purpose] | type[StatutoryBasis], label: str) -> str:
    """A word of its own for the entry, made of its label."""
    stem = slugify(label).replace("-", "_").lstrip("_0123456789")[: LONGEST_CODE - 4] or "eintrag"
    number, code = 1, stem
    while model.objects.filter(code=code).exists():
        number += 1
        code = f"{stem}_{number}"
    return code

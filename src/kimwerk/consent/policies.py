"""Questions about rights in matters of consent. They change nothing."""

from __future__ import annotations

from kimwerk.access.actors import Actor
from kimwerk.access.permissions import Permission
from kimwerk.consent.models import ConsentText, Disclosure
from kimwerk.consent.models.disclosure import RECEIVING
from kimwerk.persons.models import Care, Person


def may_declare(actor: Actor, person_id: int) -> bool:
    """Note a declaration, withdraw it and disclose: whoever is entrusted with the person and keeps their file."""
    kept = actor.scope(Permission.PERSON_KEEP).touched_organisations
    return Care.objects.of(actor).filter(person=person_id, organisation__in=kept).exists()


def may_see(actor: Actor, person_id: int) -> bool:
    """Read what a person declared and what was told about them."""
    return Person.objects.visible_to(actor).filter(pk=person_id).exists()


def may_receive(actor: Actor, disclosure: Disclosure) -> bool:
    """Read what came to one's own organisation."""
    return any(disclosure.recipient_id in actor.scope(right).touched_organisations for right in RECEIVING)


def may_keep_texts(actor: Actor, organisation_id: int) -> bool:
    """Write texts and groups of recipients."""
    return organisation_id in actor.scope(Permission.CONSENT_TEXT_KEEP).touched_organisations


def may_keep_words(actor: Actor) -> bool:
    """Keep purposes and statutory bases. They are shared by all organisations of an installation."""
    return actor.can(Permission.CONSENT_TEXT_APPROVE)


def may_approve(actor: Actor, text: ConsentText) -> bool:
    """Put a version into force."""
    return text.organisation_id in actor.scope(Permission.CONSENT_TEXT_APPROVE).touched_organisations

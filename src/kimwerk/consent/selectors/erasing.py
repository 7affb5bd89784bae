"""What of consent goes with a person who is erased, and what stays as proof, told beforehand."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kimwerk.access.actors import Actor
from kimwerk.consent.models import Declaration, Disclosure
from kimwerk.persons.erasures import Kept, Remains


def consent_remains(actor: Actor, person_id: int) -> Remains | None:
    """Declarations and disclosures: the fact stays, what could be read goes."""
    declared = Declaration.objects.visible_to(actor).filter(person=person_id).count()
    told = Disclosure.objects.visible_to(actor).filter(person=person_id)
    disclosed = told.count()
    if not declared and not disclosed:
        return None
    shared = told.shared(timezone.localdate()).count()
    goes = _goes(declared, disclosed, shared)
    return Remains(heading=_("Consent and disclosures"), goes=goes, stays=_stays(declared, disclosed))


def _goes(declared: int, disclosed: int, shared: int) -> tuple[str, ...]:
    goes = [_("Signatures, scans, the names of guardians and interpreters")] if declared else []
    if disclosed:
        goes.append(
            ngettext(
                "The content of %(count)s disclosure, unreadable for everybody",
                "The content of %(count)s disclosures, unreadable for everybody",
                disclosed,
            )
            % {"count": disclosed}
        )
    if shared:
        goes.append(
            ngettext(
                "%(count)s share still runs: it is recalled, and the office is told to delete what it read",
                "%(count)s shares still run: they are recalled, and the offices are told to delete what they read",
                shared,
            )
            % {"count": shared}
        )
    return tuple(goes)


def _stays(declared: int, disclosed: int) -> tuple[Kept, ...]:
    stays = []
    if declared:
        text = ngettext(
            "%(count)s declaration: its text, day, place and what was allowed",
            "%(count)s declarations: their texts, days, places and what was allowed",
            declared,
        )
        stays.append(Kept(text % {"count": declared}, _("proof that consent was given (Art. 7(1) GDPR)")))
    if disclosed:
        text = ngettext(
            "%(count)s entry of what was passed on: to whom, what for, which sort of data, when, and a hash",
            "%(count)s entries of what was passed on: to whom, what for, which sort of data, when, and a hash",
            disclosed,
        )
        stays.append(Kept(text % {"count": disclosed}, _("to meet claims that rest on it (Art. 17(3)(e) GDPR)")))
    return tuple(stays)

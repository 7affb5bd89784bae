"""What erasing a person would mean, for whoever decides it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from kimwerk.access.actors import Actor
from kimwerk.accounts.selectors import names_of
from kimwerk.kernel.figures import Text
from kimwerk.persons.erasures import Kept, Remains, objections_of, remains_of
from kimwerk.persons.models import Care


@dataclass(frozen=True, slots=True)
class ErasureOutlook:
    """What speaks against it, and what becomes of the person in every room, this one first."""

    objections: tuple[Text, ...]
    remains: tuple[Remains, ...]


def erasure_outlook(actor: Actor, person_id: int) -> ErasureOutlook:
    """What erasing a person in the actor's care would mean today."""
    return ErasureOutlook(objections_to_erasure(actor, person_id), (_file(), *remains_of(actor, person_id)))


def objections_to_erasure(actor: Actor, person_id: int) -> tuple[Text, ...]:
    """What has to be settled first: colleagues who are entrusted too, and what other rooms say."""
    return (*_others(actor, person_id), *objections_of(actor, person_id))


def _others(actor: Actor, person_id: int) -> Iterator[Text]:
    """Whoever else is entrusted has work with the person that the actor may not see."""
    running = Care.objects.in_force().filter(person=person_id).exclude(account=actor.account_id)
    for name in sorted(names_of(running.values_list("account", flat=True)).values()):
        yield _("%(name)s is entrusted with the person too. Settle it first.") % {"name": name}


def _file() -> Remains:
    return Remains(
        heading=_("File of the person"),
        goes=(
            _("Every name in every script, with all by which the person is found"),
            _("Birth, nationalities, languages, address, telephone, e-mail, arrival"),
            _("Household, residence history, documents with their numbers"),
            _("The person’s key: whatever it sealed is unreadable from then on, in backups too"),
        ),
        stays=(
            Kept(
                _("An empty row with its number, and why it was erased"),
                _("so that statistics and proof keep referring to something"),
            ),
            Kept(
                _("Who was entrusted with the file from when to when, and the log of who read it"),
                _("proof towards the person and the supervisory authority; it holds no fact about the person"),
            ),
        ),
    )

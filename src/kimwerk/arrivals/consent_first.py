"""Whoever came by a registration list is counselled only with a consent."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from kimwerk.access.actors import Actor
from kimwerk.arrivals.models import CareTaken
from kimwerk.consent.selectors import grants_in_force
from kimwerk.kernel.figures import Text


def consent_comes_first(actor: Actor, person_id: int) -> Iterator[Text]:
    """What speaks against a case of somebody from a list who has not consented to anything yet."""
    if CareTaken.objects.of_person(person_id).exists() and not grants_in_force(actor, person_id):
        yield _("This person came by a registration list. Write down their consent first, then open the case.")

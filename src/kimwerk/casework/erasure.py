"""What of casework speaks against erasing a person."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from kimwerk.access.actors import Actor
from kimwerk.casework.models import Case
from kimwerk.kernel.figures import Text


def open_cases(actor: Actor, person_id: int) -> Iterator[Text]:
    """Cases that are not closed. A colleague's case is known by the colleague's care for the person."""
    for case in Case.objects.visible_to(actor).of_person(person_id).not_closed():
        yield _("Case %(number)s is open. Close it first.") % {"number": case.number}

"""What of casework speaks against erasing a person, and what becomes of their cases."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kimwerk.access.actors import Actor
from kimwerk.casework.models import Case
from kimwerk.kernel.figures import Text
from kimwerk.persons.erasures import Kept, Remains


def open_cases(actor: Actor, person_id: int) -> Iterator[Text]:
    """Cases that are not closed. A colleague's case is known by the colleague's care for the person."""
    for case in Case.objects.visible_to(actor).of_person(person_id).not_closed():
        yield _("Case %(number)s is open. Close it first.") % {"number": case.number}


def cases_remain(actor: Actor, person_id: int) -> Remains | None:
    """The cases the actor sees: what was said is deleted, the frame counts on."""
    count = Case.objects.visible_to(actor).of_person(person_id).count()
    if not count:
        return None
    frames = ngettext(
        "The frame of %(count)s case: number, kind, municipality, days, reason of closing",
        "The frames of %(count)s cases: numbers, kinds, municipalities, days, reasons of closing",
        count,
    )
    return Remains(
        heading=_("Cases"),
        goes=(
            _("Assessments, goals, steps, notes, deadlines, checklists, agreements with their signatures"),
            _("Drafts, what referrals asked and were answered, questions and results of conferences about the person"),
        ),
        stays=(
            Kept(frames % {"count": count}, _("statistics of the programme; without a name, and nobody’s any more")),
            Kept(_("Entries of the diary"), _("they count the work and have never named anybody")),
        ),
    )

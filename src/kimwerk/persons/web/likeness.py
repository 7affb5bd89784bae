"""How a possible double is told on pages: how likely, and where to ask."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from kimwerk.directory.models import Municipality, Organisation
from kimwerk.persons.selectors.likeness import Likeness
from kimwerk.persons.services.duplicates import Elsewhere
from kimwerk.persons.types import Subject
from kimwerk.ui.components import Badge, Tone

CERTAIN_PERCENT = 99
"""More is never said: that two are one person is for people to decide."""


def likeness_badge(likeness: Likeness) -> Badge:
    """How likely two are one person, in percent."""
    percent = min(round(likeness.score * 100), CERTAIN_PERCENT)
    if likeness.is_almost_certain:
        return Badge(_("almost certain: %(percent)s %%") % {"percent": percent}, Tone.WARNING)
    return Badge(_("possible: %(percent)s %%") % {"percent": percent}, Tone.INFO)


def elsewhere_in_words(found: Sequence[Elsewhere], home: int) -> tuple[str, ...]:
    """Whom to ask, by name; of a person nothing is said."""
    return tuple(dict.fromkeys(places_in_words(found, home).values()))


def places_in_words(found: Sequence[Elsewhere], home: int) -> Mapping[Elsewhere, str]:
    """What each place is called. Two queries, for as many as there are."""
    organisations = Organisation.objects.in_bulk({each.organisation_id for each in found})
    places = Municipality.objects.in_bulk({each.municipality_id for each in found if each.municipality_id})
    told: dict[Elsewhere, str] = {}
    for each in found:
        place = places.get(each.municipality_id or 0)
        if each.subject is Subject.REGISTRATION and place:
            told[each] = _("the registration list of %(place)s") % {"place": place.name}
        elif each.organisation_id == home:
            told[each] = _("a colleague at your own organisation")
        else:
            told[each] = organisations[each.organisation_id].name
    return told

"""Two people correct one entry: the second sees both versions and chooses fact by fact."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from django.http import QueryDict

from kimwerk.activities.selectors.book import name_of
from kimwerk.activities.selectors.entries import facts_of
from kimwerk.activities.services.refusals import ActivityChangedMeanwhile
from kimwerk.activities.types import EntryField, Facts
from kimwerk.activities.web.forms import EntryForm
from kimwerk.activities.web.pages import Clash, ConflictPage
from kimwerk.activities.web.showing import spoken_facts
from kimwerk.activities.web.wording import FIELDS
from kimwerk.kernel import german

CHOICE = "choose-"
THEIRS = "theirs"
_NOT_KEPT = {"csrfmiddlewaretoken", "version"}


def conflict_page(clash: ActivityChangedMeanwhile, mine: Facts, form: EntryForm, sent: QueryDict) -> ConflictPage:
    """Both versions side by side, with everything that was sent kept for the next attempt."""
    theirs = facts_of(clash.current)
    kept = tuple(
        (name, value)
        for name, values in sent.lists()
        for value in values
        if name not in _NOT_KEPT and not name.startswith(CHOICE)
    )
    return ConflictPage(
        activity=clash.current,
        clashes=tuple(_clash(place, mine, theirs, form) for place in clash.differences),
        kept=kept,
        changed_by=name_of(form.book.staff, clash.current.changed_by_id),
    )


def settled(mine: Facts, theirs: Facts, sent: Mapping[str, object]) -> Facts:
    """One's own version, with those facts of the other's that were chosen on the page of conflict."""
    chosen = {
        column: getattr(theirs, column)
        for column in Facts.__dataclass_fields__
        if sent.get(CHOICE + column.removesuffix("_id")) == THEIRS
    }
    return replace(mine, **chosen)


def _clash(place: EntryField, mine: Facts, theirs: Facts, form: EntryForm) -> Clash:
    return Clash(
        name=CHOICE + place.value,
        label=FIELDS[place],
        mine=_spoken(place, mine, form),
        theirs=_spoken(place, theirs, form),
    )


def _spoken(place: EntryField, facts: Facts, form: EntryForm) -> str:
    if place is EntryField.DAY:
        return german.day(facts.day)
    if place is EntryField.LAST_DAY:
        return german.day(facts.last_day) if facts.last_day else ""
    return spoken_facts(facts, form.book).get(place, "")

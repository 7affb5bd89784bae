"""Two people correct one file: the second sees both versions and chooses fact by fact."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from django.http import QueryDict
from django.utils.translation import gettext as _

from kimwerk.accounts.selectors import names_of
from kimwerk.directory.models import Municipality
from kimwerk.kernel import german
from kimwerk.persons.reference import language_name
from kimwerk.persons.selectors.facts import facts_of, language_as_shown, nationality_names
from kimwerk.persons.services.refusals import PersonChangedMeanwhile
from kimwerk.persons.types import PersonFacts, PersonField
from kimwerk.persons.web.pages import Clash, ConflictPage
from kimwerk.persons.web.typed import country_text
from kimwerk.persons.web.wording import FIELDS
from kimwerk.persons.wording import CHANNELS, NAME_KINDS, SEXES

CHOICE = "choose-"
THEIRS = "theirs"
_NOT_KEPT = {"csrfmiddlewaretoken", "version"}


def kept_of(sent: QueryDict, *, without: str = "") -> tuple[tuple[str, str], ...]:
    """Everything that was sent, for the next attempt."""
    return tuple(
        (name, value)
        for name, values in sent.lists()
        for value in values
        if name not in _NOT_KEPT and not name.startswith(CHOICE) and name != without
    )


def conflict_page(clash: PersonChangedMeanwhile, mine: PersonFacts, sent: QueryDict) -> ConflictPage:
    """Both versions side by side."""
    theirs, changed_by = facts_of(clash.current), clash.current.changed_by_id
    return ConflictPage(
        person=clash.current,
        clashes=tuple(
            Clash(CHOICE + place.value, FIELDS[place], spoken(place, mine), spoken(place, theirs))
            for place in clash.differences
        ),
        kept=kept_of(sent),
        changed_by=names_of([changed_by]).get(changed_by, "") if changed_by else "",
    )


def settled(mine: PersonFacts, theirs: PersonFacts, sent: Mapping[str, object]) -> PersonFacts:
    """One's own version, with those facts of the other's that were chosen on the page of conflict."""
    chosen = {
        column: getattr(theirs, column)
        for column in PersonFacts.__dataclass_fields__
        if sent.get(CHOICE + column.removesuffix("_id")) == THEIRS
    }
    return replace(mine, **chosen)


def spoken(place: PersonField, facts: PersonFacts) -> str:
    """A fact in words."""
    if place in _SPOKEN:
        return _SPOKEN[place](facts)
    value: date | str | int | None = getattr(facts, place.value)
    if isinstance(value, date):
        return german.day(value)
    return "" if value is None else str(value)


def _names(facts: PersonFacts) -> str:
    return "; ".join(f"{NAME_KINDS[each.kind]}: {each.given} {each.family}" for each in facts.names)


def _municipality(facts: PersonFacts) -> str:
    return Municipality.objects.filter(pk=facts.municipality_id or 0).values_list("name", flat=True).first() or ""


def _interpreter(facts: PersonFacts) -> str:
    return language_name(facts.interpreter_language) if facts.interpreter_language else _("none needed")


_SPOKEN: Mapping[PersonField, Callable[[PersonFacts], str]] = {
    PersonField.NAMES: _names,
    PersonField.NATIONALITIES: lambda facts: nationality_names(facts.nationalities),
    PersonField.LANGUAGES: lambda facts: ", ".join(language_as_shown(each) for each in facts.languages),
    PersonField.MUNICIPALITY: _municipality,
    PersonField.INTERPRETER_LANGUAGE: _interpreter,
    PersonField.BIRTH_COUNTRY: lambda facts: country_text(facts.birth_country),
    PersonField.SEX: lambda facts: str(SEXES[facts.sex]),
    PersonField.PREFERRED_CHANNEL: lambda facts: (
        str(CHANNELS[facts.preferred_channel]) if facts.preferred_channel else ""
    ),
}

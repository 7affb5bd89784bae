"""What people type about a person in a line, and the way back: birth, nationalities, languages, aliases."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from difflib import get_close_matches
from functools import lru_cache

from django.forms import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from kimwerk.kernel import german
from kimwerk.kernel.names import text_key
from kimwerk.persons.reference import GERMAN, language_name, languages, nationalities
from kimwerk.persons.types import LanguageFacts, LanguageLevel, NameFacts, NameKind

SHORTEST_BEGINNING = 3
_YEAR = re.compile(r"\d{4}")
_LEVEL = re.compile(r"\s*\(?\b(A0|A1|A2|B1|B2|C1|C2)\b\)?\s*$", re.IGNORECASE)
_PARTS = re.compile(r"[,;\n/]")

Born = tuple[date | None, int | None]


def read_birth(text: str) -> Born:
    """ "07.03.1990" as a day, "1990" as a year, nothing as nothing. Raises ValidationError with what to do."""
    typed = text.strip()
    if not typed:
        return None, None
    if _YEAR.fullmatch(typed):
        return None, int(typed)
    try:
        return german.parse_day(typed, not_after=timezone.localdate()), None
    except german.DayError as error:
        raise ValidationError(said_of_day(error, typed)) from error


def said_of_day(error: german.DayError, typed: str) -> str:
    """Why a typed day is none."""
    if error.problem is german.DayProblem.NOT_IN_CALENDAR:
        return _("The calendar has no %(day)s. Check day and month; if only the year is certain, enter the year.") % {
            "day": typed
        }
    return _("Write the day as 07.03.1990, or only the year as 1990.")


def birth_text(birth_date: date | None, birth_year: int | None) -> str:
    """What `read_birth` reads."""
    return german.day(birth_date) if birth_date else str(birth_year or "")


def read_nationalities(text: str) -> tuple[str, ...]:
    """Keys of nationalities, by their name or that of the state, after commas. Raises ValidationError."""
    return tuple(dict.fromkeys(_key(part, _nationality_words()) for part in _split(text)))


def nationalities_text(keys: Iterable[str]) -> str:
    """What `read_nationalities` reads."""
    known = nationalities()
    return ", ".join(known[key].label for key in keys if key in known)


def read_country(text: str) -> str:
    """The key of one state, or nothing."""
    return _key(text, _nationality_words()) if text.strip() else ""


def country_text(key: str) -> str:
    """What `read_country` reads."""
    found = nationalities().get(key)
    return found.state if found else ""


def read_languages(text: str, *, is_mother_tongue: bool = False) -> tuple[LanguageFacts, ...]:
    """Languages after commas, each with its level if one is given: "Russisch, Englisch B1"."""
    found: dict[str, LanguageFacts] = {}
    for part in _split(text):
        level = _LEVEL.search(part)
        key = _key(_LEVEL.sub("", part), _language_words())
        found[key] = LanguageFacts(key, LanguageLevel(level[1].upper()) if level else None, is_mother_tongue)
    return tuple(found.values())


def read_language(text: str) -> str:
    """The key of one language, or nothing."""
    return _key(text, _language_words()) if text.strip() else ""


def languages_text(spoken: Iterable[LanguageFacts]) -> str:
    """What `read_languages` reads."""
    return ", ".join(f"{language_name(each.key)}{f' ({each.level.value})' if each.level else ''}" for each in spoken)


def without_german(spoken: Iterable[LanguageFacts]) -> tuple[LanguageFacts, ...]:
    """The further languages: neither mother tongues nor German, which has a field of its own."""
    return tuple(each for each in spoken if not each.is_mother_tongue and each.key != GERMAN)


def read_aliases(text: str) -> tuple[NameFacts, ...]:
    """One alias a line: "family name, given names", or one name alone."""
    pairs = (line.partition(",") for line in text.splitlines() if line.strip())
    return tuple(NameFacts(NameKind.ALIAS, family.strip(), given.strip()) for family, _comma, given in pairs)


def aliases_text(names: Iterable[NameFacts]) -> str:
    """What `read_aliases` reads."""
    return "\n".join(", ".join(filter(None, (each.family, each.given))) for each in names)


def _split(text: str) -> list[str]:
    return [part.strip() for part in _PARTS.split(text) if part.strip()]


def _key(text: str, words: Mapping[str, str]) -> str:
    """The key of a word of the list, whole or by a beginning that only one has. Raises ValidationError."""
    typed = text_key(text)
    if typed in words:
        return words[typed]
    begun = (
        {key for word, key in words.items() if word.startswith(typed)} if len(typed) >= SHORTEST_BEGINNING else set()
    )
    if len(begun) == 1:
        return begun.pop()
    closest = get_close_matches(typed, words, n=1)
    if closest:
        raise ValidationError(
            _("The list does not have “%(word)s”. Did you mean “%(closest)s”?")
            % {"word": text.strip(), "closest": _as_listed(words[closest[0]])}
        )
    raise ValidationError(_("The list does not have “%(word)s”. Check the spelling.") % {"word": text.strip()})


def _as_listed(key: str) -> str:
    return nationalities()[key].state if key in nationalities() else language_name(key)


@lru_cache(maxsize=1)
def _nationality_words() -> Mapping[str, str]:
    """States come last, so that a present state's words win over a former one's."""
    known = sorted(nationalities().values(), key=lambda each: each.until is None)
    return {
        text_key(word): each.key for each in known for word in (each.iso2, each.state, each.label) if text_key(word)
    }


@lru_cache(maxsize=1)
def _language_words() -> Mapping[str, str]:
    known = languages().values()
    also = {text_key(word): each.key for each in known for word in _split(each.also.partition("(")[0])}
    return {word: key for word, key in also.items() if word} | {text_key(each.label): each.key for each in known}

"""Keeps people out of the diary: text that looks like somebody's name, address or birthday is refused."""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum

from kimwerk.activities.days import full_year

YEARS_TO_A_BIRTHDAY = 10
"""A day at least so many years ago is rather a birthday than the day of something done."""


class PersonalTrait(StrEnum):
    """What in a text points to a person."""

    E_MAIL = "e_mail"
    TELEPHONE = "telephone"
    BIRTHDAY = "birthday"
    NAME = "name"


_E_MAIL = re.compile(r"[\w.+-]+\s?(?:@|\(at\)|\[at\])\s?[\w-]+\.\w{2,}", re.IGNORECASE)
_DAY = re.compile(r"(?<!\d)(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d{2})(?!\d)")
_ISO_DAY = re.compile(r"(?<!\d)(\d{4})-\d{2}-\d{2}(?!\d)")
_BORN = re.compile(
    r"(?<!\w)(?:geb(?:\.|oren|urtsdatum|urtstag)?|jg\.?|jahrgang|\*)\s*(?:am)?\s*:?\s*(?:\d{1,2}\.|\d{4})",
    re.IGNORECASE,
)
_TELEPHONE = re.compile(
    r"(?<![\w-])(?:\+\d{1,3}|00\d{2}|0\d{1,5})[\s/().-]*\d(?:[\s/().-]*\d){5,}(?![\w-])|(?<!\w)tel(?:efon)?\.?:?\s*\d{5,}",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?<!\w)(?:Herrn?|Frau|Hr\.|Fr\.|Familie|Fam\.)\s+[A-ZÄÖÜ][a-zäöüß]")


_SUSPECT = re.compile(r"[\d@]|[(\[]at|Herr|Frau|Hr\.|Fr\.|Fam", re.IGNORECASE)
"""Without one of these no pattern can match; most texts are let through by this one search."""


def personal_trait(text: str, today: date) -> PersonalTrait | None:
    """What in a text looks like personal data, or None. It finds patterns; a bare name it cannot know."""
    if not _SUSPECT.search(text):
        return None
    if _E_MAIL.search(text):
        return PersonalTrait.E_MAIL
    if _BORN.search(text) or _has_old_day(text, today):
        return PersonalTrait.BIRTHDAY
    if _TELEPHONE.search(_DAY.sub(" ", text)):
        return PersonalTrait.TELEPHONE
    return PersonalTrait.NAME if _NAME.search(text) else None


def _has_old_day(text: str, today: date) -> bool:
    years = [full_year(found[3]) for found in _DAY.finditer(text)]
    years += [int(found[1]) for found in _ISO_DAY.finditer(text)]
    return any(1900 <= year <= today.year - YEARS_TO_A_BIRTHDAY for year in years)

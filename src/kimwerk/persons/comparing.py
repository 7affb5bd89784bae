"""How alike a person is to one who is about to be registered, with the reasons one can check by eye.

Plain and explainable: each reason has a weight, and the sum decides. `Likeness` is all that pages
and selectors see, so that another way of comparing can stand behind `likeness`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kimwerk.persons.tokens import beginnings_of, sounds_of, words_of
from kimwerk.persons.types import PersonFacts

LIKELY = 60
"""From this sum on a person is shown before another file is opened."""


class Reason(StrEnum):
    """Why two could be one."""

    SAME_NAME = "same_name"
    SWAPPED_NAME = "swapped_name"  # family and given name the other way round
    SPELT_ALIKE = "spelt_alike"  # another spelling or script, but the same sound
    SAME_FAMILY_NAME = "same_family_name"
    SAME_GIVEN_NAME = "same_given_name"
    SAME_BIRTH_DATE = "same_birth_date"
    SWAPPED_BIRTH_DATE = "swapped_birth_date"  # day and month the other way round
    SAME_BIRTH_YEAR = "same_birth_year"
    FIRST_OF_JANUARY = "first_of_january"  # the day that stands for an unknown one
    SAME_PHONE = "same_phone"
    SAME_EMAIL = "same_email"
    OTHER_BIRTH = "other_birth"
    OTHER_SEX = "other_sex"


WEIGHTS = {
    Reason.SAME_NAME: 60,
    Reason.SWAPPED_NAME: 55,
    Reason.SPELT_ALIKE: 45,
    Reason.SAME_FAMILY_NAME: 20,
    Reason.SAME_GIVEN_NAME: 15,
    Reason.SAME_BIRTH_DATE: 40,
    Reason.SWAPPED_BIRTH_DATE: 30,
    Reason.SAME_BIRTH_YEAR: 15,
    Reason.FIRST_OF_JANUARY: 12,
    Reason.SAME_PHONE: 35,
    Reason.SAME_EMAIL: 40,
    Reason.OTHER_BIRTH: -40,
    Reason.OTHER_SEX: -15,
}


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two are (0 to 100 and a little), and why."""

    score: int
    reasons: tuple[Reason, ...]

    @property
    def is_likely(self) -> bool:
        """Whether somebody should look before opening another file."""
        return self.score >= LIKELY


def likeness(new: PersonFacts, known: PersonFacts) -> Likeness:
    """Compare what is to be registered with what a file says."""
    reasons = (*_by_name(new, known), *_by_birth(new, known), *_by_reach(new, known))
    if {new.sex.value, known.sex.value} == {"male", "female"}:
        reasons = (*reasons, Reason.OTHER_SEX)
    return Likeness(max(sum(WEIGHTS[reason] for reason in reasons), 0), reasons)


def _by_name(new: PersonFacts, known: PersonFacts) -> tuple[Reason, ...]:
    families, givens = _words(new, is_family=True), _words(new, is_family=False)
    their_families, their_givens = _words(known, is_family=True), _words(known, is_family=False)
    if families & their_families and (givens & their_givens or not (givens or their_givens)):
        return (Reason.SAME_NAME,)
    if families & their_givens and givens & their_families:
        return (Reason.SWAPPED_NAME,)
    sounds_meet = _sounds(families) & _sounds(their_families) and _sounds(givens) & _sounds(their_givens)
    if sounds_meet:
        return (Reason.SPELT_ALIKE,)
    if families & their_families:
        return (Reason.SAME_FAMILY_NAME,)
    return (Reason.SAME_GIVEN_NAME,) if givens & their_givens else ()


def _words(facts: PersonFacts, *, is_family: bool) -> frozenset[str]:
    """All words of the family or given names in every spelling, Latin forms of other scripts among them."""
    main = f"{facts.prefix} {facts.family_name}" if is_family else facts.given_names
    texts = [main, *(each.family if is_family else each.given for each in facts.names)]
    return frozenset(form for text in texts for word in words_of(text) for form in beginnings_of(word))


def _sounds(words: Iterable[str]) -> set[str]:
    return {code for word in words for code in sounds_of(word)}


def _by_birth(new: PersonFacts, known: PersonFacts) -> tuple[Reason, ...]:
    ours, theirs = new.birth_date, known.birth_date
    if ours and theirs and ours == theirs:
        return (Reason.SAME_BIRTH_DATE,)
    years = {each for each in (_year(new), _year(known)) if each}
    if not (_year(new) and _year(known)):
        return ()
    if len(years) > 1:
        return (Reason.OTHER_BIRTH,)
    if not (ours and theirs):
        return (Reason.SAME_BIRTH_YEAR,)
    if (ours.day, ours.month) == (theirs.month, theirs.day):
        return (Reason.SWAPPED_BIRTH_DATE,)
    return (Reason.FIRST_OF_JANUARY,) if _stands_for_unknown(ours) or _stands_for_unknown(theirs) else ()


def _year(facts: PersonFacts) -> int | None:
    return facts.birth_date.year if facts.birth_date else facts.birth_year


def _stands_for_unknown(day: date) -> bool:
    return (day.day, day.month) == (1, 1)


def _by_reach(new: PersonFacts, known: PersonFacts) -> tuple[Reason, ...]:
    reasons = []
    if _digits(new.phone) and _digits(new.phone) == _digits(known.phone):
        reasons.append(Reason.SAME_PHONE)
    if new.email and new.email.casefold() == known.email.casefold():
        reasons.append(Reason.SAME_EMAIL)
    return tuple(reasons)


def _digits(phone: str) -> str:
    """The number without its country, so that +49 170 and 0170 are one."""
    digits = "".join(sign for sign in phone if sign.isdecimal())
    for start in ("0049", "49") if phone.strip().startswith(("+", "00")) else ("0",):
        if digits.startswith(start):
            return digits.removeprefix(start).lstrip("0")
    return digits

"""How two registrations agree, as kinds that have a name."""

from __future__ import annotations

from enum import IntEnum

from rapidfuzz.distance import OSA, JaroWinkler

from kimwerk.persons.matching.sounds import cognates, readings, skeletons, words


class Name(IntEnum):
    """How two names agree, from nothing to everything."""

    MISSING = 0
    DIFFERENT = 1
    FAINT = 2
    SIMILAR = 3
    CONSONANTS = 4
    SLIP = 5
    COGNATE = 6
    SOUND = 7
    WORD = 8
    EQUAL = 9


class Born(IntEnum):
    """How two birth dates agree."""

    MISSING = 0
    DIFFERENT = 1
    SAME_DAY = 2
    SAME_YEAR = 3
    ONE_DIGIT = 4
    NEW_YEAR = 5
    SWAPPED = 6
    BOTH_NEW_YEAR = 7
    EQUAL = 8


class Fact(IntEnum):
    """How sex or municipality agree."""

    MISSING = 0
    DIFFERENT = 1
    EQUAL = 2


SIMILAR, FAINT = 0.84, 0.7
"""Jaro-Winkler similarities of what is heard, from which two names are similar, or faintly so."""


def compare_names(one: str, other: str) -> Name:
    """The best agreement of a word of one name with a word of the other; symmetric."""
    mine, theirs = words(one), words(other)
    if not mine or not theirs:
        return Name.MISSING
    if mine == theirs:
        return Name.EQUAL
    if not set(mine).isdisjoint(theirs):
        return Name.WORD
    best = max(_compare_words(word, their) for word in mine for their in theirs)
    if best < Name.SLIP and len(mine) + len(theirs) > 2:
        best = max(best, _compare_words("".join(mine), "".join(theirs)))
    return best


def _compare_words(one: str, other: str) -> Name:
    heard, also_heard = readings(one), readings(other)
    if not set(heard).isdisjoint(also_heard):
        return Name.SOUND
    if not cognates(one).isdisjoint(cognates(other)):
        return Name.COGNATE
    if _is_slip(one, other) or _is_slip(heard[0], also_heard[0]):
        return Name.SLIP
    if not set(skeletons(one)).isdisjoint(skeletons(other)):
        return Name.CONSONANTS
    likeness = max(JaroWinkler.similarity(mine, their) for mine in heard[:2] for their in also_heard[:2])
    return Name.SIMILAR if likeness >= SIMILAR else Name.FAINT if likeness >= FAINT else Name.DIFFERENT


def _is_slip(one: str, other: str) -> bool:
    """One letter wrong, missing, doubled or exchanged with its neighbour, in a word long enough to tell."""
    return min(len(one), len(other)) > 3 and OSA.distance(one, other, score_cutoff=1) <= 1

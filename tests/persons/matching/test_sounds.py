from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kimwerk.persons.matching.comparing import Name, compare_names
from kimwerk.persons.matching.sounds import cognates, readings, skeletons, words

STANDARDS = Path(__file__).parent / "standards.csv"


def spellings() -> list[tuple[str, str, str]]:
    """Every name of the table, its original spelling and one of its romanisations."""
    with STANDARDS.open(encoding="utf-8", newline="") as lines:
        return [
            (row["original"], standard, row[standard])
            for row in csv.DictReader(lines)
            for standard in row
            if standard != "original" and row[standard]
        ]


@pytest.mark.parametrize(("original", "standard", "spelled"), spellings())
def test_a_name_is_heard_the_same_in_every_published_romanisation(original: str, standard: str, spelled: str) -> None:
    (word,), (romanised,) = words(original), words(spelled)
    assert set(readings(word)) & set(readings(romanised)), (readings(word), readings(romanised))


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("Olena", "Elena", Name.COGNATE),
        ("Володимир", "Wladimir", Name.COGNATE),
        ("Muhammad", "Mehmet", Name.COGNATE),
        ("Othman", "Osman", Name.SOUND),
        ("Käthe", "Kaethe", Name.SOUND),
        ("Müller", "Muller", Name.EQUAL),
        ("Al-Saleh", "Saleh", Name.EQUAL),
        ("Oksana Denysivna", "Oksana", Name.WORD),
        ("Svitlana", "Svitlaana", Name.SOUND),
        ("Tarnovskyi", "Tarnovslyi", Name.SLIP),
        ("Petro", "Halyna", Name.DIFFERENT),
        ("", "Roman", Name.MISSING),
        ("42", "Roman", Name.MISSING),
    ],
)
def test_names_agree_in_kinds(one: str, other: str, kind: Name) -> None:
    assert compare_names(one, other) is kind


@given(st.text(), st.text())
def test_names_of_any_characters_compare_the_same_in_both_directions(one: str, other: str) -> None:
    assert compare_names(one, other) is compare_names(other, one)


@given(st.text(min_size=1))
def test_any_text_has_words_with_readings(name: str) -> None:
    for word in words(name):
        assert readings(word)
        assert skeletons(word)
        assert isinstance(cognates(word), frozenset)

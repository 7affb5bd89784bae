"""Breaking labels."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kimwerk.reporting.charts.text import width_of, wrap, wrap_words

texts = st.text(st.characters(categories=["L", "N", "P", "Zs"]), max_size=60)


@given(texts, st.floats(20, 400), st.booleans())
def test_no_line_is_wider_than_its_room(text: str, room: float, is_bold: bool) -> None:
    for line in wrap(text, room, 14, is_bold=is_bold):
        assert len(line) == 1 or width_of(line, 14, is_bold=is_bold) <= room


@given(texts, st.floats(20, 400))
def test_nothing_is_left_out(text: str, room: float) -> None:
    given_letters = "".join(text.split()).replace("-", "")
    assert "".join("".join(line.split()) for line in wrap(text, room, 14)).replace("-", "") == given_letters


@given(texts, st.floats(1, 400))
def test_whole_words_stay_whole(text: str, room: float) -> None:
    assert " ".join(wrap_words(text, room, 14)).split() == text.split()


@pytest.mark.parametrize(
    ("word", "room", "lines"),
    [
        ("Migrantenselbstorganisationen", 150, ("Migrantenselbst-", "organisationen")),
        ("Informationsveranstaltung", 130, ("Informations-", "veranstaltung")),
        ("Neunkirchen-Seelscheid", 100, ("Neunkirchen-", "Seelscheid")),
        ("Träger/Kommune", 80, ("Träger/", "Kommune")),
        ("Flüchtlingssprechstunde", 120, ("Flüchtlings-", "sprechstunde")),
        ("Ausländer", 60, ("Auslän-", "der")),
    ],
)
def test_long_german_words_are_divided_where_they_can_be_read(word: str, room: float, lines: tuple[str, ...]) -> None:
    assert wrap(word, room, 14) == lines


@pytest.mark.parametrize("room", range(40, 140, 5))
def test_letters_of_one_sound_stay_together(room: int) -> None:
    lines = wrap("Flüchtlingssprechstunde", room, 14)
    for before, after in pairwise(lines):
        assert (before[-2], after[0]) not in {("s", "c"), ("c", "h"), ("s", "p"), ("s", "t")}

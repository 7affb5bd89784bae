"""The texts of a report: paragraphs and lists, and nothing that could become anything else."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kimwerk.reporting.document import BulletList, Paragraph
from kimwerk.reporting.markup import blocks_of, clean


def test_a_blank_line_ends_a_paragraph() -> None:
    assert blocks_of("Eins\nund weiter.\n\n  \nZwei.") == (Paragraph("Eins und weiter."), Paragraph("Zwei."))


def test_lines_with_a_dash_become_a_list_and_following_lines_go_on() -> None:
    assert blocks_of("Dabei:\n- Modul 1\n- Modul 2,\n  Case Management\n\nEnde.") == (
        Paragraph("Dabei:"),
        BulletList(("Modul 1", "Modul 2, Case Management")),
        Paragraph("Ende."),
    )


@pytest.mark.parametrize(
    "text", ["-ohne Blank", "-", "- ", "2022-04-21", "– ein Gedankenstrich", "# kein Titel", "<b>x</b>"]
)
def test_anything_else_is_a_paragraph_as_it_was_typed(text: str) -> None:
    assert blocks_of(text) == (Paragraph(text.strip()),)


def test_an_empty_text_has_no_blocks() -> None:
    assert blocks_of(" \n\r\n\t") == ()


def test_letters_that_turn_the_writing_or_do_not_print_are_taken_out() -> None:
    assert clean("a\u202eb\x00c\u0007d\ud800e\r\nf\tg  ") == "abcde\nf g"


@given(st.text(alphabet=st.characters(), max_size=200))
def test_no_visible_letter_is_lost_and_none_is_added(text: str) -> None:
    blocks = blocks_of(text)
    shown = "".join(
        item for block in blocks for item in (block.items if isinstance(block, BulletList) else [block.text])
    )
    letters = [letter for letter in shown if letter.isalnum()]
    assert letters == [letter for letter in clean(text) if letter.isalnum()]
    assert not any(unicodedata.category(letter) in {"Cc", "Cs"} for letter in shown)


@given(st.text(max_size=200))
def test_cleaning_a_clean_text_changes_nothing(text: str) -> None:
    assert clean(clean(text)) == clean(text)

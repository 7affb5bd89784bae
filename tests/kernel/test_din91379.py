"""The lists of DIN 91379 as they are shipped."""

from __future__ import annotations

import re
from unicodedata import normalize

import pytest

from kimwerk.kernel.din91379 import NON_LETTERS, SEARCH_FORMS


def test_all_letters_and_sequences_of_version_1_3_are_there() -> None:
    assert len(SEARCH_FORMS) == 649
    assert sum(len(letter) > 1 for letter in SEARCH_FORMS) == 149
    assert len(NON_LETTERS) == 18


def test_every_letter_is_composed_and_has_a_search_form_of_capitals() -> None:
    for letter, form in SEARCH_FORMS.items():
        assert normalize("NFC", letter) == letter
        assert re.fullmatch("[A-Z]{1,2}", form)


def test_names_take_neither_digits_nor_white_space_but_the_blank() -> None:
    assert not any(char.isdigit() for char in NON_LETTERS)
    assert [char for char in NON_LETTERS if char.isspace()] == [" "]


@pytest.mark.parametrize(
    ("letter", "form"), [("Å", "AA"), ("ø", "OE"), ("þ", "TH"), ("ı", "I"), ("K͟h", "KH"), ("Ạ̈", "AE")]
)
def test_search_forms_are_those_of_the_list(letter: str, form: str) -> None:
    assert SEARCH_FORMS[normalize("NFC", letter)] == form

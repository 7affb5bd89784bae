"""Names of persons: letters, searching, order."""

from __future__ import annotations

from copy import deepcopy
from unicodedata import category, normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kimwerk.kernel.din91379 import NON_LETTERS, SEARCH_FORMS
from kimwerk.kernel.names import (
    NameField,
    NameProblem,
    PersonName,
    PersonNameError,
    is_accepted,
    search_form,
    sort_key,
    text_key,
    tidy,
    unaccepted,
)

letters = st.sampled_from(sorted(SEARCH_FORMS))
units = st.sampled_from(sorted({*SEARCH_FORMS, *NON_LETTERS}))
words = st.lists(letters, min_size=1, max_size=8).map("".join)
anything = st.text(max_size=30)


@pytest.mark.parametrize(
    "name",
    [
        "Frieda Beispiel-Muster",
        "Çağrı Işık",
        "Nguyễn Thị Ánh",
        "O\u2019Beispiel",
        "ʿAbd ar-Raḥmān",
        "K͟hān",
        "C̨̆eispiel",
        "Ạ̈rzte",
        "Mu\u0308ller",
        "",
    ],
)
def test_names_of_latin_letters_are_accepted(name: str) -> None:
    assert is_accepted(name)
    assert unaccepted(name) == ()


@pytest.mark.parametrize(
    ("name", "characters"),
    [
        ("Ольга", ("О", "л", "ь", "г", "а")),
        ("Beispiel 2", ("2",)),
        ("q\u0303ra", ("q\u0303",)),
        ("K\u035fan", ("K\u035f",)),
        ("a\u0301\u0323\u0301", ("\u1ea1\u0301\u0301",)),
        ("\ufb01nn", ("\ufb01",)),
        ("Bei@spiel@", ("@",)),
    ],
)
def test_what_is_not_in_the_list_is_shown_once_with_its_marks(name: str, characters: tuple[str, ...]) -> None:
    assert unaccepted(name) == characters
    assert not is_accepted(name)


@pytest.mark.parametrize(
    ("name", "characters"),
    [
        ("Bei\u202espiel", ("U+202E RIGHT-TO-LEFT OVERRIDE",)),
        ("Bei\u2067spiel\u2069", ("U+2067 RIGHT-TO-LEFT ISOLATE", "U+2069 POP DIRECTIONAL ISOLATE")),
        ("Bei\u200bspiel", ("U+200B ZERO WIDTH SPACE",)),
        ("Bei\u00adspiel", ("U+00AD SOFT HYPHEN",)),
        ("\ufeffBeispiel", ("U+FEFF ZERO WIDTH NO-BREAK SPACE",)),
        ("Frieda\u00a0Beispiel", ("U+00A0 NO-BREAK SPACE",)),
        ("Bei\u034fspiel\ufe0f", ("U+034F COMBINING GRAPHEME JOINER", "U+FE0F VARIATION SELECTOR-16")),
        ("Bei\u3164spiel", ("U+3164 HANGUL FILLER",)),
        ("Bei\tspiel\x00", ("U+0009", "U+0000")),
        ("\u0303Beispiel", ("U+0303 COMBINING TILDE",)),
        ("Frieda \u0303\u0301", ("U+0303 COMBINING TILDE, U+0301 COMBINING ACUTE ACCENT",)),
        ("Bei\ud800spiel", ("U+D800",)),
    ],
)
def test_what_cannot_be_seen_is_named(name: str, characters: tuple[str, ...]) -> None:
    assert unaccepted(name) == characters


@given(st.lists(units).map("".join))
def test_any_text_of_listed_letters_and_signs_is_accepted(text: str) -> None:
    assert is_accepted(text)
    assert is_accepted(normalize("NFD", text))


@given(anything)
def test_no_unaccepted_character_is_itself_accepted(text: str) -> None:
    found = unaccepted(text)
    assert len(set(found)) == len(found)
    for shown in found:
        assert shown.startswith("U+") or not is_accepted(shown)


@given(st.lists(units), st.sampled_from("0Жא\u202e\u200d@ǅ"), st.lists(units))
def test_one_wrong_character_is_found_wherever_it_stands(before: list[str], wrong: str, after: list[str]) -> None:
    assert len(unaccepted("".join([*before, wrong, *after]))) == 1


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("Müller-Łukaš", "MUELLER LUKAS"),
        ("  Groß   Straße ", "GROSS STRASSE"),
        ("Åse Øvergård", "AASE OEVERGAARD"),
        ("Þór", "THOR"),
        ("ʿAbd ar-Raḥmān", "ABD AR RAHMAN"),
        ("O\u2019Beispiel", "O BEISPIEL"),
        ("K͟hān", "KHAN"),
        ("Ạ̈rzte", "AERZTE"),
        ("Mu\u0308ller", "MUELLER"),
        ("İbrahim Işık", "IBRAHIM ISIK"),
        ("q\u0303ra", "QRA"),
        ("Bei\u200bspiel", "BEISPIEL"),
        ("Beispiel 2", "BEISPIEL"),
        ("\ufb01nn", "FINN"),
        ("Ольга", "ОЛЬГА"),
        ("…", ""),
    ],
)
def test_the_search_form_is_that_of_the_list(text: str, form: str) -> None:
    assert search_form(text) == form


@given(st.lists(letters))
def test_the_search_form_of_a_word_is_that_of_its_letters(word: list[str]) -> None:
    assert search_form("".join(word)) == "".join(SEARCH_FORMS[letter] for letter in word)


@given(st.lists(letters))
def test_the_sort_key_of_a_word_is_that_of_its_letters(word: list[str]) -> None:
    key = sort_key("".join(word))
    assert key == "".join(sort_key(letter) for letter in word)
    assert key.isascii()
    assert key == key.lower()


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Müller", "mueller"),
        ("Weiß", "weiss"),
        ("WEIẞ", "weiss"),
        ("Øvergård", "overgard"),
        ("Ǻse", "ase"),
        ("Æsop Œuvre", "aesop oeuvre"),
        ("Ǖ", "ue"),
        ("Ë", "e"),
        ("Łukasz Đorđević", "lukasz dordevic"),
        ("Işık İnci", "isik inci"),
        ("O\u2019Neill", "oneill"),
        ("Müller-Lüdenscheidt", "mueller luedenscheidt"),
        ("Ạ̈rzte", "aerzte"),
        ("Gruppe 12", "gruppe 12"),
        ("Ольга", "ольга"),
    ],
)
def test_the_sort_key_follows_din_5007_2(text: str, key: str) -> None:
    assert sort_key(text) == key


def test_names_sort_like_a_telephone_book() -> None:
    register = ["Mader", "Mäder", "Maeder", "Maffei", "Möller", "Mohr", "Mueller", "Muff"]
    assert sorted(register, key=sort_key) == register


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Köln-Mülheim", "KOELN  MUELHEIM"),
        ("Weiß", "weiss"),
        ("Café", "cafe"),
        ("Sankt Augustin", "sankt-augustin,"),
        ("Jobcenter „Mitte\u201c", "jobcenter mitte"),
        ("Haus\u00a07", "Haus 7"),
    ],
)
def test_the_text_key_forgives_case_umlauts_marks_and_punctuation(one: str, other: str) -> None:
    assert text_key(one) == text_key(other)


def test_the_text_key_does_not_spell_out_abbreviations() -> None:
    assert text_key("Sankt Augustin") != text_key("St. Augustin")
    assert text_key("O'Neill") == "o neill"
    assert text_key("Haus 7") != text_key("Haus 8")


@given(anything)
def test_folding_twice_changes_nothing(text: str) -> None:
    for fold in (search_form, sort_key, text_key, tidy):
        assert fold(fold(text)) == fold(text)


@given(anything)
def test_folded_text_has_single_blanks_and_neither_marks_nor_controls(text: str) -> None:
    for fold in (search_form, sort_key, text_key):
        folded = fold(text)
        assert folded == " ".join(folded.split())
        assert not any(category(char) in {"Cc", "Cf", "Cn", "Mn", "Me", "Zl", "Zp"} for char in folded)


@given(anything)
def test_composed_and_decomposed_text_is_the_same(text: str) -> None:
    decomposed = normalize("NFD", text)
    assert search_form(decomposed) == search_form(text)
    assert sort_key(decomposed) == sort_key(text)
    assert unaccepted(decomposed) == unaccepted(text)


def test_a_name_is_shown_with_title_and_prefix() -> None:
    assert PersonName("Beispiel", "Frieda", "Dr.", "von").display == "Dr. Frieda von Beispiel"
    assert PersonName("Beispiel", "Karim", prefix="al-").display == "Karim al-Beispiel"
    assert PersonName("Beispiel", "Anne", prefix="d\u2019").display == "Anne d\u2019Beispiel"
    assert PersonName("Beispiel", "").display == "Beispiel"


def test_a_name_is_searched_without_its_title() -> None:
    assert PersonName("Beispiel", "Frieda", "Dr.", "von").search_form == "VON BEISPIEL FRIEDA"


def test_names_stand_by_family_name_then_given_name_then_prefix() -> None:
    register = [
        PersonName("Beispiel", "Anna"),
        PersonName("Beispiel", "Zoë"),
        PersonName("Beispiel", "Zoë", prefix="von"),
        PersonName("Beispiel Muster", "Anna"),
        PersonName("Beispieler", "Anna", "Dr."),
    ]
    assert sorted(register, key=lambda name: name.sort_key) == register


def test_a_name_is_kept_composed_and_with_single_blanks() -> None:
    name = PersonName("  Mu\u0308ller ", "Anna\u00a0\tMaria")
    assert (name.family, name.given) == ("Müller", "Anna Maria")
    assert name == PersonName("Müller", "Anna Maria")
    assert deepcopy(name) == name


@pytest.mark.parametrize("field", NameField)
def test_an_error_names_the_field_and_the_characters_but_not_the_name(field: NameField) -> None:
    parts = {"family": "Beispiel", "given": "Frieda"} | {field.value: "Geheim\u202e7"}
    with pytest.raises(PersonNameError) as caught:
        PersonName(**parts)
    assert caught.value.problem is NameProblem.UNACCEPTED
    assert caught.value.field is field
    assert caught.value.characters == ("U+202E RIGHT-TO-LEFT OVERRIDE", "7")
    assert "Geheim" not in str(caught.value)


@pytest.mark.parametrize(("family", "given"), [("", ""), (" ", "\t"), ("-", "'")])
def test_a_name_without_letters_is_empty(family: str, given: str) -> None:
    with pytest.raises(PersonNameError) as caught:
        PersonName(family, given, title="Dr.", prefix="von")
    assert (caught.value.problem, caught.value.field) == (NameProblem.EMPTY, NameField.FAMILY)


@given(words, words)
def test_the_order_of_names_is_that_of_family_names_first(one: str, other: str) -> None:
    first, second = PersonName(one, "Zoe"), PersonName(other, "Anna")
    if sort_key(one) < sort_key(other):
        assert first.sort_key < second.sort_key
    if sort_key(one) == sort_key(other):
        assert second.sort_key < first.sort_key


@given(words, words)
def test_every_part_of_a_name_is_found_in_its_search_form(family: str, given_name: str) -> None:
    found = PersonName(family, given_name).search_form.split()
    assert search_form(family) in found
    assert search_form(given_name) in found

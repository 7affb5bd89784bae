"""Words are found as people write them, and never taken for something they only resemble."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kimwerk.activities.vocabulary import (
    MOST_CHOICES,
    Term,
    Terms,
    Vocabulary,
    municipality_words,
    person_words,
)


@pytest.mark.parametrize(
    "written",
    ["Königswinter", "königswinter", "Koenigswinter", "KÖNIGSWINTER, Stadt", "Stadt Königswinter", "königsw"],
)
def test_a_municipality_is_found_however_it_is_written(vocabulary: Vocabulary, written: str) -> None:
    found = vocabulary.municipalities.look_up(written)
    assert found.term is not None
    assert found.term.label == "Königswinter"


@pytest.mark.parametrize("written", ["Sankt Augustin", "St. Augustin", "St.Augustin", "st augustin"])
def test_a_saint_may_be_shortened(vocabulary: Vocabulary, written: str) -> None:
    found = vocabulary.municipalities.look_up(written)
    assert found.term is not None
    assert found.term.label == "Sankt Augustin"


@pytest.mark.parametrize(
    ("official", "also"),
    [
        ("Hennef (Sieg), Stadt", "Hennef"),
        ("Halle (Westf.), Stadt", "Halle Westfalen"),
        ("Stolberg (Rhld.), Kupferstadt", "Stolberg Rheinland"),
        ("Mülheim an der Ruhr, Stadt", "Mülheim a.d. Ruhr"),
        ("Mülheim an der Ruhr, Stadt", "Mülheim"),
        ("Monheim am Rhein, Stadt", "Monheim a. R."),
        ("Fröndenberg/Ruhr, Stadt", "Fröndenberg"),
        ("Erkrath, Fundort des Neanderthalers, Stadt", "Stadt Erkrath"),
        ("Brüggen, Burggemeinde", "Gemeinde Brüggen"),
        ("Windeck", "Gemeinde Windeck"),
    ],
)
def test_official_names_are_known_by_their_everyday_forms(official: str, also: str) -> None:
    terms = Terms([Term(1, official, municipality_words(official))])
    assert terms.exactly(also) is not None


def test_the_plain_name_comes_first() -> None:
    assert municipality_words("Hennef (Sieg), Stadt")[0] == "Hennef"


def test_an_ambiguous_beginning_reports_every_choice(vocabulary: Vocabulary) -> None:
    found = vocabulary.kinds.look_up("gespräche")
    assert found.term is None
    assert {term.label for term in found.choices} == {
        "Gespräche in den Kommunen",
        "Gespräche mit Migrantenselbstorganisationen",
    }


def test_a_whole_word_wins_over_a_longer_one_that_begins_alike(vocabulary: Vocabulary) -> None:
    found = vocabulary.kinds.look_up("Erstberatung")
    assert found.term is not None
    assert found.term.label == "Erstberatung"


def test_two_terms_of_one_name_are_both_reported() -> None:
    terms = Terms([Term(1, "Neunkirchen"), Term(2, "Neunkirchen")])
    assert [term.id for term in terms.look_up("neunkirchen").choices] == [1, 2]
    assert terms.exactly("neunkirchen") is None


def test_a_misspelt_word_is_suggested_but_not_taken(vocabulary: Vocabulary) -> None:
    found = vocabulary.municipalities.look_up("Sigburg")
    assert found.term is None
    assert [term.label for term in found.suggestions] == ["Siegburg"]


def test_a_word_unlike_all_others_gets_no_suggestion(vocabulary: Vocabulary) -> None:
    found = vocabulary.municipalities.look_up("Xylophon")
    assert (found.term, found.choices, found.suggestions) == (None, (), ())


def test_two_letters_are_not_taken_for_a_beginning(vocabulary: Vocabulary) -> None:
    assert vocabulary.municipalities.look_up("wi").term is None


def test_words_written_together_are_found(vocabulary: Vocabulary) -> None:
    found = vocabulary.channels.look_up("email")
    assert found.term is not None
    assert found.term.label == "E-Mail"


def test_a_beginning_that_fits_everything_offers_a_bounded_choice() -> None:
    terms = Terms(Term(number, f"Treffpunkt {number:03}") for number in range(100))
    assert len(terms.look_up("Treffpunkt").choices) == MOST_CHOICES


@pytest.mark.parametrize(
    "written", ["Frieda Beispiel", "Beispiel, Frieda", "F. Beispiel", "Frau Beispiel", "beispiel", "fb"]
)
def test_colleagues_are_found_by_every_usual_form(vocabulary: Vocabulary, written: str) -> None:
    found = vocabulary.staff.look_up(written)
    assert found.term is not None
    assert found.term.id == 91


def test_person_words_hold_no_word_twice() -> None:
    words = person_words("Frieda", "Beispiel")
    assert len(words) == len(set(words))


def test_nothing_is_found_for_nothing(vocabulary: Vocabulary) -> None:
    for nothing in ("", "  ", "...", "–"):
        found = vocabulary.kinds.look_up(nothing)
        assert (found.term, found.choices, found.suggestions) == (None, (), ())


@given(st.text(max_size=60))
def test_any_text_is_one_term_or_choices_or_suggestions_but_never_two_of_them(
    vocabulary: Vocabulary, text: str
) -> None:
    found = vocabulary.kinds.look_up(text)
    answers = (found.term is not None, bool(found.choices), bool(found.suggestions))
    assert sum(answers) <= 1
    assert len(found.choices) != 1


@given(st.lists(st.text(alphabet="abcäöüß -./", min_size=1, max_size=12), max_size=8))
def test_every_label_finds_its_term(labels: list[str]) -> None:
    terms = Terms(Term(number, label) for number, label in enumerate(labels))
    for term in terms:
        found = terms.look_up(term.label)
        if any(letter.isalnum() for letter in term.label):
            assert found.term == term or term in found.choices

"""The smallest components as markup."""

from __future__ import annotations

import pytest
from django.utils.translation import gettext_lazy
from hypothesis import given
from hypothesis import strategies as st

from kimwerk.ui import markup
from kimwerk.ui.components import Badge, Cell, Column, Row, Tone

COLUMNS = (Column("Ort"), Column("Zahl", is_numeric=True))


@given(st.text())
def test_whatever_a_cell_says_stays_text(text: str) -> None:
    shown = markup.cell(Cell(text, url=text, note=text, badge=Badge(text), original=text))
    original = '<span class="ui-note" lang="und" dir="auto"><bdi>'
    badge = '<span class="ui-badge ui-badge--neutral">'
    for own in ('<a href="', "</a>", badge, original, "</bdi>", '<span class="ui-note">', "</span>"):
        shown = shown.replace(own, "", 3)
    assert "<" not in shown
    assert shown.count('"') <= 1, "only the end of the address"


@given(st.text(), st.text())
def test_neither_titles_nor_keys_break_out_of_their_attribute(title: str, key: str) -> None:
    shown = markup.rows((Column(title), Column(title)), (Row((Cell("a"), Cell("b")), key=key),))
    assert shown.count("<") == 6
    assert shown.count('"') == (14 if key else 12)


@given(st.dictionaries(st.text("abc-", min_size=1), st.text() | st.booleans()))
def test_no_value_breaks_out_of_an_attribute(given_attributes: dict[str, str | bool]) -> None:
    shown = markup.attributes(given_attributes)
    texts = [value for value in given_attributes.values() if isinstance(value, str)]
    assert shown.count('"') == 2 * len(texts)


def test_an_attribute_that_is_true_stands_alone_and_one_that_is_false_is_left_out() -> None:
    assert markup.attributes({"required": True, "disabled": False, "min": 1}) == ' required min="1"'


def test_a_row_has_as_many_cells_as_the_table_has_columns() -> None:
    with pytest.raises(ValueError, match="shorter"):
        markup.rows(COLUMNS, (Row((Cell("Musterstadt"),)),))


def test_each_cell_carries_the_title_of_its_column_and_the_first_names_the_row() -> None:
    shown = markup.rows(COLUMNS, (Row((Cell("Musterstadt"), Cell("7")), key="ort-1"),))
    assert shown == (
        '<tr class="kern-table__row" id="ort-1">'
        '<th scope="row" class="kern-table__header" data-label="Ort">Musterstadt</th>'
        '<td class="kern-table__cell kern-table__cell--numeric" data-label="Zahl">7</td></tr>\n'
    )


def test_a_cell_with_nothing_to_say_is_marked_and_one_with_only_a_badge_is_not() -> None:
    columns = (Column("Ort"), Column("Stand"))
    assert "ui-table__none" in markup.rows(columns, (Row((Cell("Musterstadt"), Cell())),))
    assert "ui-table__none" not in markup.rows(columns, (Row((Cell("Musterstadt"), Cell(badge=Badge("fällig")))),))


def test_a_badge_says_its_tone_by_an_icon_and_a_neutral_one_needs_none() -> None:
    assert "kern-icon--warning kern-icon--small" in markup.badge(Badge("fällig", Tone.WARNING))
    assert "kern-icon" not in markup.badge(Badge("offen"))


def test_texts_of_the_catalogue_are_shown_in_the_language_of_the_page() -> None:
    assert markup.cell(Cell(gettext_lazy("yes"))) == "ja"


def test_choices_stand_in_their_groups_and_one_is_chosen() -> None:
    choices = [{"value": 1, "label": "Muster & Co", "selected": True}, {"value": 2, "label": "B", "selected": False}]
    assert markup.options([("Gruppe", choices, 0)]) == (
        '<optgroup label="Gruppe"><option value="1" selected>Muster &amp; Co</option>'
        '<option value="2">B</option></optgroup>'
    )

"""No text leaves that a spreadsheet would run; the program and the database shield the same texts."""

from __future__ import annotations

import csv
import io

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from kimwerk.activities.export.sanitising import BLANKS, STARTERS, harmless, harmless_sql, is_dangerous
from tests.cast import Cast

TEXTS = st.one_of(
    st.text(max_size=20),
    st.builds("".join, st.tuples(st.text(BLANKS, max_size=3), st.sampled_from(STARTERS), st.text(max_size=8))),
).filter(lambda text: "\x00" not in text and not any("\ud800" <= char <= "\udfff" for char in text))


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+49",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n1",
        " =cmd|'/c calc'!A0",
        "＝1",
        "＋1",
        "－1",
        "＠x",
        "%0A",
        "|x",
    ],
)
def test_a_formula_becomes_text(text: str) -> None:
    assert harmless(text) == "'" + text


@pytest.mark.parametrize("text", ["", "Hennef (Sieg)", "Schule und Kita", "3 Personen", "a=b", "§ 24 AufenthG", "'=1"])
def test_a_usual_text_stays_as_it_is(text: str) -> None:
    assert harmless(text) == text


@given(TEXTS)
def test_what_was_shielded_is_no_longer_dangerous(text: str) -> None:
    assert not is_dangerous(harmless(text))


@given(st.text(max_size=30))
def test_shielding_loses_no_letter(text: str) -> None:
    assert harmless(text).removeprefix("'") == text.replace("\x00", "").removeprefix("'") or harmless(text)[1:] == text


@settings(max_examples=200, deadline=None)
@given(st.lists(TEXTS, min_size=1, max_size=20))
def test_the_database_shields_as_the_program_does(
    django_db_setup: Cast, django_db_blocker: object, texts: list[str]
) -> None:
    with django_db_blocker.unblock(), connection.cursor() as cursor:  # type: ignore[attr-defined]  # pytest-django's
        cursor.execute(
            f"select {harmless_sql('t')} from unnest(%s::text[]) with ordinality as o(t, n) order by n", [texts]
        )
        assert [row[0] for row in cursor.fetchall()] == [harmless(text) for text in texts]


@given(st.lists(TEXTS, min_size=1, max_size=5))
def test_a_cell_read_back_from_csv_is_never_a_formula(texts: list[str]) -> None:
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerow([harmless(text) for text in texts])
    [row] = csv.reader(io.StringIO(out.getvalue(), newline=""), delimiter=";")
    assert not any(is_dangerous(cell) for cell in row)

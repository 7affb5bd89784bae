"""Free text that looks like somebody is refused; what the diary is about is not."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kimwerk.activities.guard import PersonalTrait, personal_trait


@pytest.mark.parametrize(
    ("text", "trait"),
    [
        ("Rückfrage an muster@beispiel.example", PersonalTrait.E_MAIL),
        ("muster(at)beispiel.example", PersonalTrait.E_MAIL),
        ("Rückruf 02241 13-0000", PersonalTrait.TELEPHONE),
        ("0151/0000 0000", PersonalTrait.TELEPHONE),
        ("+49 2241 130000", PersonalTrait.TELEPHONE),
        ("Tel. 130000", PersonalTrait.TELEPHONE),
        ("geb. 12.03.1985", PersonalTrait.BIRTHDAY),
        ("geboren am 12.3.2021", PersonalTrait.BIRTHDAY),
        ("*1985", PersonalTrait.BIRTHDAY),
        ("Jg. 1985", PersonalTrait.BIRTHDAY),
        ("12.03.1985", PersonalTrait.BIRTHDAY),
        ("1985-03-12", PersonalTrait.BIRTHDAY),
        ("Gespräch mit Frau Beispiel", PersonalTrait.NAME),
        ("Hr. Muster", PersonalTrait.NAME),
        ("Familie Muster", PersonalTrait.NAME),
    ],
)
def test_what_points_to_a_person_is_found(today: date, text: str, trait: PersonalTrait) -> None:
    assert personal_trait(text, today) is trait


@pytest.mark.parametrize(
    "text",
    [
        "Runder Tisch, 2. Treffen am 01.03.2022",
        "Frauen und Mädchen",
        "Zeitraum 01.03.-15.03.2022",
        "14 Teilnehmende, 30 Minuten",
        "§ 24 AufenthG",
        "SGB II/III, Nr. 4711",
        "Raum 0.12",
        "",
    ],
)
def test_what_the_diary_is_about_is_let_through(today: date, text: str) -> None:
    assert personal_trait(text, today) is None


@given(st.dates(date(1920, 1, 1), date(2011, 12, 31)))
def test_every_written_birthday_is_found(today: date, day: date) -> None:
    for text in (f"x {day:%d.%m.%Y}", f"geb.{day:%d.%m.%y}", day.isoformat(), f"({day.day}.{day.month}.{day.year})"):
        assert personal_trait(text, today) is PersonalTrait.BIRTHDAY

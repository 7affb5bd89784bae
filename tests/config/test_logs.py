"""A line of the log names places and never people, and no link that opens something."""

from __future__ import annotations

import secrets

import pytest

from kimwerk.config.logs import scrub


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("Not Found: /faelle/123/", "Not Found: /faelle/123/"),
        ("Gone: /auswertung/tabelle-pruefen/?q=Muster", "Gone: /auswertung/tabelle-pruefen/?…"),
        ("mail to frieda@kimwerk.example failed", "mail to …@… failed"),
        ("Not Found: /faelle/auswahllisten/lebensbereiche-und-ziele/", None),
    ],
)
def test_addresses_of_pages_stay_and_what_tells_of_people_goes(said: str, kept: str | None) -> None:
    assert scrub(said) == (kept or said)


@pytest.mark.parametrize("size", [16, 24, 32])
def test_the_secret_part_of_a_link_never_stands_in_the_log(size: int) -> None:
    for _ in range(200):
        token = secrets.token_urlsafe(size)
        assert scrub(f"Gone: /faelle/eingang/brief/{token}/antwort/") == "Gone: /faelle/eingang/brief/…/antwort/"
        assert token not in scrub(f"Gone: /veranstaltungen/einladung/{token}")

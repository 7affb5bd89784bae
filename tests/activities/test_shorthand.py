"""The quick line is read piece by piece: understood, unknown or ambiguous, never guessed."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kimwerk.activities.shorthand import AmbiguousPiece, Piece, Shorthand, UnknownPiece, read_shorthand
from kimwerk.activities.types import ShorthandField
from kimwerk.activities.vocabulary import Term, Vocabulary


def said(line: Shorthand) -> dict[str, object]:
    """Everything the line says, with labels for terms."""
    values: dict[str, object] = {}
    for name in Shorthand.__dataclass_fields__:
        value = getattr(line, name)
        if name in {"text", "understood", "unknown", "ambiguous"} or value in (None, ()):
            continue
        if isinstance(value, Term):
            value = value.label
        elif isinstance(value, tuple):
            value = [term.label for term in value]
        values[name] = value
    return values


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "erstberatung siegburg 2 ukraine 30min",
            {
                "kind": "Erstberatung",
                "municipality": "Siegburg",
                "participants_target": 2,
                "target_groups": ["Ukrainische Geflüchtete"],
                "minutes": 30,
            },
        ),
        (
            "gestern verweis jobcenter hennef tel 1 15m",
            {
                "day": date(2022, 5, 9),
                "kind": "Verweisberatung",
                "referral_target": "Jobcenter",
                "municipality": "Hennef",
                "channel": "Telefon",
                "participants_target": 1,
                "minutes": 15,
            },
        ),
        (
            "ak troisdorf 12p 1,5h",
            {"kind": "Arbeitskreis", "municipality": "Troisdorf", "participants_partner": 12, "minutes": 90},
        ),
        (
            "mo. 3x ws email 10",
            {
                "day": date(2022, 5, 9),
                "count": 3,
                "kind": "Workshop",
                "channel": "E-Mail",
                "participants_target": 10,
            },
        ),
        (
            "gespraeche in den kommunen bad honnef 4 partner 1:30",
            {
                "kind": "Gespräche in den Kommunen",
                "municipality": "Bad Honnef",
                "participants_partner": 4,
                "minutes": 90,
            },
        ),
        (
            "erfassung ukraine windeck sgb ii und sgb 2, wohnen arbeit",
            {
                "kind": "Erfassung Ukraine",
                "municipality": "Windeck",
                "legal_circles": ["SGB II"],
                "topics": ["Wohnen", "Arbeit"],
            },
        ),
    ],
)
def test_a_line_says(vocabulary: Vocabulary, today: date, text: str, expected: dict[str, object]) -> None:
    line = read_shorthand(text, vocabulary, today)
    assert said(line) == expected
    assert line.is_clear


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("heute", date(2022, 5, 10)),
        ("gestern", date(2022, 5, 9)),
        ("vorgestern", date(2022, 5, 8)),
        ("di", date(2022, 5, 10)),
        ("letzten Dienstag", date(2022, 5, 3)),
        ("mittwoch", date(2022, 5, 4)),
        ("21.4.", date(2022, 4, 21)),
        ("21.4", date(2022, 4, 21)),
        ("21.04.2022", date(2022, 4, 21)),
        ("21.04.22", date(2022, 4, 21)),
        ("2022-04-21", date(2022, 4, 21)),
        ("24.12.", date(2021, 12, 24)),
        ("29.2.", date(2020, 2, 29)),
    ],
)
def test_a_day_is_the_last_such_day(vocabulary: Vocabulary, today: date, text: str, day: date) -> None:
    line = read_shorthand(f"{text} workshop", vocabulary, today)
    assert line.day == day
    assert line.is_clear


@pytest.mark.parametrize(
    "text", ["21.-23.4.", "21.4.-23.4.", "21.04.–23.04.2022", "21.4. bis 23.4.22", "21.4. - 23.4."]
)
def test_a_span_has_two_days(vocabulary: Vocabulary, today: date, text: str) -> None:
    line = read_shorthand(f"{text} workshop", vocabulary, today)
    assert (line.day, line.day_to) == (date(2022, 4, 21), date(2022, 4, 23))
    assert line.is_clear


def test_a_span_may_reach_over_new_year(vocabulary: Vocabulary, today: date) -> None:
    line = read_shorthand("28.12.-3.1.", vocabulary, today)
    assert (line.day, line.day_to) == (date(2021, 12, 28), date(2022, 1, 3))


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("30min", 30),
        ("30 min.", 30),
        ("30 m", 30),
        ("30'", 30),
        ("1h", 60),
        ("1 Std.", 60),
        ("1,5 h", 90),
        ("1.5h", 90),
        ("1:30", 90),
        ("1:30 h", 90),
        ("1h30", 90),
        ("1 h 30 min", 90),
        ("halbe Stunde", 30),
        ("eine halbe Stunde", 30),
        ("Viertelstunde", 15),
        ("eine Stunde", 60),
    ],
)
def test_durations(vocabulary: Vocabulary, today: date, text: str, minutes: int) -> None:
    line = read_shorthand(f"workshop {text} siegburg", vocabulary, today)
    assert line.minutes == minutes
    assert line.participants_target is None
    assert line.is_clear


@pytest.mark.parametrize(
    ("text", "target", "partner"),
    [
        ("2", 2, None),
        ("2 TN", 2, None),
        ("2tn", 2, None),
        ("2 Personen", 2, None),
        ("12 Teilnehmer:innen", 12, None),
        ("3p", None, 3),
        ("3 Partner", None, 3),
        ("3 Kooperationspartner*innen", None, 3),
        ("4 3p", 4, 3),
        ("3p 4", 4, 3),
    ],
)
def test_participants(vocabulary: Vocabulary, today: date, text: str, target: int | None, partner: int | None) -> None:
    line = read_shorthand(f"workshop {text}", vocabulary, today)
    assert (line.participants_target, line.participants_partner) == (target, partner)
    assert line.is_clear


def test_a_second_bare_number_is_ambiguous(vocabulary: Vocabulary, today: date) -> None:
    line = read_shorthand("workshop 2 30", vocabulary, today)
    assert line.participants_target == 2
    assert [piece.text for piece in line.ambiguous] == ["30"]
    assert {choice.field for choice in line.ambiguous[0].choices} == {
        ShorthandField.PARTICIPANTS_PARTNER,
        ShorthandField.MINUTES,
    }


@pytest.mark.parametrize("text", ["-3 min", "31.2.", "14:30", "2,5 tn", "99999", "1.233 tn", "21.4.2", "2000 min"])
def test_impossible_quantities_are_unknown(vocabulary: Vocabulary, today: date, text: str) -> None:
    line = read_shorthand(f"workshop {text}", vocabulary, today)
    assert line.unknown
    assert line.minutes is None
    assert line.day is None


def test_a_site_brings_its_municipality(vocabulary: Vocabulary, today: date) -> None:
    line = read_shorthand("workshop mgh hennef", vocabulary, today)
    assert said(line) == {
        "kind": "Workshop",
        "site": "Mehrgenerationenhaus Hennef",
        "municipality": "Hennef",
    }


def test_a_town_is_not_mistaken_for_a_site_in_it(vocabulary: Vocabulary, today: date) -> None:
    line = read_shorthand("workshop henn", vocabulary, today)
    assert said(line) == {"kind": "Workshop", "municipality": "Hennef"}


def test_a_site_in_another_town_is_ambiguous(vocabulary: Vocabulary, today: date) -> None:
    line = read_shorthand("workshop siegburg rathaus troisdorf", vocabulary, today)
    assert said(line) == {"kind": "Workshop", "municipality": "Siegburg"}
    assert [piece.text for piece in line.ambiguous] == ["rathaus troisdorf"]


def test_two_sites_are_ambiguous(vocabulary: Vocabulary, today: date) -> None:
    line = read_shorthand("workshop rathaus troisdorf mgh hennef", vocabulary, today)
    assert [piece.text for piece in line.ambiguous] == ["mgh hennef"]


def test_an_office_is_a_referral_target_only_in_a_referral(vocabulary: Vocabulary, today: date) -> None:
    referral = read_shorthand("verweis jobcenter", vocabulary, today)
    assert said(referral) == {"kind": "Verweisberatung", "referral_target": "Jobcenter"}
    workshop = read_shorthand("jobcenter workshop", vocabulary, today)
    assert said(workshop) == {"kind": "Workshop", "partners": ["Jobcenter"]}


def test_an_office_without_a_kind_is_ambiguous(vocabulary: Vocabulary, today: date) -> None:
    line = read_shorthand("jobcenter", vocabulary, today)
    assert said(line) == {}
    assert {choice.field for choice in line.ambiguous[0].choices} == {
        ShorthandField.REFERRAL_TARGET,
        ShorthandField.PARTNERS,
    }


def test_the_telephone_is_the_kind_unless_another_is_named(vocabulary: Vocabulary, today: date) -> None:
    assert said(read_shorthand("tel hennef", vocabulary, today))["kind"] == "Beratung per Telefon"
    assert said(read_shorthand("tel ws", vocabulary, today)) == {"kind": "Workshop", "channel": "Telefon"}


def test_two_kinds_are_ambiguous(vocabulary: Vocabulary, today: date) -> None:
    line = read_shorthand("workshop verweis", vocabulary, today)
    assert said(line) == {"kind": "Workshop"}
    assert [piece.text for piece in line.ambiguous] == ["verweis"]


def test_saying_the_same_twice_is_no_contradiction(vocabulary: Vocabulary, today: date) -> None:
    line = read_shorthand("workshop ws siegburg Siegburg", vocabulary, today)
    assert said(line) == {"kind": "Workshop", "municipality": "Siegburg"}
    assert line.is_clear


def test_an_ambiguous_beginning_offers_its_choices(vocabulary: Vocabulary, today: date) -> None:
    line = read_shorthand("gespräche siegburg", vocabulary, today)
    assert line.kind is None
    assert len(line.ambiguous[0].choices) == 2


def test_a_misspelt_word_is_unknown_with_a_suggestion(vocabulary: Vocabulary, today: date) -> None:
    line = read_shorthand("workshop sigburg", vocabulary, today)
    assert line.municipality is None
    (unknown,) = line.unknown
    assert unknown.text == "sigburg"
    assert [choice.value.label for choice in unknown.suggestions if isinstance(choice.value, Term)] == ["Siegburg"]


@pytest.mark.parametrize("text", ["muster@beispiel.example", "ca. 3", "~3", "?"])
def test_what_has_no_meaning_here_is_reported(vocabulary: Vocabulary, today: date, text: str) -> None:
    assert read_shorthand(text, vocabulary, today).unknown


def test_a_paragraph_number_is_not_a_number_of_people(vocabulary: Vocabulary, today: date) -> None:
    line = read_shorthand("§ 24 aufenthg 3", vocabulary, today)
    assert said(line) == {"legal_circles": ["§ 24 AufenthG"], "participants_target": 3}


def test_pieces_point_into_the_line(vocabulary: Vocabulary, today: date) -> None:
    text = "Gestern  Verweis (Jobcenter), Hennef: 15 min"
    line = read_shorthand(text, vocabulary, today)
    assert [(piece.text, piece.field.value) for piece in line.understood] == [
        ("Gestern", "day"),
        ("Verweis", "kind"),
        ("Jobcenter", "referral_target"),
        ("Hennef", "municipality"),
        ("15 min", "minutes"),
    ]
    assert all(text[piece.start : piece.end] == piece.text for piece in line.understood)


def test_what_stands_behind_the_longest_line_is_unknown(vocabulary: Vocabulary, today: date) -> None:
    line = read_shorthand("workshop" + " " * 400 + "siegburg", vocabulary, today)
    assert line.municipality is None
    assert line.unknown[-1].text.strip() == "siegburg"


WORDS = st.sampled_from(
    [
        *("gestern", "21.4.", "21.-23.4.", "workshop", "verweis", "siegburg", "rathaus troisdorf", "tel"),
        *("2", "3 tn", "3p", "30min", "1,5h", "1:30", "jobcenter", "sgb ii", "wohnen", "xyz", "gespräche"),
        *("-3", "und", "§ 24", "muster@beispiel.example", "3x", "31.2.", "~", "ukraine"),
    ]
)


@given(st.one_of(st.lists(WORDS, max_size=10).map(" ".join), st.text(max_size=80)))
def test_every_letter_and_digit_is_in_exactly_one_piece(vocabulary: Vocabulary, today: date, text: str) -> None:
    line = read_shorthand(text, vocabulary, today)
    pieces: list[Piece | UnknownPiece | AmbiguousPiece] = [*line.understood, *line.unknown, *line.ambiguous]
    pieces.sort(key=lambda piece: piece.start)
    reached = 0
    for piece in pieces:
        assert not any(letter.isalnum() for letter in text[reached : piece.start])
        assert reached <= piece.start < piece.end
        assert text[piece.start : piece.end] == piece.text
        reached = piece.end
    assert not any(letter.isalnum() for letter in text[reached:])


@given(st.integers(0, 1440), st.integers(0, 999), st.integers(0, 999))
def test_numbers_with_units_are_read_back(
    vocabulary: Vocabulary, today: date, minutes: int, target: int, partner: int
) -> None:
    line = read_shorthand(f"{target} TN {partner} Partner {minutes} Min.", vocabulary, today)
    assert (line.participants_target, line.participants_partner, line.minutes) == (target, partner, minutes)
    assert line.is_clear


@given(st.dates(date(2013, 1, 1), date(2022, 5, 10)))
def test_a_written_day_is_read_back(vocabulary: Vocabulary, today: date, day: date) -> None:
    for text in (f"{day:%d.%m.%Y}", f"{day:%d.%m.%y}", day.isoformat(), f"{day.day}.{day.month}.{day.year}"):
        assert read_shorthand(f"{text} workshop", vocabulary, today).day == day

"""Columns are recognised by what offices write above them, and by what stands below."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kimwerk.activities.tally import (
    Certainty,
    MappedColumn,
    Mapping,
    MappingError,
    TallyField,
    header_fingerprint,
    propose_mapping,
)
from kimwerk.activities.tally.headers import meaning_of_header
from kimwerk.activities.vocabulary import Vocabulary
from kimwerk.kernel.sheets import Cell

F = TallyField


def fields_of(mapping: Mapping) -> list[TallyField]:
    return [column.field for column in mapping.columns]


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Datum", F.DAY),
        ("Datum der Beratung", F.DAY),
        ("Tag", F.DAY),
        ("von", F.DAY),
        ("Zeitraum bis", F.DAY_TO),
        ("bis", F.DAY_TO),
        ("Art der Maßnahme", F.KIND),
        ("Maßnahme", F.KIND),
        ("Dienstleistung", F.KIND),
        ("Kontaktart", F.CHANNEL),
        ("Stadt/Gemeinde", F.MUNICIPALITY),
        ("Name der Kommune", F.MUNICIPALITY),
        ("Ort", F.MUNICIPALITY),
        ("Standort", F.SITE),
        ("Mitarbeiter/in", F.STAFF),
        ("Mitarbeiter*in", F.STAFF),
        ("CM", F.STAFF),
        ("Kürzel", F.STAFF),
        ("Thema", F.TOPICS),
        ("Zielgruppe", F.TARGET_GROUPS),
        ("Rechtskreis (SGB)", F.LEGAL_CIRCLES),
        ("Kooperationspartner:innen", F.PARTNERS),
        ("TN", F.PARTICIPANTS),
        ("Anzahl TN", F.PARTICIPANTS),
        ("Teilnehmer/-innen", F.PARTICIPANTS),
        ("Anzahl der Beteiligten", F.PARTICIPANTS),
        ("TN gesamt", F.PARTICIPANTS),
        ("davon Zielgruppe", F.PARTICIPANTS_TARGET),
        ("Teilnehmende Zielgruppe", F.PARTICIPANTS_TARGET),
        ("davon Partner", F.PARTICIPANTS_PARTNER),
        ("Anzahl TN Partner", F.PARTICIPANTS_PARTNER),
        ("Dauer", F.MINUTES),
        ("Dauer (Min.)", F.MINUTES),
        ("Dauer in Minuten", F.MINUTES),
        ("Dauer Min.", F.MINUTES),
        ("Std.", F.HOURS),
        ("Dauer (Std.)", F.HOURS),
        ("Zeitaufwand in Stunden", F.HOURS),
        ("Verweis an", F.REFERRAL_TARGET),
        ("Weiterleitung an", F.REFERRAL_TARGET),
        ("Bemerkungen", F.NOTE),
        ("ID", F.EXTERNAL_ID),
        ("Anzahl", F.COUNT),
        ("lfd. Nr.", F.IGNORE),
        ("KW", F.IGNORE),
        ("Uhrzeit", F.IGNORE),
    ],
)
def test_the_words_of_offices(header: str, field: TallyField) -> None:
    meaning = meaning_of_header(header)
    assert meaning is not None
    assert meaning.field is field


@pytest.mark.parametrize("header", ["", "Ergebnis", "Xyz", "Ort/Standort", "..."])
def test_unknown_and_contradictory_headers_mean_nothing(header: str) -> None:
    assert meaning_of_header(header) is None


@pytest.mark.parametrize("header", ["Name", "Klient/in", "Geburtsdatum", "Telefonnummer", "Aktenzeichen", "AZR-Nummer"])
def test_columns_about_clients_are_left_out(vocabulary: Vocabulary, header: str) -> None:
    (column,) = propose_mapping([header], [["x"]], vocabulary).columns
    assert (column.field, column.certainty) == (F.IGNORE, Certainty.PERSONAL)


def test_free_text_is_left_out_until_somebody_asks_for_it(vocabulary: Vocabulary) -> None:
    (column,) = propose_mapping(["Bemerkung"], [["x"]], vocabulary).columns
    assert (column.field, column.certainty) == (F.IGNORE, Certainty.WITHHELD)


def test_a_whole_tally_is_mapped_by_its_headers(vocabulary: Vocabulary) -> None:
    headers = ["Datum", "Art", "Ort", "CM", "TN gesamt", "davon Zielgruppe", "davon Partner", "Dauer", "Verweis an"]
    assert fields_of(propose_mapping(headers, [], vocabulary)) == [
        *(F.DAY, F.KIND, F.MUNICIPALITY, F.STAFF, F.PARTICIPANTS, F.PARTICIPANTS_TARGET),
        *(F.PARTICIPANTS_PARTNER, F.MINUTES, F.REFERRAL_TARGET),
    ]


def test_content_decides_where_headers_are_missing(vocabulary: Vocabulary) -> None:
    rows: list[list[Cell]] = [
        [date(2022, 4, 21), "Workshop", "Hennef", "FB", "Telefon", "SGB II", 2],
        [date(2022, 4, 22), "Verweis", "St. Augustin", "Muster, Moritz", "vor Ort", "AsylbLG", 3],
    ]
    mapping = propose_mapping([""] * 7, rows, vocabulary)
    assert fields_of(mapping) == [
        *(F.DAY, F.KIND, F.MUNICIPALITY, F.STAFF, F.CHANNEL, F.LEGAL_CIRCLES, F.IGNORE),
    ]
    assert mapping.columns[0].certainty is Certainty.CONTENT


@pytest.mark.parametrize(
    ("header", "values", "field"),
    [
        ("Zielgruppe", ["2", "3"], F.PARTICIPANTS_TARGET),
        ("Zielgruppe", ["Ukraine", "EU-Bürger"], F.TARGET_GROUPS),
        ("Partner", [1, 4], F.PARTICIPANTS_PARTNER),
        ("Partner", ["Caritas", "Diakonie, Jobcenter"], F.PARTNERS),
        ("Beteiligte", ["Caritas", "Jobcenter"], F.PARTNERS),
        ("Beteiligte", [2, 3], F.PARTICIPANTS),
        ("Ort", ["Rathaus Troisdorf", "MGH Hennef"], F.SITE),
        ("Standort", ["Hennef", "Siegburg"], F.MUNICIPALITY),
        ("Art", ["Telefon", "vor Ort"], F.CHANNEL),
        ("Kontaktart", ["Workshop", "Verweisberatung"], F.KIND),
        ("Dauer", [0.5, 1.25, 2], F.HOURS),
        ("Dauer", ["0,5", "1,25"], F.HOURS),
        ("Dauer", [15, 30, 45], F.MINUTES),
        ("Dauer (Min.)", [0.5, 1.5], F.MINUTES),
        ("Ort", [None, None], F.MUNICIPALITY),
        ("Ort", ["nirgends", "irgendwo"], F.MUNICIPALITY),
    ],
)
def test_content_decides_between_two_meanings(
    vocabulary: Vocabulary, header: str, values: list[Cell], field: TallyField
) -> None:
    mapping = propose_mapping([header], [[value] for value in values], vocabulary)
    assert fields_of(mapping) == [field]


def test_a_field_is_proposed_for_one_column_only(vocabulary: Vocabulary) -> None:
    mapping = propose_mapping(["Datum", "Tag", "Datum", "Thema", "Anliegen"], [], vocabulary)
    assert fields_of(mapping) == [F.DAY, F.IGNORE, F.IGNORE, F.TOPICS, F.TOPICS]
    assert mapping.repeated() == ()


def test_a_sure_header_wins_over_a_guess_to_its_left(vocabulary: Vocabulary) -> None:
    mapping = propose_mapping(["Form", "Kontaktart"], [], vocabulary)
    assert fields_of(mapping) == [F.IGNORE, F.CHANNEL]


def test_a_second_column_of_days_is_the_last_day(vocabulary: Vocabulary) -> None:
    rows: list[list[Cell]] = [["01.03.2022", "02.03.2022"]]
    assert fields_of(propose_mapping(["", ""], rows, vocabulary)) == [F.DAY, F.DAY_TO]


def test_a_mapping_can_be_changed_and_asked() -> None:
    mapping = Mapping((MappedColumn("Datum", F.DAY), MappedColumn("Ort"), MappedColumn("Tag", F.DAY)))
    changed = mapping.with_field(1, F.SITE)
    assert changed.columns[1] == MappedColumn("Ort", F.SITE, Certainty.CHOSEN)
    assert changed.column_of(F.SITE) == 1
    assert changed.column_of(F.NOTE) is None
    assert changed.columns_of(F.DAY) == (0, 2)
    assert changed.repeated() == (F.DAY,)


def test_a_mapping_follows_its_columns_to_another_place() -> None:
    mapping = Mapping((MappedColumn("Datum", F.DAY), MappedColumn("Thema", F.TOPICS), MappedColumn("Thema")))
    fitted = mapping.fitted_to(["Neu", "THEMA ", "Datum", "Thema", "Thema"])
    assert fields_of(fitted) == [F.IGNORE, F.TOPICS, F.DAY, F.IGNORE, F.IGNORE]
    assert [column.header for column in fitted.columns] == ["Neu", "THEMA ", "Datum", "Thema", "Thema"]


COLUMNS = st.builds(MappedColumn, st.text(max_size=20), st.sampled_from(TallyField), st.just(Certainty.CHOSEN))


@given(st.lists(COLUMNS, max_size=8))
def test_a_mapping_is_read_back_from_its_file(columns: list[MappedColumn]) -> None:
    mapping = Mapping(tuple(columns))
    assert Mapping.from_json(mapping.to_json()) == mapping


@pytest.mark.parametrize(
    ("text", "problem", "column"),
    [
        ("{", "no_json", -1),
        ("[" * 100_000, "no_json", -1),
        ("[]", "no_columns", -1),
        ('{"columns": {}}', "no_columns", -1),
        ('{"columns": [{"field": "day"}]}', "no_header", 0),
        ('{"columns": ["Datum"]}', "no_header", 0),
        ('{"columns": [{"header": "a", "field": "day"}, {"header": "b", "field": "x"}]}', "unknown_field", 1),
        ('{"columns": [{"header": "a"}]}', "unknown_field", 0),
    ],
)
def test_a_file_that_is_no_mapping_is_refused(text: str, problem: str, column: int) -> None:
    with pytest.raises(MappingError) as refused:
        Mapping.from_json(text)
    assert (refused.value.problem, refused.value.column) == (problem, column)


def test_the_fingerprint_knows_a_tally_again() -> None:
    known = header_fingerprint(["Datum", "Maßnahme", "TN"])
    assert header_fingerprint(["datum ", "MASSNAHME", "tn", "", ""]) == known
    assert header_fingerprint(["Maßnahme", "Datum", "TN"]) != known
    assert header_fingerprint(["Datum", "Maßnahme"]) != known
    assert len(known) == 64

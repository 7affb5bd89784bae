"""A flat file in the explorer: bands without overlaps, unknown values shown, nothing seen by anybody else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kimwerk.access.actors import NOBODY, Actor
from kimwerk.kernel.age_bands import AgeBands, AgeBandsError, AgeBandsProblem, age_on
from kimwerk.kernel.figures import MISSING, FigureQuery, Unit
from kimwerk.kernel.periods import Period
from kimwerk.reporting.datasets import (
    MOST_VALUES,
    Column,
    ColumnKind,
    Row,
    Schema,
    ValueProblem,
    figure_of,
    judged,
    parse_bands,
    proposed,
    too_many_values,
)
from kimwerk.reporting.models import DataSet
from kimwerk.reporting.services.datasets import TooManyFiles, forget_data_sets, load_data_set, read_file
from tests.cast import Cast, as_owner

SignIn = Callable[[str], Client]
Act = Callable[[Actor], Actor]
ON = date(2022, 12, 31)
YEAR = Period.year(2022)
FILE = (
    b"Name;Geburtsdatum;Status;Tag\r\n"
    b"Erika Beispiel;07.03.2016;Duldung;01.03.2022\r\n"
    b"Max Muster;31.12.2004;Gestattung;15.03.2022\r\n"
    b";;;\r\n"
    b"Ohne Angabe;;;02.04.2022\r\n"
    b"Falsch Getippt;31.02.2000;Duldung;keiner\r\n"
)


@pytest.mark.parametrize(
    ("typed", "bounds"),
    [
        ("0, 6, 18", (0, 6, 18)),
        ("0-5; 6-17; 18+", (0, 6, 18)),
        ("0–5\n6–17\n18+", (0, 6, 18)),
        ("0+", (0,)),
        ("0, 1", (0, 1)),
        ("0-0; 1-17; 18+", (0, 1, 18)),
    ],
)
def test_bands_are_typed_by_their_beginnings_or_whole(typed: str, bounds: tuple[int, ...]) -> None:
    assert parse_bands(typed).bounds == bounds


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("0-16; 16-18; 18-25; 25+", AgeBandsProblem.OVERLAP),  # shared borders, as one published table has them
        ("0-10; 5-17; 18+", AgeBandsProblem.OVERLAP),
        ("0-5; 7-17; 18+", AgeBandsProblem.GAP),
        ("6-17; 18+", AgeBandsProblem.GAP),
        ("0-5; 6-17", AgeBandsProblem.NOT_OPEN_ENDED),
        ("0-5; 17-6; 18+", AgeBandsProblem.GAP),
        ("0, 6, 6", AgeBandsProblem.BACKWARDS),
        ("jung; alt", AgeBandsProblem.EMPTY),
        ("", AgeBandsProblem.EMPTY),
        ("-5", AgeBandsProblem.EMPTY),
    ],
)
def test_bands_in_which_somebody_would_count_twice_or_not_are_refused(typed: str, problem: AgeBandsProblem) -> None:
    with pytest.raises(AgeBandsError) as refused:
        parse_bands(typed)
    assert refused.value.problem is problem


@settings(suppress_health_check=[HealthCheck.too_slow])  # days are drawn slowly on a busy machine
@given(
    births=st.lists(st.none() | st.dates(date(1900, 1, 1), date(2024, 1, 1)), max_size=12),
    bounds=st.sets(st.integers(1, 100), max_size=4).map(lambda found: (0, *sorted(found))),
)
def test_everybody_counts_in_exactly_one_band(births: list[date | None], bounds: tuple[int, ...]) -> None:
    rows = tuple(Row(at + 2, (born.isoformat() if born else "",)) for at, born in enumerate(births))
    schema = Schema((Column("geb", ColumnKind.BIRTH_DATE),), ON, AgeBands.from_bounds(bounds))
    counted = figure_of("f", "F", Unit.PERSONS, schema, rows).compute(NOBODY, FigureQuery(YEAR, ("column_0",)))
    assert sum(int(value or 0) for value in counted.cells.values()) == counted.total == len(births)
    late = sum(1 for born in births if born is None or born > ON)
    assert counted.cells.get((MISSING,), 0) == late
    assert sum(1 for _remark in judged(schema, rows)) == late - births.count(None)
    bands = AgeBands.from_bounds(bounds)
    ages = [age_on(born, ON) for born in births if born and born <= ON]
    for band in bands.known:
        assert counted.cells.get((band.key,), 0) == sum(1 for age in ages if bands.of_age(age) == band)


def test_a_file_is_read_with_every_row_accounted_for() -> None:
    loaded = read_file(FILE, "personen.csv")
    assert [column.title for column in loaded.columns] == ["Name", "Geburtsdatum", "Status", "Tag"]
    assert (len(loaded.rows), loaded.blank_rows) == (4, 1)
    schema = Schema(
        (
            Column("Name"), Column("Geburtsdatum", ColumnKind.BIRTH_DATE), Column("Status", ColumnKind.CATEGORY),
            Column("Tag", ColumnKind.DAY),
        ),
        ON, AgeBands.from_bounds((0, 6, 18)), {"Status": {"Gestattung": "Duldung"}},
    )  # fmt: skip
    assert [(each.row, each.column, each.problem) for each in judged(schema, loaded.rows)] == [
        (6, "Geburtsdatum", ValueProblem.NOT_A_DAY),
        (6, "Tag", ValueProblem.NOT_A_DAY),
    ]
    figure = figure_of("f", "F", Unit.PERSONS, schema, loaded.rows)
    counted = figure.compute(NOBODY, FigureQuery(YEAR, ("column_1", "column_2", "month")))
    assert {key: value for key, value in counted.cells.items() if value} == {
        ("6-17", "Duldung", "2022-03"): 1,
        ("18+", "Duldung", "2022-03"): 1,
        (MISSING, MISSING, "2022-04"): 1,
        (MISSING, "Duldung", MISSING): 1,
    }
    assert [member.key for member in counted.axes[0].members] == ["6-17", "18+", MISSING]
    march = figure.compute(NOBODY, FigureQuery(Period.month(2022, 3)))
    assert march.total == 3, "what has no readable day stands in every window, as unknown"


def test_a_workbook_is_read_like_a_text() -> None:
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["Alter", "Alter"])
    sheet.write_row(1, 0, [17, 18.0])
    book.close()
    loaded = read_file(out.getvalue(), "alter.xlsx")
    assert [column.title for column in loaded.columns] == ["Alter", "Alter (#2)"]
    assert loaded.rows[0].cells == ("17", "18")


@pytest.mark.parametrize(
    ("title", "values", "kind"),
    [
        ("Geburtsdatum", ["07.03.2016", ""], ColumnKind.BIRTH_DATE),
        ("Eingang", ["07.03.2016", "2022-01-01"], ColumnKind.DAY),
        ("Jahrgang", ["1990", "2001"], ColumnKind.BIRTH_YEAR),
        ("Alter", ["17", "18"], ColumnKind.AGE),
        ("Status", ["a", "b", "a"], ColumnKind.CATEGORY),
        ("Name", [f"Person {n}" for n in range(90)], ColumnKind.UNUSED),
        ("Leer", ["", ""], ColumnKind.UNUSED),
    ],
)
def test_what_a_column_holds_is_proposed(title: str, values: list[str], kind: ColumnKind) -> None:
    assert proposed(title, values) is kind


def test_a_column_of_names_is_no_category() -> None:
    rows = [Row(n, (f"Person {n}",)) for n in range(MOST_VALUES + 1)]
    assert too_many_values(Schema((Column("Name", ColumnKind.CATEGORY),), ON), rows) == ("Name",)


@pytest.mark.parametrize("content", [b"", b"\x00\x01", b"%PDF-1.7", b"Name\r\n", b"PK\x03\x04broken"])
def test_what_is_no_table_is_refused_at_the_field(cast: Cast, sign_in: SignIn, content: bytes) -> None:
    file = SimpleUploadedFile("x.csv", content)
    answer = sign_in("kim").post(reverse("reporting:data_sets"), {"title": "T", "unit": "persons", "file": file})
    assert answer.status_code == 422
    with as_owner():
        assert not DataSet.objects.exists()


def declared(client: Client, pk: int, **changes: str) -> int:
    facts = {
        "kind_0": "unused", "kind_1": "birth_date", "kind_2": "category", "kind_3": "day",
        "reference_date": "31.12.2022", "bands": "0, 6, 18", "merges": "Status: Gestattung = Duldung",
    }  # fmt: skip
    return client.post(reverse("reporting:data_set", args=[pk]), facts | changes).status_code


def test_a_file_is_loaded_declared_counted_and_forgotten(cast: Cast, sign_in: SignIn, act_as: Act) -> None:
    kim, karin = sign_in("kim"), sign_in("karin")
    file = SimpleUploadedFile("personen.csv", FILE)
    answer = kim.post(reverse("reporting:data_sets"), {"title": "Personen 2022", "unit": "persons", "file": file})
    assert answer.status_code == 302
    address = answer.headers["Location"]
    pk = int(address.rstrip("/").rpartition("/")[2])
    assert declared(kim, pk, bands="0-16; 16-18; 18+") == 422, "shared borders"
    assert declared(kim, pk, bands="") == 422
    assert declared(kim, pk, merges="Schuhgröße: 1 = 2") == 422
    assert declared(kim, pk) == 302
    text = kim.get(address).content.decode()
    assert "ist kein möglicher Tag" in text
    asked = f"{reverse('reporting:explorer')}?figure=datei-{pk}&from=2022-01-01&to=2022-12-31&by=column_2&by2=column_1"
    told = kim.get(asked).content.decode()
    assert "Duldung" in told
    assert "6 bis 17" in told
    assert "In einen Bericht stellen" not in told
    act_as(cast.actor("kim"))
    assert "Erika" not in str(DataSet.objects.get(pk=pk).rows), "what is not used is forgotten at once"
    assert karin.get(address).status_code == 404
    assert karin.get(asked).status_code == 404
    assert karin.post(reverse("reporting:data_set_remove", args=[pk])).status_code == 404
    act_as(cast.actor("karin"))
    assert not DataSet.objects.exists(), "not even in bare SQL"
    assert kim.post(reverse("reporting:data_set_remove", args=[pk])).status_code == 302
    assert kim.get(address).status_code == 404


def test_files_are_forgotten_when_their_time_is_over(cast: Cast, act_as: Act) -> None:
    kim = act_as(cast.actor("kim"))
    kept = load_data_set(actor=kim, content=FILE, file_name="a.csv", title="Bleibt", unit=Unit.PERSONS)
    over = load_data_set(actor=kim, content=FILE, file_name="b.csv", title="Geht", unit=Unit.PERSONS)
    with as_owner():
        DataSet.objects.filter(pk=over.pk).update(expires_on=timezone.localdate() - timedelta(days=1))
    with connection.cursor() as cursor:
        cursor.execute("select set_config('kimwerk.actor', '', true)")
    assert forget_data_sets() == 1
    with as_owner():
        assert list(DataSet.objects.values_list("pk", flat=True)) == [kept.pk]


def test_one_evaluates_ten_files_at_once(cast: Cast, act_as: Act) -> None:
    kim = act_as(cast.actor("kim"))
    for number in range(10):
        load_data_set(actor=kim, content=FILE, file_name="a.csv", title=str(number), unit=Unit.PERSONS)
    with pytest.raises(TooManyFiles):
        load_data_set(actor=kim, content=FILE, file_name="a.csv", title="11", unit=Unit.PERSONS)

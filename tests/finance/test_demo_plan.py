"""The demo county carries the table of the committee paper as plan 2022, and says it on the command line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Protocol

import pytest
from django.conf import LazySettings
from django.core.management import execute_from_command_line
from pytest_django.plugin import DjangoDbBlocker

from tests.cast import Cast
from tests.databases import database_of_this_process, working_in
from tests.demo_world import make_demo

YEARS = ("2022", "2023", "2024")
ROWS = {
    "people": ("16", "16", "16"),
    "fte": ("12.61", "12.61", "12.61"),
    "personnel-county": ("424856.23", "429307.06", "429307.06"),
    "personnel-on-site": ("412472.21", "428269.19", "428269.19"),
    "it": ("55200.00", "55200.00", "55200.00"),
    "overhead": ("89219.80", "90154.48", "90154.48"),
    "expenditure": ("981748.24", "1002930.73", "1002930.73"),
    "land-personnel": ("-696013.86", "-707229.22", "-707229.22"),
    "land-workplaces": ("-29100.00", "-29100.00", "-29100.00"),
    "income": ("-725113.86", "-736329.22", "-736329.22"),
    "balance": ("256634.38", "266601.51", "266601.51"),
}


@dataclass(frozen=True, slots=True)
class Said:
    """How a command ended and what it wrote."""

    returncode: int | str | None
    stdout: str
    stderr: str


class Kimwerk(Protocol):
    """One command of the command line: `kimwerk("finance", "table")`."""

    def __call__(self, *arguments: str) -> Said: ...


@pytest.fixture(scope="module")
def in_the_county(django_db_setup: Cast, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    make_demo("kimwerk_money")
    with django_db_blocker.unblock(), working_in(database_of_this_process("kimwerk_money")):
        yield


@pytest.fixture
def kimwerk(in_the_county: None, settings: LazySettings, capsys: pytest.CaptureFixture[str]) -> Kimwerk:
    settings.DEMO = True

    def run(*arguments: str) -> Said:
        returncode: int | str | None = 0
        try:
            execute_from_command_line(["kimwerk", *arguments])
        except SystemExit as end:
            returncode = end.code
        return Said(returncode, *capsys.readouterr())

    return run


def test_the_table_of_the_paper_comes_out_to_the_cent(kimwerk: Kimwerk) -> None:
    done = kimwerk("finance", "table", "--plan", "2022", "--format", "json")
    assert done.returncode == 0, done.stderr
    rows = {row["key"]: row for row in json.loads(done.stdout)["rows"]}
    values = {key: tuple(Decimal(rows[key]["values"][year]) for year in YEARS) for key in ROWS}
    assert values == {key: tuple(map(Decimal, wanted)) for key, wanted in ROWS.items()}
    assert "Herleitung ist nicht veröffentlicht" in rows["land-personnel"]["origins"]["2022"]
    assert "89.219,8083" in rows["overhead"]["origins"]["2022"]


def test_the_terminal_shows_german_numbers_and_what_a_reader_should_know(kimwerk: Kimwerk) -> None:
    done = kimwerk("finance", "table", "--plan", "2022")
    assert done.returncode == 0, done.stderr
    assert "256.634,38" in done.stdout
    assert "7.463,86" in done.stdout
    assert "39.501,45" in done.stdout


def test_csv_and_workbook_hold_the_same_and_the_check_finds_the_cent(kimwerk: Kimwerk, tmp_path: Path) -> None:
    done = kimwerk("finance", "table", "--plan", "2022", "--format", "csv")
    assert "256634,38;266601,51;266601,51" in done.stdout
    file = tmp_path / "kostenplan.xlsx"
    done = kimwerk("finance", "table", "--plan", "2022", "--format", "xlsx", "--out", str(file))
    assert done.returncode == 0, done.stderr
    done = kimwerk("finance", "check", str(file))
    assert done.returncode == 1
    assert "89.219,81" in done.stdout
    assert "Abweichungen: 1" in done.stdout


def test_a_scenario_has_its_own_table(kimwerk: Kimwerk) -> None:
    done = kimwerk("finance", "table", "--plan", "2022", "--scenario", "Tarif +3 % ab 2023", "--format", "json")
    rows = {row["key"]: row for row in json.loads(done.stdout)["rows"]}
    assert rows["personnel-county"]["values"] == {"2022": "424856.23", "2023": "442186.27", "2024": "442186.27"}


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        (("table", "--plan", "2099"), "Es gibt keinen Plan 2099"),
        (("table", "--plan", "2022", "--scenario", "x"), "kein Szenario"),
        (("table", "--plan", "2022", "--format", "xlsx"), "--out"),
        (("check", "pyproject.toml"), "lässt sich nicht als Kostentabelle lesen"),
        (("table", "--plan", "2022", "--as", "frieda@kimwerk.example"), "Es gibt keinen Plan 2022"),
    ],
)
def test_a_refusal_says_what_to_do(kimwerk: Kimwerk, arguments: tuple[str, ...], text: str) -> None:
    done = kimwerk("finance", *arguments)
    assert done.returncode in {1, 2}
    assert text in done.stderr


def test_the_leadership_sees_the_same_sums_without_single_costs(kimwerk: Kimwerk) -> None:
    tables = [
        json.loads(kimwerk("finance", "table", "--plan", "beispiel", "--format", "json", "--as", who).stdout)
        for who in ("lena@kimwerk.example", "fiona@kimwerk.example")
    ]
    assert tables[0]["rows"] == tables[1]["rows"]
    balance = next(row for row in tables[0]["rows"] if row["key"] == "balance")
    assert None not in balance["values"].values()

"""`kimwerk activities import`: the same errands, and exit codes that a script can go by."""

from __future__ import annotations

import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from kimwerk.access.actors import Actor
from kimwerk.activities.models import Activity, TallyImport, TallyRow
from tests.activities.importing import FIRST, SECOND, WRONG, tally
from tests.cast import Cast

Act = Callable[[Actor], Actor]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "tally.csv"


def run(file: Path, *options: str, character: str = "frieda") -> tuple[int, str]:
    """Exit code and output of the command."""
    out = StringIO()
    try:
        call_command("activities", "import", str(file), "--as", f"{character}@kimwerk.example", *options, stdout=out)
    except SystemExit as end:
        return int(end.code or 0), out.getvalue()
    except CommandError as error:
        return error.returncode, str(error)
    return 0, out.getvalue()


def test_a_fine_file_is_entered_and_ends_with_0(cast: Cast, act_as: Act, file: Path) -> None:
    file.write_bytes(tally(FIRST, SECOND))
    code, text = run(file)
    assert code == 0
    assert "tally.csv steht im Tagebuch." in text
    assert Activity.objects.count() == 2


def test_rejected_rows_are_named_and_end_with_1(cast: Cast, act_as: Act, file: Path) -> None:
    file.write_bytes(tally(FIRST, WRONG))
    code, text = run(file)
    assert code == 1
    assert "Zeile 3: Kommune: „Atlantis“ steht nicht in der Liste." in text
    assert Activity.objects.count() == 1


def test_a_dry_run_leaves_nothing(cast: Cast, act_as: Act, file: Path) -> None:
    file.write_bytes(tally(FIRST))
    code, text = run(file, "--dry-run", "--format", "json")
    said = json.loads(text)
    assert (code, said["state"], said["refusal"]) == (0, "checked", None)
    assert said["rows"][1] == {"row": 2, "verdict": "created", "problems": []}
    assert not Activity.objects.exists()
    assert not TallyRow.objects.exists()
    assert TallyImport.objects.get().state == "cancelled"


@pytest.mark.parametrize("options", [(), ("--format", "json")])
def test_a_file_that_is_no_table_ends_with_2(options: tuple[str, ...], cast: Cast, act_as: Act, file: Path) -> None:
    file.write_bytes(b"%PDF-1.7")
    code, text = run(file, *options)
    assert code == 2
    assert "Das ist eine Datei der Art PDF" in text


def test_a_file_that_is_not_there_ends_with_2(cast: Cast, act_as: Act, file: Path) -> None:
    assert run(file) == (2, f"{file} lässt sich nicht lesen.")


def test_columns_that_say_nothing_end_with_2(cast: Cast, act_as: Act, file: Path) -> None:
    file.write_bytes(tally("a;b", header="Eins;Zwei"))
    code, text = run(file)
    assert code == 2
    assert "Ohne Tag lässt sich keine Maßnahme eintragen." in text


def test_a_mapping_says_what_columns_mean_and_what_holds_for_all(
    cast: Cast, act_as: Act, file: Path, tmp_path: Path
) -> None:
    file.write_bytes(tally("07.03.2022;7", header="Wann;Wie viele"))
    mapping = tmp_path / "mapping.json"
    columns = [{"header": "Wann", "field": "day"}, {"header": "Wie viele", "field": "participants_target"}]
    defaults = {"kind": "Workshop", "municipality": "Siegburg", "staff": "Fallbeispiel, Frieda"}
    mapping.write_text(json.dumps({"columns": columns, "defaults": defaults}), encoding="utf-8")
    assert run(file, "--mapping", str(mapping))[0] == 0
    entry = Activity.objects.get()
    assert (entry.participants_target, entry.municipality_id) == (7, cast.municipalities["Siegburg"])
    mapping.write_text(json.dumps({"columns": columns, "defaults": defaults | {"kind": "Tanztee"}}), encoding="utf-8")
    assert run(file, "--mapping", str(mapping))[0] == 2
    mapping.write_text("no json", encoding="utf-8")
    assert run(file, "--mapping", str(mapping)) == (2, "Die Zuordnung lässt sich nicht verwenden: no_json.")


def test_too_many_changes_end_with_2_unless_they_are_wanted(cast: Cast, act_as: Act, file: Path) -> None:
    lines = [f"{day:02}.03.2022;Workshop;Siegburg;1;30" for day in range(1, 13)]
    file.write_bytes(tally(*lines))
    run(file)
    file.write_bytes(tally(*(line.replace(";30", ";60") for line in lines)))
    code, text = run(file)
    assert code == 2
    assert "12 von 12 Einträgen würden sich ändern (100 %)." in text
    assert run(file, "--apply-changes")[0] == 0
    assert set(Activity.objects.values_list("minutes", flat=True)) == {60}


def test_nobody_imports_without_the_right(cast: Cast, act_as: Act, file: Path) -> None:
    file.write_bytes(tally(FIRST))
    code, text = run(file, character="lena")
    assert code != 0
    assert "darf in kein Tagebuch importieren" in text
    assert "kein" in run(file, character="nobody")[1].lower()

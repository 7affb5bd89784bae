"""kimwerk tables protect, from a flat file to the protected table."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

HIERARCHY = {"mun": {"T": ["Hennef", "Eitorf", "Much"]}, "kind": {"T": ["k0", "k1", "k2"]}}
TWO = {"mun": {"T": ["Hennef", "Eitorf"]}, "kind": {"T": ["k0", "k1"]}}
COUNTS = """mun,kind,freq
Hennef,k0,1
Hennef,k1,12
Hennef,k2,7
Eitorf,k0,5
Eitorf,k1,9
Eitorf,k2,4
Much,k0,8
Much,k1,0
Much,k2,6
"""


def run(folder: Path, *options: str, counts: str = COUNTS, hierarchy: object = HIERARCHY) -> str:
    (folder / "leaves.csv").write_text(counts, encoding="utf-8")
    (folder / "tree.json").write_text(json.dumps(hierarchy), encoding="utf-8")
    out = io.StringIO()
    files = [str(folder / "leaves.csv"), "--hierarchy", str(folder / "tree.json"), "--out", str(folder / "out.json")]
    call_command("tables", "protect", *files, *options, stdout=out)
    return out.getvalue()


def test_every_cell_is_written_with_its_status(tmp_path: Path) -> None:
    assert "Nichts Kleines" in run(tmp_path, "--threshold", "3")
    written = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    cells = {tuple(cell["key"]): cell for cell in written["cells"]}
    assert len(cells) == 16
    assert cells["Hennef", "k0"] == {"key": ["Hennef", "k0"], "value": None, "status": "primary"}
    assert cells["T", "T"]["value"] == 52
    assert written["gap"] == 0
    assert written["audit"] == {"clean": True, "primary": 1, "exact": 0, "small": 0, "below": 0}
    hidden = [cell for cell in written["cells"] if cell["status"] == "secondary"]
    assert hidden
    assert all(cell["value"] is None for cell in hidden)


def test_the_sum_may_be_what_counts(tmp_path: Path) -> None:
    run(tmp_path, "--cost", "sum", "--zeros", "suppressible", "--threshold", "5")
    assert json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))["audit"]["clean"]


@pytest.mark.parametrize(
    ("counts", "says"),
    [
        (COUNTS.replace("Eitorf,k0,5", "Eitorf,k0,-5"), "Zeile 5: .*negativ"),
        (COUNTS.replace("Eitorf,k0,5", "Eitorf,k0,5.5"), "keine ganze Zahl"),
        (COUNTS.replace("Eitorf,k0,5", "Siegburg,k0,5"), "kennt Siegburg nicht"),
        (COUNTS.replace("Eitorf,k0,5", "T,k0,5"), "Zeile 5: .*Summe"),
        (COUNTS + "Much,k2,6\n", "zwei Werte"),
        (COUNTS.replace("freq", "anzahl"), "keine Spalte freq"),
    ],
)
def test_counts_that_cannot_be_used_are_refused(tmp_path: Path, counts: str, says: str) -> None:
    with pytest.raises(CommandError, match=says):
        run(tmp_path, counts=counts)
    assert not (tmp_path / "out.json").exists()


@pytest.mark.parametrize(
    "hierarchy",
    [
        [],
        {},
        {"mun": [], "kind": {}},
        {"mun": {"T": ["a"], "U": ["b"]}, "kind": {"T": ["k0"]}},
        {"mun": {"T": ["a", "a"]}, "kind": {"T": ["k0"]}},
        {"mun": {"T": []}, "kind": {"T": ["k0"]}},
        {"mun": {"T": [1]}, "kind": {"T": ["k0"]}},
    ],
)
def test_a_hierarchy_that_is_no_tree_is_refused(tmp_path: Path, hierarchy: object) -> None:
    with pytest.raises(CommandError):
        run(tmp_path, hierarchy=hierarchy)


def test_a_threshold_of_nothing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="Schwelle"):
        run(tmp_path, "--threshold", "0")


def test_files_that_are_not_there_are_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="nicht gelesen"):
        call_command("tables", "protect", "nowhere.csv", "--hierarchy", "nowhere.json", "--out", str(tmp_path / "o"))


def test_rounding_keeps_every_sum(tmp_path: Path) -> None:
    assert "Vielfache" in run(tmp_path, "--method", "round", "--base", "5")
    written = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    values = {tuple(cell["key"]): cell["value"] for cell in written["cells"]}
    assert {value % 5 for value in values.values()} == {0}
    for kind in ("k0", "k1", "k2", "T"):
        assert sum(values[place, kind] for place in ("Hennef", "Eitorf", "Much")) == values["T", kind]
    assert abs(values["T", "T"] - 52) < 5
    assert values["Much", "k1"] == 0
    assert written["audit"] == {"clean": True, "primary": 1, "exact": 0, "small": 0}


def test_a_base_that_rounds_nothing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="Basis"):
        run(tmp_path, "--method", "round", "--base", "1")


AMOUNTS = """mun,kind,contributor,amount
Hennef,k0,AWO,9000
Hennef,k0,Caritas,100
Hennef,k1,AWO,4000
Hennef,k1,Caritas,3500
Hennef,k1,Diakonie,3000
Eitorf,k0,AWO,2000
Eitorf,k0,Caritas,2100
Eitorf,k0,Diakonie,1900
Eitorf,k1,AWO,800
Eitorf,k1,Caritas,900
Eitorf,k1,Diakonie,700
"""


def test_an_amount_that_is_nearly_all_of_one_contributor_is_not_told(tmp_path: Path) -> None:
    run(tmp_path, "--dominance", "10", counts=AMOUNTS, hierarchy=TWO)
    cells = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))["cells"]
    status = {tuple(cell["key"]): cell["status"] for cell in cells}
    assert {key for key, found in status.items() if found == "primary"} == {("Hennef", "k0")}
    assert sum(found == "secondary" for found in status.values()) == 3


def test_what_one_gave_to_a_leaf_stands_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="Zeile 13"):
        run(tmp_path, "--dominance", "10", counts=AMOUNTS + "Eitorf,k1,AWO,5\n", hierarchy=TWO)


@pytest.mark.parametrize("percent", ["0", "101"])
def test_a_dominance_rule_is_a_percentage(tmp_path: Path, percent: str) -> None:
    with pytest.raises(CommandError, match="1 und 100"):
        run(tmp_path, "--dominance", percent, counts=AMOUNTS, hierarchy=TWO)

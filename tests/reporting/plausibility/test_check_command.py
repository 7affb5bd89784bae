"""kimwerk tables check and its page: in German, with an exit status, and with JSON whose keys stay."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from tests.reporting.plausibility.test_checking import PAPER

WRONG = "Kommune;m;w;Summe\nAlfter;1;2;3\nMuch;4;5;9\nEitorf;7;8;16\nSumme;12;15;27\n"
RIGHT = WRONG.replace(";16\n", ";15\n")


def run(file: Path, *options: str) -> tuple[str, int]:
    out = io.StringIO()
    try:
        call_command("tables", "check", str(file), *options, stdout=out)
    except SystemExit as ended:
        return out.getvalue(), int(str(ended.code))
    return out.getvalue(), 0


def test_all_agrees_ends_with_0(tmp_path: Path) -> None:
    file = tmp_path / "t.csv"
    file.write_text(RIGHT, encoding="utf-8")
    assert run(file) == ("7 Beziehungen geprüft, alle stimmen.\n", 0)


def test_a_finding_names_row_column_and_mend_and_ends_with_1(tmp_path: Path) -> None:
    file = tmp_path / "t.csv"
    file.write_text(WRONG, encoding="cp1252")
    text, status = run(file)
    assert status == 1
    assert "Zeile 4 „Eitorf“, Spalte „Summe“ (D4): Die Zeile ergibt 15, da steht 16 (Differenz +1)." in text
    assert "statt 16 dann 15" in text


def test_json_has_keys_that_stay(tmp_path: Path) -> None:
    file = tmp_path / "t.csv"
    file.write_text(WRONG, encoding="utf-8-sig")
    text, status = run(file, "--format", "json")
    data = json.loads(text)
    assert status == 1
    assert set(data) == {"file", "tables", "checked", "findings", "remarks"}
    finding = data["findings"][0]
    assert {key: finding[key] for key in ("row", "row_label", "column", "cell", "kind", "expected", "found")} == {
        "row": 4, "row_label": "Eitorf", "column": "Summe", "cell": "D4", "kind": "row_sum", "expected": 15,
        "found": 16,
    }  # fmt: skip
    assert finding["difference"] == 1
    assert {key: finding["mend"][key] for key in ("cell", "from", "to")} == {"cell": "D4", "from": 16, "to": 15}


def test_the_cut_off_cent_is_told_in_both_ways(tmp_path: Path) -> None:
    file = tmp_path / "t.csv"
    file.write_text(PAPER, encoding="utf-8")
    text, status = run(file)
    assert status == 1
    assert "21 % von 424.856,23 sind 89.219,81 gerundet und 89.219,80 abgeschnitten" in text


@pytest.mark.parametrize(("content", "says"), [(b"", "leer"), (b"%PDF-1", "keine lesbare"), (b"a;b\nc;d\n", "Zahlen")])
def test_an_unreadable_file_ends_with_2_and_says_why(tmp_path: Path, content: bytes, says: str) -> None:
    file = tmp_path / "t.csv"
    file.write_bytes(content)
    with pytest.raises(CommandError, match=says) as refused:
        run(file)
    assert refused.value.returncode == 2
    with pytest.raises(CommandError, match="öffnen") as missing:
        run(tmp_path / "nichts.csv")
    assert missing.value.returncode == 2


def test_the_page_shows_what_does_not_agree(cast: Cast, sign_in: Callable[[str], Client]) -> None:
    client, url = sign_in("kim"), reverse("reporting:table_check")
    assert "Tabelle prüfen" in client.get(url).content.decode()
    for text, says in ((WRONG, "Die Zeile ergibt 15"), (RIGHT, "alle stimmen"), ("", "leer"), ("a;b\nc;d\n", "Zahlen")):
        file = SimpleUploadedFile("t.csv", text.encode())
        assert says in client.post(url, {"file": file}).content.decode()

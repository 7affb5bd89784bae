from __future__ import annotations

import csv
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

FROZEN = Path(__file__).parent / "matching" / "frozen.csv"


def test_pairs_are_written_with_score_and_reasons_in_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("persons", "duplicates", "--input", str(FROZEN), "--output", str(tmp_path / "pairs.csv"))
    with (tmp_path / "pairs.csv").open(encoding="utf-8", newline="") as lines:
        pairs = list(csv.DictReader(lines))
    assert list(pairs[0]) == ["rec_id_a", "rec_id_b", "score", "reasons"]
    assert (pairs[0]["rec_id_a"], pairs[0]["rec_id_b"]) == ("1", "2")
    assert "Geburtsdatum gleich" in pairs[0]["reasons"]
    assert "derselbe Name in anderer Sprache" in pairs[0]["reasons"]
    assert f"{len(pairs)} Paare" in capsys.readouterr().out


def test_a_file_without_the_columns_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("rec_id,first_name\n1,Olena\n", encoding="utf-8")
    with pytest.raises(CommandError, match="last_name, birth_date, sex, municipality"):
        call_command(
            "persons", "duplicates", "--input", str(tmp_path / "list.csv"), "--output", str(tmp_path / "pairs.csv")
        )


def test_a_missing_file_and_one_that_is_no_text_are_refused(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_bytes(b"\xff\xfe\x00rec_id")
    for name in ("nowhere.csv", "list.csv"):
        with pytest.raises(CommandError, match="lässt sich nicht lesen"):
            call_command(
                "persons", "duplicates", "--input", str(tmp_path / name), "--output", str(tmp_path / "out.csv")
            )

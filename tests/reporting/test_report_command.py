"""kimwerk report build: five files with the same numbers, and clear words where it cannot be done."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import pikepdf
import pytest
from django.core.management import CommandError, call_command

from kimwerk.reporting.freezing import FORMAT
from kimwerk.reporting.management.commands import report as command
from kimwerk.reporting.models import Report
from kimwerk.ui.typesetting import NoFontsError
from tests.activities.diary import stands
from tests.cast import Cast
from tests.reporting.reporters import a_diary

WINDOW = ("--from", "2022-01-01", "--to", "21.04.2022")
KIM = ("--as", "kim@kimwerk.example")


def build(out: Path, *options: str) -> str:
    said = io.StringIO()
    call_command("report", "build", "evaluation", "--out", str(out), *options, stdout=said)
    return said.getvalue()


def test_five_files_hold_the_report(cast: Cast, tmp_path: Path) -> None:
    a_diary(cast)
    said = build(tmp_path / "neu" / "ordner", *WINDOW, *KIM)
    files = {path.name: path for path in (tmp_path / "neu" / "ordner").iterdir()}
    assert set(files) == {"report.html", "report.pdf", "report.docx", "tables.xlsx", "figures.json"}
    listed = json.loads(files["figures.json"].read_text())
    assert listed["format"] == FORMAT
    assert listed["content_hash"] in said
    by_kind = next(figure for figure in listed["figures"] if figure["key"] == "activities_by_kind")
    assert (by_kind["total"], by_kind["window"]) == (7, {"from": "2022-01-01", "to": "2022-04-21"})
    assert {cell["members"][0]: cell["value"] for cell in by_kind["cells"]} == {
        "erstgespraech": 5,
        "verweisberatung": 2,
    }
    assert "Anteile beziehen sich auf alle 7 Maßnahmen." in files["report.html"].read_text()
    with pikepdf.open(files["report.pdf"]) as pdf:
        assert pdf.open_metadata()["pdfuaid:part"] == "1"


def test_every_figure_tells_what_a_reader_needs(cast: Cast, tmp_path: Path) -> None:
    a_diary(cast)
    build(tmp_path, *WINDOW, *KIM)
    for figure in json.loads((tmp_path / "figures.json").read_text())["figures"]:
        assert figure["title"]
        assert figure["definition"]["counts"]
        assert figure["definition"]["population"]
        assert figure["unit"]
        assert set(figure["window"]) == {"from", "to"}
        assert re.fullmatch(r"[0-9a-f]{64}", figure["hash"])
        assert isinstance(figure["cells"], list)
        assert "total" in figure
        assert len(figure["shown"]["shares"]) == len(figure["cells"])


def test_the_last_day_is_included(cast: Cast, tmp_path: Path) -> None:
    stands(cast, "frieda")  # on the 7th of March
    build(tmp_path, "--from", "2022-03-07", "--to", "2022-03-07", *KIM)
    listed = json.loads((tmp_path / "figures.json").read_text())["figures"]
    assert next(figure for figure in listed if figure["key"].startswith("activities"))["total"] == 1


def test_building_leaves_no_report_behind(cast: Cast, tmp_path: Path) -> None:
    build(tmp_path, *WINDOW, *KIM)
    assert not Report.objects.exists()


def test_posts_are_taken_from_the_command_line(cast: Cast, tmp_path: Path) -> None:
    a_diary(cast)
    build(tmp_path, *WINDOW, *KIM, "--fte", "2,5", "--title", "Unser Bericht")
    listed = json.loads((tmp_path / "figures.json").read_text())
    rate = next(figure for figure in listed["figures"] if figure["key"] == "activities_per_fte_and_week")
    assert listed["title"] == "Unser Bericht"
    assert rate["parameters"] == {"fte": "2.5"}


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--from", "2022-04-21", "--to", "2022-01-01", *KIM), "endet, bevor er beginnt"),
        (("--from", "1999-01-01", "--to", "2022-01-01", *KIM), "beginnt frühestens im Jahr 2000"),
        (("--from", "2022-01-01", "--to", "2999-01-01", *KIM), "mehr als ein Jahr voraus"),
        ((*WINDOW, "--as", "nobody@kimwerk.example"), "nobody@kimwerk.example"),
        (WINDOW, "--as"),
        ((*WINDOW, "--as", "frieda@kimwerk.example"), "Frieda Fallbeispiel darf keine Berichte schreiben"),
        ((*WINDOW, "--as", "stefan@kimwerk.example"), "darf keine Berichte schreiben"),
        ((*WINDOW, *KIM, "--organisation", "Kreis Kleve"), "Rhein-Sieg-Kreis"),
    ],
)
def test_what_cannot_be_done_is_said_and_leaves_nothing(
    cast: Cast, tmp_path: Path, options: tuple[str, ...], said: str
) -> None:
    with pytest.raises(CommandError, match=re.escape(said)):
        build(tmp_path / "out", *options)
    assert not (tmp_path / "out").exists()


def test_a_folder_that_cannot_be_written_is_named(cast: Cast, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(CommandError, match="lässt sich nicht schreiben"):
        build(tmp_path / "file" / "below", *WINDOW, *KIM)


def test_missing_fonts_are_named(cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def none(_content: object, _document: object) -> bytes:
        raise NoFontsError

    monkeypatch.setattr(command, "papers_of", none)
    with pytest.raises(CommandError, match="Schriften"):
        build(tmp_path / "out", *WINDOW, *KIM)
    assert not (tmp_path / "out").exists()


def test_an_unknown_template_is_refused(cast: Cast, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="evaluation"):
        call_command("report", "build", "novel", "--out", str(tmp_path), *WINDOW)
